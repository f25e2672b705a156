"""Kudos breadth: how many of a team thanked somebody, how many were thanked, and between how many pairs of people."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breadth:
    """`gave` and `got` are of the `people` of the team; `pairs` are of a giver and a receiver, in or out of it."""

    people: int = 0
    gave: int = 0
    got: int = 0
    pairs: int = 0


def breadth(
    pairs: Iterable[tuple[str, str]], people: Collection[str], givers: Collection[str]
) -> Breadth:
    """`pairs` are who thanked whom of the team, `givers` those of it who thanked anybody, also in other teams."""
    found = set(pairs)
    receivers = {receiver_id for _giver_id, receiver_id in found}
    members = set(people)
    return Breadth(len(members), len(members & set(givers)), len(members & receivers), len(found))
