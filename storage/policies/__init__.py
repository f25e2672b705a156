"""Policies as rows, whose turn it is in their rounds, and the user groups that they name."""

from storage.policies.bodies import from_json, to_json
from storage.policies.rounds import (
    groups,
    is_group_named,
    put_group,
    refill_group,
    take_turn,
    turns,
)
from storage.policies.rows import add, change, find, list_of_team, remove

__all__ = [
    "add",
    "change",
    "find",
    "from_json",
    "groups",
    "is_group_named",
    "list_of_team",
    "put_group",
    "refill_group",
    "remove",
    "take_turn",
    "to_json",
    "turns",
]
