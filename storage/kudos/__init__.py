"""What is kept of kudos: who thanked whom, what looked less honest, and what teams and people want of it."""

from storage.kudos.flags import add_flag
from storage.kudos.giving import (
    about,
    add,
    find,
    find_reaction,
    get,
    given_by,
    got_by,
    restore,
    spent_since,
    undo,
)
from storage.kudos.settings import (
    save_settings,
    save_taste,
    settings_of,
    settings_of_all,
    tastes_of,
)

__all__ = [
    "about",
    "add",
    "add_flag",
    "find",
    "find_reaction",
    "get",
    "given_by",
    "got_by",
    "restore",
    "save_settings",
    "save_taste",
    "settings_of",
    "settings_of_all",
    "spent_since",
    "tastes_of",
    "undo",
]
