"""What a team's metric owner says beside a number, and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.errors import Refused
from bot.rules.metrics.definition.registry import Metric
from bot.rules.teams import Team
from bot.text import _

WORDS_AT_MOST = 300
LONGEST = timedelta(days=366)

NO_METRIC = _("Choose the number that the note is about.")
TOO_LONG = _("A note has at most {limit} characters. Please shorten it.")
NO_DAY = _("Choose the last day on which the note is shown.")
OVER = _("That day is over. Choose today or a later one.")
TOO_FAR = _("Choose a day within a year.")


@dataclass(frozen=True, slots=True)
class Note:
    """`metric` is its key. It is shown to the end of the day `until`, by the team's clock."""

    team_id: str
    metric: str
    words: str
    by: str
    at: datetime
    until: date


@dataclass(frozen=True, slots=True)
class Noting:
    """What the form shows: the notes of each team that are shown now, all metrics by key, and the first team's day."""

    teams: tuple[Team, ...]
    notes: Mapping[str, Sequence[Note]]
    metrics: Mapping[str, Metric]
    today: date
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """As somebody filled it in. Without words there is to be no note any more."""

    metric: str
    words: str
    until: date | None

    @property
    def text(self) -> str:
        return " ".join(self.words.split())

    def problems(self, known: Mapping[str, object], today: date) -> dict[str, Refused]:
        """What is wrong with it, by field. `today` is the team's."""
        found: dict[str, Refused] = {}
        if self.metric not in known:
            found["metric"] = Refused(NO_METRIC)
        if len(self.text) > WORDS_AT_MOST:
            found["words"] = Refused(TOO_LONG, limit=WORDS_AT_MOST)
        if not self.text:
            return found
        if self.until is None:
            found["until"] = Refused(NO_DAY)
        elif self.until < today:
            found["until"] = Refused(OVER)
        elif self.until > today + LONGEST:
            found["until"] = Refused(TOO_FAR)
        return found
