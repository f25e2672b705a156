"""Public holidays by country and part of a country, from the `holidays` library, which is loaded when first asked for.

A region is an ISO 3166-1 country, `GR`, or that and the library's code of a part of it, `DE-BY`.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple

from bot.rules.zones import plain, spoken

NONE: Mapping[date, str] = MappingProxyType({})
PARTS_ASKED = 3
"""Countries of which the parts are offered while somebody types: each takes a moment to load."""


class Region(NamedTuple):
    """One choice. `label` is in the reader's language, as far as the parts of a country have a name in it."""

    code: str
    label: str


def load() -> None:
    """Load the library, which takes a fifth of a second; a single country is quick after that."""
    is_region("GR")
    of("GR", 2026)


def is_loaded() -> bool:
    return of.cache_info().currsize > 0


@lru_cache(maxsize=512)
def of(region: str, year: int, language: str = "en") -> Mapping[date, str]:
    """The region's public holidays of a year by date, each with its name; none for a region that is not known.

    The names are in the language if the library has it, else in English, else in one of the country's own.
    """
    if not is_region(region):
        return NONE
    country, _, part = region.partition("-")
    known = _holidays(country, part or None)
    spoken_there = known.supported_languages
    asked = (one for one in (language, f"{language}_US", "en_US") if one in spoken_there)
    found = _holidays(country, part or None, years=year, language=next(asked, None))
    return {day: name for day, name in found.items() if day.year == year}


def is_region(region: str) -> bool:
    country, dash, part = region.partition("-")
    return country in _countries() and (not dash or part in _countries()[country])


def label(region: str, locale: str) -> str:
    """`Germany: Bayern`. The code itself where no name is known."""
    country, _, part = region.partition("-")
    name = str(spoken(locale).territories.get(country, country))
    return f"{name}: {_part_names(country).get(part, part)}" if part else name


def matching(typed: str, locale: str, limit: int = 100) -> list[Region]:
    """Countries whose name has every typed word, and the parts of them; or the parts whose name has the rest of the words.

    Nothing typed finds nothing: the list of all countries is longer than a menu may be.
    """
    words = plain(typed.replace(":", " ")).split()
    if not words:
        return []
    found: list[Region] = []
    near = [code for code in _countries() if any(word in _name(code, locale) for word in words)]
    near.sort(key=lambda code: (not _has(words, _name(code, locale)), _name(code, locale)))
    for place, code in enumerate(near):
        choices = [code]
        if place < PARTS_ASKED:
            choices += [f"{code}-{part}" for part in _countries()[code]]
        labelled = [Region(one, label(one, locale)) for one in choices]
        found += [one for one in labelled if _has(words, plain(one.label))]
    return found[:limit]


def _has(words: list[str], name: str) -> bool:
    return all(word in name for word in words)


@lru_cache(maxsize=4096)
def _name(country: str, locale: str) -> str:
    return plain(label(country, locale))


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, tuple[str, ...]]:
    """Every country that the library knows, with the codes of its parts."""
    named = spoken("en").territories
    supported = import_module("holidays").list_supported_countries(include_aliases=False)
    return {code: tuple(parts) for code, parts in supported.items() if code in named}


@lru_cache(maxsize=64)
def _part_names(country: str) -> Mapping[str, str]:
    """What the parts of a country are called, by code: the first name that the library gives."""
    names: dict[str, str] = {}
    for name, code in _holidays(country).subdivisions_aliases.items():
        names.setdefault(code, name)
    return names


def _holidays(country: str, part: str | None = None, **more: Any) -> Any:
    return import_module("holidays").country_holidays(country, subdiv=part, **more)
