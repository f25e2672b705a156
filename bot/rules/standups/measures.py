"""Who took part, and how people feel, over some weeks: for those who lead, and nobody is ranked by it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.rules.reports.periods import Period
from bot.rules.standups.rounds import Seat, SeatState

ENOUGH = 5
"""Below so many rounds there is no rate: one more or less would turn the picture."""
PEOPLE_AT_LEAST = 4
"""Whose mood is told as a mean: of fewer, one could guess who said what."""
FALLS_OVER = 3
"""Rounds in a row, each with a lower mood than the one before."""
NOTEWORTHY = 0.1
"""Rates that differ by less are about the same."""
SETTLED_AFTER = timedelta(days=8)
"""From its Monday on: a week is told of when no answer of it can change any more, or two looks would give one away."""
LATEST = timedelta(days=14)
"""Whoever said nothing for longer does not fall any more."""


class Outcome(StrEnum):
    """What became of asking somebody."""

    IN_TIME = "in_time"
    LATE = "late"
    SILENT = "silent"
    SKIPPED = "skipped"


def outcome(state: SeatState, *, is_late: bool) -> Outcome | None:
    """None for what says nothing about anybody: away, out, gone, never asked, or not over yet."""
    if state is SeatState.ANSWERED:
        return Outcome.LATE if is_late else Outcome.IN_TIME
    return {SeatState.SILENT: Outcome.SILENT, SeatState.SKIPPED: Outcome.SKIPPED}.get(state)


def is_late(seat: Seat) -> bool:
    """The first answer came when their window was over."""
    return seat.answered_at is not None and seat.answered_at >= seat.until


@dataclass(frozen=True, slots=True)
class Counts:
    """How often somebody, or a team, was asked, and what became of it."""

    in_time: int = 0
    late: int = 0
    silent: int = 0
    skipped: int = 0

    @property
    def asked(self) -> int:
        return self.in_time + self.late + self.silent + self.skipped

    @property
    def answered(self) -> int:
        return self.in_time + self.late

    @property
    def expected(self) -> int:
        """Who skips has said so: that counts neither for them nor against them."""
        return self.answered + self.silent

    @property
    def rate(self) -> float | None:
        """The share that was answered, late or not; None of a few."""
        return self.answered / self.expected if self.expected >= ENOUGH else None

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Tallied:
    """So many seats of one person ended in one way."""

    person_id: str
    state: SeatState
    is_late: bool
    count: int


def by_person(found: Iterable[Tallied]) -> dict[str, Counts]:
    """Who was never asked is left out."""
    counted: defaultdict[str, Counts] = defaultdict(Counts)
    for one in found:
        if ended := outcome(one.state, is_late=one.is_late):
            counted[one.person_id] += Counts(**{ended.value: one.count})
    return dict(counted)


def total(counted: Iterable[Counts]) -> Counts:
    return sum(counted, Counts())


class Trend(StrEnum):
    """A period against the one before."""

    MORE = "more"
    LESS = "less"
    SAME = "same"
    UNKNOWN = "unknown"


def trend(now: Counts, before: Counts) -> Trend:
    if now.rate is None or before.rate is None:
        return Trend.UNKNOWN
    change = round(now.rate - before.rate, 6)
    if abs(change) < NOTEWORTHY:
        return Trend.SAME
    return Trend.MORE if change > 0 else Trend.LESS


def before(period: Period) -> Period:
    """As many days, just before."""
    length = period.last - period.first + timedelta(days=1)
    return Period(period.first - length, period.last - length)


@dataclass(frozen=True, slots=True)
class Mood:
    """What somebody said in one round about how they feel, from 1 to 5."""

    person_id: str
    standup_id: str
    round_id: str
    day: date
    opens_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Week:
    """`mean` of all answers of the week that begins on `monday`; None where it is not told. `people` gave `answers`."""

    monday: date
    people: int
    answers: int
    mean: float | None


def own_weeks(moods: Iterable[Mood]) -> list[Week]:
    """One's own, where there is nothing to hide, the newest last."""
    return [_week(monday, some) for monday, some in sorted(_by_monday(moods).items())]


def team_weeks(
    moods: Iterable[Mood], sharing: Collection[str], reader_id: str, today: date
) -> list[Week]:
    """A team's, the newest last. Those of a few are not told.

    Nor is a mean that would give away the only one whose mood the reader does not know otherwise.
    """
    found = []
    for monday, some in sorted(_by_monday(moods).items()):
        people = {one.person_id for one in some}
        unknown = people - set(sharing) - {reader_id}
        is_told = len(people) >= PEOPLE_AT_LEAST and len(unknown) != 1
        if today >= monday + SETTLED_AFTER:
            found.append(_week(monday, some, is_told=is_told))
    return found


@dataclass(frozen=True, slots=True)
class Fall:
    """A mood that fell from round to round. It is one fall however far it goes: `begun_in` is the round of its top."""

    person_id: str
    standup_id: str
    begun_in: str
    numbers: tuple[int, ...]


def falls(moods: Iterable[Mood], today: date) -> list[Fall]:
    """Whose mood has fallen in their last rounds of a stand-up, by person and stand-up."""
    rows: defaultdict[tuple[str, str], list[Mood]] = defaultdict(list)
    for one in sorted(moods, key=lambda one: (one.opens_at, one.round_id)):
        rows[one.person_id, one.standup_id].append(one)
    found = (_fall(row) for _key, row in sorted(rows.items()) if row[-1].day >= today - LATEST)
    return [one for one in found if one]


def _fall(row: Sequence[Mood]) -> Fall | None:
    """Of one person in one stand-up, in the order of time."""
    begin = len(row) - 1
    while begin and row[begin - 1].number > row[begin].number:
        begin -= 1
    falling = row[begin:]
    if len(falling) < FALLS_OVER:
        return None
    top = falling[0]
    return Fall(top.person_id, top.standup_id, top.round_id, tuple(one.number for one in falling))


def _by_monday(moods: Iterable[Mood]) -> Mapping[date, list[Mood]]:
    weeks: defaultdict[date, list[Mood]] = defaultdict(list)
    for one in moods:
        weeks[one.day - timedelta(days=one.day.weekday())].append(one)
    return weeks


def _week(monday: date, moods: Sequence[Mood], *, is_told: bool = True) -> Week:
    mean = sum(one.number for one in moods) / len(moods)
    people = {one.person_id for one in moods}
    return Week(monday, len(people), len(moods), mean if is_told else None)
