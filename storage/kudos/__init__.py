"""What is kept of kudos: who thanked whom, what looked less honest, and what teams and people want of it."""

from storage.kudos.flags import add_flag
from storage.kudos.giving import add, find, get, undo
from storage.kudos.reading import (
    celebrating,
    flags_since,
    given_between,
    givers_in,
    last_thanked,
)
from storage.kudos.settings import (
    save_settings,
    save_taste,
    settings_of,
    settings_of_all,
    tastes_of,
)

__all__ = [
    "add",
    "add_flag",
    "celebrating",
    "find",
    "flags_since",
    "get",
    "given_between",
    "givers_in",
    "last_thanked",
    "save_settings",
    "save_taste",
    "settings_of",
    "settings_of_all",
    "tastes_of",
    "undo",
]
