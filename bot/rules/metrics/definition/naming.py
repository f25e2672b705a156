"""Finding a metric by what somebody typed: its key, its name in their language or in English, or nearly that."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from bot.rules.teams import name_key

NEAREST = 3
LIKE_ENOUGH = 0.5


def find(typed: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """The key of the metric that is called exactly that. `names` are all that each key is called."""
    wanted = name_key(typed)
    if wanted in names:
        return wanted
    return next(
        (key for key, called in names.items() if wanted in {name_key(one) for one in called}), None
    )


def nearest(typed: str, names: Mapping[str, Iterable[str]]) -> list[str]:
    """The keys of those that are called nearly that, the likest first: what holds the words, then what looks alike."""
    wanted = name_key(typed)
    by_name = {name_key(one): key for key, called in names.items() for one in (key, *called)}
    by_word = {word: key for name, key in by_name.items() for word in name.split()} | by_name
    holding = [by_name[one] for one in sorted(by_name, key=len) if wanted and wanted in one]
    alike = [by_word[one] for one in get_close_matches(wanted, by_word, NEAREST, LIKE_ENOUGH)]
    return list(dict.fromkeys([*holding, *alike]))[:NEAREST]
