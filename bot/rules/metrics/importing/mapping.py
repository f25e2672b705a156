"""A mapping: what each column of one kind of file is to the numbers, as it was proposed and as a person corrected it."""

from collections.abc import Collection
from collections.abc import Mapping as Keyed
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.cells.moments import Order
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.importing.reading.days import days_across, is_too_long, needs_day
from bot.rules.metrics.importing.recognising.columns import Kind, Style
from bot.rules.metrics.importing.recognising.roles import (
    COUNTS,
    DATE_PARTS,
    LENGTHS,
    MEAN_OF,
    NAMES,
    ONCE,
    SCORES,
    SHARES,
    Role,
)
from bot.rules.metrics.importing.words.headers import Source
from bot.rules.metrics.store.facts import MOST_LABELS


class Lines(StrEnum):
    """What each line of a file is."""

    CALLS = "calls"
    TICKETS = "tickets"
    ANSWERS = "answers"
    """To a survey, or reviews: the contacts they are about are counted elsewhere."""
    TOTALS = "totals"
    """Many contacts together, such as an agent's half hour."""


class Keys(StrEnum):
    """By what a line is known when it comes again."""

    COLUMN = "column"
    DIMENSIONS = "dimensions"
    PLACE = "place"
    """By nothing: a line is known by its file and its number in it."""


@dataclass(frozen=True, slots=True)
class Use:
    """What a column is for: a role, a label to count by, a part of one's own that is added up, or, with none of them, nothing."""

    role: Role | None = None
    label: str = ""
    part: str = ""

    def __bool__(self) -> bool:
        return bool(self.role or self.label or self.part)


NOTHING = Use()


@dataclass(frozen=True, slots=True)
class ColumnUse:
    header: str
    use: Use = NOTHING
    style: Style = field(default_factory=Style)
    kind: Kind = Kind.TEXT


class Wrong(StrEnum):
    """What keeps a mapping from being used."""

    NO_DAY = "no_day"
    TOO_LONG = "too_long"
    DAYS_ACROSS = "days_across"
    NOTHING_COUNTED = "nothing_counted"
    TWO_FOR_ONE = "two_for_one"
    MEAN_WITHOUT_COUNT = "mean_without_count"
    SHARE_WITHOUT_COUNT = "share_without_count"
    SCORE_OF_TOTALS = "score_of_totals"
    TOO_MANY_LABELS = "too_many_labels"
    NO_KEY_COLUMN = "no_key_column"


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` is the column that it is about, if it is about one."""

    wrong: Wrong
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """`zone` is the IANA zone that the clocks of the file show.

    `replaces` matters where lines are known by their place: whether a new file takes the place of what earlier ones with
    this header gave.

    `is_of_one_day`: somebody has said that no column holds the day. `day` is then when all of the file counts, or of which
    year its lines are; it is of this one file, and never remembered.
    """

    source: Source
    zone: str
    columns: tuple[ColumnUse, ...]
    lines: Lines = Lines.CALLS
    keys: Keys = Keys.PLACE
    replaces: bool = False
    is_of_one_day: bool = False
    day: date | None = None
    places: Keyed[Role, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        held = {one.use.role: place for place, one in reversed([*enumerate(self.columns)])}
        places = {role: place for role, place in held.items() if role}
        object.__setattr__(self, "places", places)

    @property
    def needs_day(self) -> bool:
        """Whether a person has to say on which day its lines are, or of which year."""
        return needs_day(self.places)

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(one.header for one in self.columns)

    @property
    def describing(self) -> frozenset[int]:
        """The columns that say of what a line is, and not how much."""
        return frozenset(
            place
            for place, one in enumerate(self.columns)
            if one.use.label or one.use.role in DESCRIBING
        )

    def with_use(self, place: int, use: Use) -> "Mapping":
        """Another use for one column. A role that only one can have leaves the column that had it."""
        columns = [
            replace(one, use=NOTHING) if _gives_way(one.use, use) else one for one in self.columns
        ]
        columns[place] = replace(self.columns[place], use=use)
        return _keyed(replace(self, columns=tuple(columns)))

    def with_style(self, place: int, style: Style) -> "Mapping":
        columns = list(self.columns)
        columns[place] = replace(columns[place], style=style)
        return replace(self, columns=tuple(columns))

    def with_lines(self, lines: Lines) -> "Mapping":
        return _keyed(replace(self, lines=lines))

    def problems(self) -> list[Problem]:
        """All that keeps it from being used."""
        roles = [one.use.role for one in self.columns]
        found = []
        if self.needs_day and (across := days_across(self.headers)):
            found.append(Problem(Wrong.DAYS_ACROSS, across[0]))
        elif self.needs_day and self.day is None:
            found.append(Problem(Wrong.NO_DAY))
        if is_too_long(self.places):
            long = self.places.get(Role.QUARTER, self.places.get(Role.YEAR))
            found.append(Problem(Wrong.TOO_LONG, long))
        counts_itself = self.lines in {Lines.CALLS, Lines.TICKETS}
        if not counts_itself and not any(_counts(one.use) for one in self.columns):
            found.append(Problem(Wrong.NOTHING_COUNTED))
        found += [
            Problem(Wrong.TWO_FOR_ONE, place)
            for place, role in enumerate(roles)
            if role in ONCE and role in roles[:place]
        ]
        if sum(bool(one.use.label) for one in self.columns) > MOST_LABELS:
            found.append(Problem(Wrong.TOO_MANY_LABELS))
        if self.keys is Keys.COLUMN and Role.KEY not in self.places:
            found.append(Problem(Wrong.NO_KEY_COLUMN))
        found += [
            Problem(Wrong.SHARE_WITHOUT_COUNT, self.places[one])
            for one in sorted(SHARES & self.places.keys())
            if not is_share_known(one, self.places.keys())
        ]
        return found + self._of_totals()

    def _of_totals(self) -> list[Problem]:
        """Of many contacts together a mean needs their number, and a score cannot be had at all."""
        if self.lines is not Lines.TOTALS:
            return []
        has_count = bool({Role.HANDLED, Role.ANSWERED, Role.CONTACTS} & self.places.keys())
        means = () if has_count else MEAN_OF
        return [
            *(Problem(Wrong.MEAN_WITHOUT_COUNT, self.places[one]) for one in means if one in self.places),
            *(Problem(Wrong.SCORE_OF_TOTALS, self.places[one]) for one in sorted(SCORES) if one in self.places),
        ]  # fmt: skip

    def packed(self) -> dict[str, Any]:
        return {
            "source": self.source.value,
            "zone": self.zone,
            "lines": self.lines.value,
            "keys": self.keys.value,
            "replaces": self.replaces,
            "is_of_one_day": self.is_of_one_day,
            "day": self.day.isoformat() if self.day else "",
            "columns": [_pack(one) for one in self.columns],
        }

    @classmethod
    def unpack(cls, packed: Keyed[str, Any]) -> "Mapping":
        return cls(
            Source(packed["source"]),
            packed["zone"],
            tuple(_unpack(one) for one in packed["columns"]),
            Lines(packed["lines"]),
            Keys(packed["keys"]),
            packed["replaces"],
            packed.get("is_of_one_day", False),
            date.fromisoformat(packed["day"]) if packed.get("day") else None,
        )


def _keyed(mapping: Mapping) -> Mapping:
    """Lines are named by a column if there is one for it, and totals by what they are totals of."""
    if Role.KEY in mapping.places:
        return replace(mapping, keys=Keys.COLUMN)
    is_many = mapping.lines is Lines.TOTALS
    return replace(mapping, keys=Keys.DIMENSIONS if is_many else Keys.PLACE)


OF_TICKETS = frozenset(
    {
        *(Role.STATUS, Role.RESOLVED, Role.RESOLVED_AT, Role.REOPENS, Role.TARGET, Role.FIRST_RESPONSE),
        *(Role.FIRST_RESPONSE_AT, Role.NEXT_REPLY, Role.FIRST_RESOLUTION, Role.FULL_RESOLUTION),
    }
)  # fmt: skip
COUNTED = LENGTHS | COUNTS | SCORES | OF_TICKETS | SHARES


DESCRIBING = NAMES | DATE_PARTS | {Role.DAY, Role.TIME, Role.KEY, Role.STATUS}


def is_share_known(role: Role, roles: Collection[Role]) -> bool:
    """Whether other columns say of how many it is a percentage."""
    held = set(roles)
    if role is Role.CSAT_SHARE:
        return Role.RATINGS in held
    is_counted = role is Role.SERVICE_LEVEL and held >= {Role.ANSWERED, Role.ABANDONED}
    return Role.CONTACTS in held or is_counted


def _counts(use: Use) -> bool:
    return bool(use.part) or use.role in COUNTED


def _gives_way(held: Use, wanted: Use) -> bool:
    return held.role is not None and held.role is wanted.role and held.role in ONCE


def _pack(one: ColumnUse) -> dict[str, Any]:
    use, style = one.use, one.style
    return {
        "header": one.header,
        "kind": one.kind.value,
        "use": {"role": use.role, "label": use.label, "part": use.part},
        "style": {
            "sign": style.sign.value,
            "order": style.order.value,
            "unit": style.unit.value,
            "is_days": style.is_days,
            "is_utc": style.is_utc,
            "top": style.top,
            "fills": style.fills,
            "digits": style.digits,
        },
    }


def _unpack(packed: Keyed[str, Any]) -> ColumnUse:
    use, style = packed["use"], packed["style"]
    role = Role(use["role"]) if use["role"] else None
    return ColumnUse(
        packed["header"],
        Use(role, use["label"], use["part"]),
        Style(
            DecimalSign(style["sign"]),
            Order(style["order"]),
            Unit(style["unit"]),
            style["is_days"],
            style["is_utc"],
            style["top"],
            style.get("fills", False),
            style.get("digits", 0),
        ),
        Kind(packed["kind"]),
    )
