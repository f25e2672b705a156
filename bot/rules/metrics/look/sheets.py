"""What an Excel file with numbers is made of: its sheets, the pieces in which they are read, and the figures in them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.rules.metrics.comparison.charts import By, buckets
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.definition.values import Value
from bot.rules.metrics.store.slices import CHANNEL, HOUR, PERSON, TOPIC, WHOLE
from bot.rules.reports.periods import Period

MOST_LINES = 500_000
"""Of one sheet. Of what could be longer nothing is listed, rather than some of it: half a list would pass for the whole."""
PEOPLE_AT_ONCE = 10
MOST_NAMES = 400
"""Names of people that are read at once."""


class SheetKey(StrEnum):
    TOTALS = "totals"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    PEOPLE = "people"
    PEOPLE_MONTHS = "people_months"
    PEOPLE_DAYS = "people_days"
    CHANNELS = "channels"
    TOPICS = "topics"
    HOURS = "hours"
    LABELS = "labels"

    @property
    def by(self) -> By | None:
        """What its lines are of; None for the whole time."""
        return BYS.get(self)

    @property
    def is_of_people(self) -> bool:
        return self in OF_PEOPLE


BYS: Mapping[SheetKey, By] = {
    SheetKey.DAYS: By.DAY,
    SheetKey.WEEKS: By.WEEK,
    SheetKey.MONTHS: By.MONTH,
    SheetKey.PEOPLE_MONTHS: By.MONTH,
    SheetKey.PEOPLE_DAYS: By.DAY,
}
OF_PEOPLE = (SheetKey.PEOPLE, SheetKey.PEOPLE_MONTHS, SheetKey.PEOPLE_DAYS)
SLICES: Mapping[SheetKey, str] = {
    SheetKey.TOTALS: WHOLE,
    SheetKey.DAYS: WHOLE,
    SheetKey.WEEKS: WHOLE,
    SheetKey.MONTHS: WHOLE,
    **dict.fromkeys(OF_PEOPLE, PERSON),
    SheetKey.CHANNELS: CHANNEL,
    SheetKey.TOPICS: TOPIC,
    SheetKey.HOURS: HOUR,
}
AT_ONCE: Mapping[By, int] = {By.DAY: 31, By.WEEK: 4, By.MONTH: 1}
"""So many days, weeks or months are read at once: a month, whatever it is."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person, with the names that stand for them, or a name that is nobody yet."""

    key: str
    called: str
    name_ids: tuple[str, ...]
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is read at once for one sheet: these teams added up, or some people of one of them. No metrics are all.

    The first one also says what the file does not hold: sheets that would be too long, and how many people's numbers are
    not for its reader.
    """

    sheet: SheetKey
    team_ids: tuple[str, ...]
    period: Period
    slice: str
    metrics: tuple[str, ...] = ()
    people: tuple[Somebody, ...] = ()
    too_long: tuple[SheetKey, ...] = ()
    hidden: int = 0

    @property
    def team_id(self) -> str:
        """Empty for several together."""
        return self.team_ids[0] if len(self.team_ids) == 1 else ""

    @property
    def name_ids(self) -> list[str] | None:
        """Whose numbers are read; None for everything of the slice."""
        if not self.sheet.is_of_people:
            return None
        return [one for somebody in self.people for one in somebody.name_ids]

    def stretches(self) -> Iterator[Sequence[Period]]:
        """The days, weeks or months of its lines, as they are read; for the whole time months."""
        by = self.sheet.by or By.MONTH
        every = list(buckets(self.period.first, self.period.last, by))
        for begin in range(0, len(every), AT_ONCE[by]):
            yield every[begin : begin + AT_ONCE[by]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of a sheet: what a metric came to in these days. `member` is whose or what's, as it is shown."""

    sheet: SheetKey
    team_id: str
    member: str
    person_id: str
    period: Period
    metric: Metric
    value: Value
    target: float | None = None
    is_few: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A piece once it is read. `days` are those of which there is anything."""

    piece: Piece
    figures: Sequence[Figure]
    days: frozenset[date] = frozenset()


def is_too_long(sheet: SheetKey, period: Period, members: int, metrics: int) -> bool:
    """Whether a sheet could have more lines than are listed."""
    spans = (
        1 if sheet.by is None else sum(1 for _one in buckets(period.first, period.last, sheet.by))
    )
    return spans * members * metrics > MOST_LINES


def in_chunks(people: Sequence[Somebody]) -> Iterator[tuple[Somebody, ...]]:
    """As they are read: some at a time, and never more names than can be asked for."""
    chunk: list[Somebody] = []
    for one in people:
        count = sum(len(other.name_ids) for other in chunk) + len(one.name_ids)
        if chunk and (len(chunk) == PEOPLE_AT_ONCE or count > MOST_NAMES):
            yield tuple(chunk)
            chunk = []
        chunk.append(one)
    if chunk:
        yield tuple(chunk)


def in_order(
    sheet: SheetKey, figures: Collection[Figure], metrics: Sequence[Metric]
) -> list[Figure]:
    """People one by one; everything else metric by metric, so that a chart can show what stands together."""
    place = {one.key: number for number, one in enumerate(metrics)}

    def key(one: Figure) -> tuple[object, ...]:
        member = (one.member.casefold(), one.member)
        if sheet.is_of_people:
            return (*member, one.person_id, place[one.metric.key], one.period.first)
        return (place[one.metric.key], *member, one.period.first)

    return sorted(figures, key=key)
