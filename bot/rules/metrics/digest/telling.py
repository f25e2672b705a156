"""What a digest shows to one reader: its lines, those of its teams and people, a chart, and how it came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.metrics.comparison.charts import Series
from bot.rules.metrics.comparison.lines import Line, alone
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.digest.digests import Digest
from bot.rules.metrics.digest.posts import Post
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.reports import Period


@dataclass(frozen=True, slots=True)
class Part:
    """The same numbers of one team or of one person, in the same order."""

    name: str
    lines: Sequence[Line]
    person_id: str = ""


def first_by_name(called: Mapping[str, str], most: int) -> list[str]:
    """The ids of the first ones, as they are `called`: this is no ranking. Of the others nobody works anything out."""
    return sorted(called, key=lambda one: (called[one].casefold(), one))[:most]


def people_parts(
    called: Mapping[str, str],
    shown: Sequence[str],
    bundles: Mapping[str, Bundle],
    metrics: Sequence[Metric],
    minimum_n: int,
) -> list[Part]:
    return [
        Part(called[one], [alone(metric, bundles[one], minimum_n) for metric in metrics], one)
        for one in shown
        if one in bundles
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """`about` is the team's name; `post` is None for a preview or a test. No lines: they are still being added up.

    `more` are people who have numbers too and are not among `people`. `retired` are the names of metrics that it would
    tell if they were not retired. `reader_id` is who alone reads it, or empty in a channel.
    """

    digest: Digest
    about: str
    period: Period
    lines: Sequence[Line]
    teams: Sequence[Part] = ()
    people: Sequence[Part] = ()
    post: Post | None = None
    series: Series | None = None
    is_test: bool = False
    retired: Sequence[str] = ()
    more: int = 0
    reader_id: str = ""

    @property
    def is_theirs_to_stop(self) -> bool:
        """Whether it came to this reader by itself, and would come again if they wanted."""
        return bool(self.post) and not self.is_test and self.reader_id in self.digest.readers


@dataclass(frozen=True, slots=True)
class Listed:
    """A digest in the list: when it came last, and when it comes next; never while it is paused."""

    digest: Digest
    team_name: str
    last: Post | None
    next_at: datetime | None
