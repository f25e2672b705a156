"""Time zones as people look for them: by city, by country, by the hours from UTC."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_location

OLD_NAMES = ("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/", "posix/")


@dataclass(frozen=True, slots=True)
class Zone:
    """One choice. `label` is for people: place, and the hours from UTC as they are now."""

    name: str
    label: str


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The IANA names worth offering: places, and UTC."""
    places = {name for name in available_timezones() if "/" in name}
    return ("UTC", *sorted(name for name in places if not name.startswith(OLD_NAMES)))


@lru_cache(maxsize=1)
def _all() -> frozenset[str]:
    """Looked for once: that reads hundreds of folders."""
    return frozenset({"UTC", *available_timezones()})


def is_zone(name: str) -> bool:
    return name in _all()


def find(written: str) -> str | None:
    """The zone of this name, however its case and spaces are written."""
    wanted = written.strip().replace(" ", "_").casefold()
    return next(
        (name for name in ("UTC", *available_timezones()) if name.casefold() == wanted), None
    )


def offset(name: str, now: datetime) -> str:
    """The hours from UTC at that moment: `UTC+05:30`, or `UTC`."""
    delta = now.astimezone(ZoneInfo(name)).strftime("%z")
    return "UTC" if delta == "+0000" else f"UTC{delta[:3]}:{delta[3:5]}"


def place(name: str) -> str:
    """`Ho Chi Minh`."""
    return name.rpartition("/")[2].replace("_", " ")


def label(name: str, now: datetime) -> str:
    """`Ho Chi Minh (Asia), UTC+07:00`."""
    area, _, city = name.replace("_", " ").partition("/")
    return f"{city} ({area}), {offset(name, now)}" if city else name


def matching(typed: str, locale: str, now: datetime, limit: int = 100) -> list[Zone]:
    """The zones of which every typed word is a part: of the name, of the place in the reader's language, or the hours."""
    words = plain(typed).split()
    hours = [word for word in words if word.startswith(("utc", "gmt", "+", "-"))]
    parts = [word for word in words if word not in hours]
    found = [
        name
        for name in names()
        if all(part in _searchable(name, locale) for part in parts)
        and all(word in _hours(name, now) for word in hours)
    ]
    ranked = sorted(found, key=lambda name: (not _begins(name, words), name))
    return [Zone(name, label(name, now)) for name in ranked[:limit]]


def _hours(name: str, now: datetime) -> set[str]:
    """The ways to write a zone's hours: `utc+2`, `gmt+02:00`, `+5:30`."""
    shown = offset(name, now)
    sign, hours, minutes = shown[3:4], shown[4:6], shown[7:]
    if not sign:
        return {"utc", "gmt", "+0", "utc+0", "gmt+0"}
    written = {f"{sign}{hours}:{minutes}", f"{sign}{int(hours)}:{minutes}"}
    if minutes == "00":
        written |= {f"{sign}{hours}", f"{sign}{int(hours)}"}
    return {f"{front}{one}" for front in ("", "utc", "gmt") for one in written} | {"utc", "gmt"}


def _begins(name: str, words: list[str]) -> bool:
    """Whether the city itself begins with what was typed: those come first."""
    city = plain(name.rpartition("/")[2])
    return bool(words) and city.startswith(" ".join(words))


@lru_cache(maxsize=20_000)
def _searchable(name: str, locale: str) -> str:
    place = ""
    if "/" in name:
        place = str(get_timezone_location(name, locale=spoken(locale)))
    return plain(f"{name} {place}")


@lru_cache(maxsize=64)
def spoken(tag: str) -> Locale:
    try:
        return Locale.parse(tag, sep="-" if "-" in tag else "_")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def plain(text: str) -> str:
    """Lower case, without accents and punctuation: `São Paulo` is found by `sao paulo`."""
    letters = normalize("NFKD", text.translate(dict.fromkeys(map(ord, "_/(),"), " ")))
    return "".join(one for one in letters if not combining(one)).lower()
