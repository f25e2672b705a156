"""A stand-up as its lead has set it up: what is asked, whom, when, and where the summary goes."""

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from bot.people import Role
from bot.rules.calendars import WEEKDAYS
from bot.rules.standups.questions import Question

WINDOW_MINUTES = 120
OFFSET_MINUTES = 5
NAME_LIMIT = 60
STANDUPS_AT_MOST = 10
"""In one team."""
ASKED = frozenset({Role.AGENT, Role.LEAD})
"""Whose people are asked unless somebody says otherwise."""


class Moment(StrEnum):
    """What the time of asking goes by."""

    TEAM = "team"  # a time of day by the team's clock
    PERSON = "person"  # a time of day by each person's own clock
    SHIFT = "shift"  # so many minutes after the start of each person's shift


class NotAnswered(StrEnum):
    """How the summary speaks of those who did not answer."""

    NAMED = "named"
    COUNTED = "counted"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Schedule:
    """`at` is the time of asking for TEAM and PERSON, `offset_minutes` (before the start if negative) for SHIFT.

    Whoever is asked has `window_minutes` to answer; the window may cross midnight. The weekday is that of the asking, by
    the clock that the moment goes by (for SHIFT: of the start of the shift, by the team's clock).
    """

    moment: Moment = Moment.TEAM
    weekdays: tuple[str, ...] = tuple(WEEKDAYS[:5])
    at: time = time(9, 0)
    offset_minutes: int = OFFSET_MINUTES
    window_minutes: int = WINDOW_MINUTES


@dataclass(frozen=True, slots=True)
class StandUp:
    """`asked` are the roles of the team whose people are asked. `channel` gets the summary; empty is the team's own.

    `heeds_dnd` waits for the end of somebody's do-not-disturb, `heeds_status` takes a Slack status that speaks of being away at its
    word. One that is not `is_active` asks nobody. `made_by` is who saved it last, `version` counts the edits.
    """

    workspace_id: str
    id: str
    team_id: str
    name: str
    questions: tuple[Question, ...] = ()
    schedule: Schedule = field(default_factory=Schedule)
    asked: frozenset[Role] = ASKED
    channel: str = ""
    not_answered: NotAnswered = NotAnswered.NAMED
    heeds_dnd: bool = True
    heeds_status: bool = True
    is_active: bool = True
    made_by: str = ""
    version: int = 1

    @property
    def raised_by(self) -> str:
        return ""

    @property
    def owner_id(self) -> str | None:
        return None
