"""Kudos breadth: how many of a team thanked somebody, how many were thanked, and between how many pairs of people."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.rules.kudos.giving import Given


@dataclass(frozen=True, slots=True)
class Breadth:
    """`gave` and `got` are of the `people` of the team; `pairs` are of a giver and a receiver, in or out of it."""

    people: int = 0
    gave: int = 0
    got: int = 0
    pairs: int = 0


def breadth(given: Iterable[Given], people: Collection[str], givers: Collection[str]) -> Breadth:
    """`given` is what the team got, `givers` are those of it who thanked anybody, also in other teams."""
    pairs = {(one.giver_id, one.receiver_id) for one in given}
    receivers = {receiver_id for _giver_id, receiver_id in pairs}
    members = set(people)
    return Breadth(len(members), len(members & set(givers)), len(members & receivers), len(pairs))
