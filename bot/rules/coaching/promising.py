"""When somebody is reminded of what they promised, or wanted to come back to: a truth table of days, zones and absences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.errors import Refused, Stale
from bot.rules.absences import Absence, away_until
from bot.rules.calendars import BusinessHours, spans_on
from bot.rules.coaching.commitments import SETTLED, Commitment, CommitmentAction, CommitmentState
from bot.rules.coaching.commitments import check as check_state
from bot.rules.wall_clock import day_of, moment
from bot.text import _

NINE = time(9)
LATE = timedelta(hours=1)
"""A reminder that comes later than this after its time says so."""
ONE_DAY = timedelta(days=1)
SEARCHED = 31
"""Days in which a working day is looked for; a team that is closed for longer is reminded on any day."""
REMEMBERED = timedelta(days=60)
"""So far back absences matter: who was away at the time of a reminder got it when they were back."""
FARTHEST = timedelta(days=366)
BY_PEOPLE = (CommitmentAction.FINISH, CommitmentAction.REOPEN, CommitmentAction.DROP)
"""What somebody may do to a commitment; it begins and is carried over together with a note."""
NO_DAY = _("Please choose a day.")
NOT_AHEAD = _("Please choose a day after today.")
TOO_FAR = _("That is more than a year ahead. Please choose a day that is nearer.")


class Reminder(StrEnum):
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whoever is reminded: their IANA zone, the hours of the team, and when they are away."""

    zone: str
    hours: BusinessHours
    absences: Sequence[Absence] = ()

    def today(self, now: datetime) -> date:
        return day_of(now, self.zone)


@dataclass(frozen=True, slots=True)
class Turn:
    """What is to be said now, if anything, and when to look again, if ever."""

    says: Reminder | None = None
    next: datetime | None = None


def turn(due_on: date, whose: Whose, *, since: datetime, now: datetime) -> Turn:
    """What becomes of an open commitment at this moment. Before `since` nobody was to be reminded of it.

    The working day before its day and the one after it, at nine; who is away then hears of it when they are back.
    """
    after = remind_at(Reminder.AFTER, due_on, whose)
    if whose.today(now) > due_on:
        return _at(Reminder.AFTER, after, None, since=since, now=now)
    before = remind_at(Reminder.BEFORE, due_on, whose)
    return _at(Reminder.BEFORE, before, after, since=since, now=now)


def remind_at(kind: Reminder, due_on: date, whose: Whose) -> datetime:
    """When its time is, as things are now."""
    step = -ONE_DAY if kind is Reminder.BEFORE else ONE_DAY
    day = _working_day(due_on + step, step, whose.hours)
    return _once_back(moment(day, NINE, whose.zone), whose)


def follow_up_turn(day: date, whose: Whose, *, now: datetime) -> Turn:
    """The day itself was chosen by somebody, so that it need not be a working day."""
    at = _once_back(moment(day, NINE, whose.zone), whose)
    return _at(Reminder.AFTER, at, None, since=datetime.min.replace(tzinfo=now.tzinfo), now=now)


def is_late(due_at: datetime, now: datetime) -> bool:
    """Whether a reminder comes so long after it was planned that it has to say so."""
    return now - due_at > LATE


def day_problem(day: date | None, today: date) -> Refused | None:
    """What is wrong with a day on which to come back to something."""
    if day is None:
        return Refused(NO_DAY)
    if day <= today:
        return Refused(NOT_AHEAD)
    return Refused(TOO_FAR) if day > today + FARTHEST else None


def check(action: CommitmentAction, commitment: Commitment) -> CommitmentState:
    """The state that follows when somebody does this. Raises Stale if it cannot be done, or not by people."""
    if action not in BY_PEOPLE:
        raise Stale(SETTLED)
    return check_state(action, commitment)


def is_carried(new: Commitment, old: Commitment | None) -> bool:
    """Whether a commitment of an earlier note goes on in the new one: if it is open still, and of the same two people."""
    return (
        old is not None
        and old.is_open
        and (old.author_id, old.agent_id) == (new.author_id, new.agent_id)
    )


def detail(action: CommitmentAction, commitment_id: str) -> str:
    """What the entry of a note says of a commitment that was settled; `read_detail` reads it."""
    return f"{action}:{commitment_id}"


def read_detail(written: str) -> tuple[CommitmentAction, str]:
    """What was done, and to which commitment."""
    action, _colon, commitment_id = written.partition(":")
    return CommitmentAction(action), commitment_id


def _at(
    kind: Reminder, at: datetime, then: datetime | None, *, since: datetime, now: datetime
) -> Turn:
    if at > now:
        return Turn(next=at)
    if at <= since:  # it had not begun
        return Turn(next=then)
    return Turn(kind, then)


def _working_day(day: date, step: timedelta, hours: BusinessHours) -> date:
    found = day
    for _number in range(SEARCHED):
        if hours.always_open or spans_on(hours, found):
            return found
        found += step
    return day


def _once_back(at: datetime, whose: Whose) -> datetime:
    """That moment, or nine on the first working day after an absence; at once for who is back in the middle of one."""
    while until := away_until(whose.absences, at):
        back = day_of(until, whose.zone)
        day = _working_day(back, ONE_DAY, whose.hours)
        at = max(moment(day, NINE, whose.zone), until)
    return at
