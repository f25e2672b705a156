"""A digest: numbers that are told on time, and what a good one looks like."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
from enum import StrEnum
from typing import Any

from bot.errors import Refused
from bot.rules.calendars import WEEKDAYS
from bot.rules.metrics.digest.cadences import Cadence
from bot.text import _

NAME_LIMIT = 60
METRICS_AT_MOST = 12
READERS_AT_MOST = 20
WORKING_DAYS = 10
"""A monthly or quarterly digest comes on one of so many first working days."""
WANTED = ("contacts", "csat", "frt", "service_level", "aht", "asa", "abandonment", "fcr", "sla")
WANTED_AT_MOST = 5
"""What a new digest begins with: such of these as the team has numbers of."""
DIGESTS_AT_MOST = 20
"""Of a team: more would be a wall of messages."""

NO_NAME = _("Give it a name, so that people know what they read.")
LONG_NAME = _("Please keep the name under {limit} characters.")
NO_METRICS = _("Choose at least one number.")
MANY_METRICS = _("Choose at most {limit} numbers: more are not read.")
UNKNOWN_METRICS = _("One of these numbers is not kept any more. Please choose again.")
NO_CADENCE = _("Choose how often it comes.")
NO_TIME = _("Choose a time.")
NO_DAY = _("Choose the day of the week.")
NO_WORKING_DAY = _("Choose on which working day, from 1 to {limit}.")
NOWHERE = _("Choose a channel, or people who get it privately.")
BOTH = _("Choose either a channel or people, and empty the other. For both, make two digests.")
MANY_READERS = _("Choose at most {limit} people. For more, post it to a channel.")
NO_PERSON = _("Choose whose numbers it is about.")
NOT_IN_CHANNELS = _(
    "The numbers of single people are never posted to a channel. Choose people who get them privately."
)


class About(StrEnum):
    """Whose numbers it tells."""

    TEAM = "team"
    DEPARTMENT = "department"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Choice:
    """`by_person` adds each person's numbers, and only for a reader who may see them; a short one leaves out what stands beside the values.

    With `has_workbook` a monthly or quarterly one comes with an Excel file.
    """

    about: About = About.TEAM
    has_chart: bool = True
    by_person: bool = False
    is_short: bool = False
    has_workbook: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "about": self.about.value,
            "chart": self.has_chart,
            "by_person": self.by_person,
            "short": self.is_short,
            "workbook": self.has_workbook,
        }

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> "Choice":
        return cls(
            About(held["about"]), held["chart"], held["by_person"], held["short"], held["workbook"]
        )


@dataclass(frozen=True, slots=True)
class Digest:
    """`at` is by the clock on the team's wall. `on_day` is the weekday of a weekly one, 0 for Monday, and of a monthly or
    quarterly one which working day, from 1.

    It goes to `channel`, or where that is empty to `readers` privately. `person_id` is whose own numbers it tells, if it
    is about one person. Who saved it last is `owner_id`. In `stopped` are readers who have chosen not to get it.
    """

    workspace_id: str
    id: str
    team_id: str
    name: str
    cadence: Cadence
    at: time
    on_day: int
    metrics: tuple[str, ...]
    owner_id: str
    channel: str = ""
    readers: tuple[str, ...] = ()
    person_id: str = ""
    choice: Choice = field(default_factory=Choice)
    is_on: bool = True
    version: int = 1
    stopped: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Where it is said: a channel, or the own conversation with Baton of each reader who wants it."""
        if self.channel:
            return (self.channel,)
        return tuple(one for one in self.readers if one not in self.stopped)

    @property
    def unwanted_by(self) -> tuple[str, ...]:
        """Its readers who have stopped it for themselves."""
        return tuple(one for one in self.readers if one in self.stopped)

    def wanted_by(self, person_id: str, *, is_wanted: bool) -> "Digest":
        """The same once this reader has said whether they want it."""
        others = tuple(one for one in self.stopped if one != person_id)
        return replace(self, stopped=others if is_wanted else (*others, person_id))


@dataclass(frozen=True, slots=True)
class DigestDraft:
    """What the form holds. What was left empty, or is no time or number, is None."""

    name: str = ""
    about: str = About.TEAM.value
    person_id: str = ""
    metrics: tuple[str, ...] = ()
    cadence: str = Cadence.DAILY.value
    at: time | None = time(8)
    weekday: str = WEEKDAYS[0]
    working_day: int | None = 1
    channel: str = ""
    readers: tuple[str, ...] = ()
    has_chart: bool = True
    by_person: bool = False
    is_short: bool = False
    has_workbook: bool = False

    def over(self, before: Digest, by: str) -> Digest:
        """The digest as the form says; what it is about stays as it was made. Call `problems` first."""
        assert self.at is not None
        about = before.choice.about
        return replace(
            before,
            name=" ".join(self.name.split()),
            cadence=Cadence(self.cadence),
            at=self.at,
            on_day=self._on_day(),
            metrics=self.metrics,
            owner_id=by,
            channel=self.channel,
            readers=self.readers,
            choice=Choice(
                about,
                self.has_chart,
                self.by_person and about is not About.PERSON,
                self.is_short,
                self._has_workbook(about),
            ),
        )

    def made(self, workspace_id: str, id_: str, team_id: str, by: str) -> Digest:
        """A new one. Call `problems` first."""
        about = About(self.about)
        person_id = self.person_id if about is About.PERSON else ""
        empty = Digest(
            workspace_id, id_, team_id, "", Cadence.DAILY, time(), 0, (), by,
            person_id=person_id, choice=Choice(about),
        )  # fmt: skip
        return self.over(empty, by)

    def _has_workbook(self, about: About) -> bool:
        """Nobody wants a file each morning, nor one of a single person."""
        is_longer = self.cadence in {Cadence.MONTHLY, Cadence.QUARTERLY}
        return self.has_workbook and is_longer and about is not About.PERSON

    def _on_day(self) -> int:
        match self.cadence:
            case Cadence.DAILY:
                return 0
            case Cadence.WEEKLY:
                return WEEKDAYS.index(self.weekday)
            case _:
                return self.working_day or 1


def drafted(digest: Digest) -> DigestDraft:
    """The digest as its form shows it."""
    is_weekly = digest.cadence is Cadence.WEEKLY
    is_longer = digest.cadence in {Cadence.MONTHLY, Cadence.QUARTERLY}
    return DigestDraft(
        digest.name,
        digest.choice.about.value,
        digest.person_id,
        digest.metrics,
        digest.cadence.value,
        digest.at,
        WEEKDAYS[digest.on_day if is_weekly else 0],
        digest.on_day if is_longer else 1,
        digest.channel,
        digest.readers,
        digest.choice.has_chart,
        digest.choice.by_person,
        digest.choice.is_short,
        digest.choice.has_workbook,
    )


def problems(draft: DigestDraft, known: Collection[str]) -> dict[str, Refused]:
    """One refusal per field that needs another look; `known` are the keys of all metrics there are."""
    found = {
        "name": _name_problem(draft.name),
        "metrics": _metrics_problem(draft.metrics, known),
        "person": Refused(NO_PERSON) if _lacks_person(draft) else None,
        **_time_problems(draft),
        **_place_problems(draft),
    }
    return {name: problem for name, problem in found.items() if problem}


def _name_problem(name: str) -> Refused | None:
    if not name.strip():
        return Refused(NO_NAME)
    if len(name.strip()) > NAME_LIMIT:
        return Refused(LONG_NAME, limit=NAME_LIMIT + 1)
    return None


def _metrics_problem(metrics: Sequence[str], known: Collection[str]) -> Refused | None:
    if not metrics:
        return Refused(NO_METRICS)
    if len(metrics) > METRICS_AT_MOST:
        return Refused(MANY_METRICS, limit=METRICS_AT_MOST)
    return Refused(UNKNOWN_METRICS) if set(metrics) - set(known) else None


def _time_problems(draft: DigestDraft) -> dict[str, Refused | None]:
    is_longer = draft.cadence in {Cadence.MONTHLY, Cadence.QUARTERLY}
    is_good = draft.working_day is not None and 1 <= draft.working_day <= WORKING_DAYS
    no_weekday = draft.cadence == Cadence.WEEKLY and draft.weekday not in WEEKDAYS
    return {
        "cadence": None if draft.cadence in set(Cadence) else Refused(NO_CADENCE),
        "at": Refused(NO_TIME) if draft.at is None else None,
        "weekday": Refused(NO_DAY) if no_weekday else None,
        "working_day": Refused(NO_WORKING_DAY, limit=WORKING_DAYS)
        if is_longer and not is_good
        else None,
    }


def _place_problems(draft: DigestDraft) -> dict[str, Refused | None]:
    is_private = draft.about == About.PERSON or draft.by_person
    if draft.channel and is_private:
        return {"channel": Refused(NOT_IN_CHANNELS)}
    if draft.channel and draft.readers:
        return {"readers": Refused(BOTH)}
    if not draft.channel and not draft.readers:
        return {"readers" if is_private else "channel": Refused(NOWHERE)}
    if len(draft.readers) > READERS_AT_MOST:
        return {"readers": Refused(MANY_READERS, limit=READERS_AT_MOST)}
    return {}


def _lacks_person(draft: DigestDraft) -> bool:
    return draft.about == About.PERSON and not draft.person_id
