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
from storage.kudos.reading import (
    celebrating,
    flags_since,
    given_between,
    givers_in,
    last_thanked,
    pairs_between,
    thanked_since,
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
    "celebrating",
    "find",
    "find_reaction",
    "flags_since",
    "get",
    "given_between",
    "given_by",
    "givers_in",
    "got_by",
    "last_thanked",
    "pairs_between",
    "restore",
    "save_settings",
    "save_taste",
    "settings_of",
    "settings_of_all",
    "spent_since",
    "tastes_of",
    "thanked_since",
    "undo",
]
