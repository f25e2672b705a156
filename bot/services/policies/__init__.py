"""Escalation policies: which one a case has, whom it reaches, what would happen, and how leads set them."""

from bot.services.policies.looking import open_team, open_to_set
from bot.services.policies.reaching import floor, get_for, reach, scene
from bot.services.policies.setting import (
    Seen,
    add,
    change_settings,
    move_level,
    put_level,
    remove,
    remove_level,
    set_hearers,
    starting_from,
)
from bot.services.policies.trying import dry_run

__all__ = [
    "Seen",
    "add",
    "change_settings",
    "dry_run",
    "floor",
    "get_for",
    "move_level",
    "open_team",
    "open_to_set",
    "put_level",
    "reach",
    "remove",
    "remove_level",
    "scene",
    "set_hearers",
    "starting_from",
]
