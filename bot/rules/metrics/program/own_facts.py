"""What happens in Baton itself as facts: cases, handovers, stand-ups, thanks and coaching, in the words of the parts.

A fact that came to count for nothing is still told, without parts, so that it takes the place of what it said before.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.rules.escalations import Event, State
from bot.rules.handovers import Item, ItemState
from bot.rules.kudos.breadth import Breadth
from bot.rules.metrics.store.facts import SCALE, Fact
from bot.rules.reports import Clock, Period, life_of
from bot.rules.reports import Fact as Case
from bot.rules.standups import Round, Seat
from bot.rules.standups.measures import Outcome, is_late, outcome
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of

MINUTE = 60 * SCALE
"""In thousandths of a second."""
DAY = timedelta(days=1)
FIRST_DAYS = 90
"""How far back the first look goes."""


def of_case(case: Case, team: Team, *, now: datetime) -> Iterator[Fact]:
    """Counted as the reports of escalations do: lengths are working time, and a new wait is measured anew."""
    life = life_of(case.case, case.events, team, now=now)
    draft = case.case.draft
    about = {"topic": draft.category, "labels": {"severity": str(draft.severity)}}
    key = str(life.case.id)
    sums = {"escalated": 1, "bounced": int(bool(life.bounces))}
    raised = life.case.raised_at
    yield _fact(f"case:{key}", raised, team, life.case.raised_by, sums, about=about)
    for n, claim in enumerate(life.claims):
        who = _who(case.events, claim.at, State.CLAIMED)
        samples = {"claim": claim.minutes}
        yield _fact(f"claim:{key}:{n}", claim.at, team, who, samples=samples, about=about)
    for n, solved in enumerate(life.solutions):
        who = _who(case.events, solved.at, State.RESOLVED)
        samples = {"resolve": solved.minutes}
        yield _fact(f"resolve:{key}:{n}", solved.at, team, who, samples=samples, about=about)
    promises = [one for one in life.judged if one.clock is Clock.PROMISE]
    for n, promise in enumerate(promises):  # the team's: who kept it is rarely who gave it
        sums = {"promises": 1, "promises_kept": int(promise.met)}
        yield _fact(f"promise:{key}:{n}", promise.at, team, "", sums, about=about)


def of_item(item: Item, team: Team) -> Fact:
    """One case that was offered, on the day of its first offer; of whoever accepted or declined it."""
    counts = item.state not in {ItemState.SETTLED, ItemState.WITHDRAWN}
    is_answered = item.state in {ItemState.ACCEPTED, ItemState.DECLINED}
    sums = {"handovers": 1, "handovers_accepted": int(item.state is ItemState.ACCEPTED)}
    key = f"handover:{item.handover_id}:{item.number}"
    person = item.asked_id if is_answered else ""
    return _fact(key, item.offered_at, team, person, sums if counts else {})


def of_seat(held: Round, seat: Seat, team: Team) -> Fact:
    """One person in one round, on the round's day. Who skipped it counts on neither side."""
    ended = outcome(seat.state, is_late=is_late(seat))
    took_part = int(ended in {Outcome.IN_TIME, Outcome.LATE})
    counts = ended is not None and ended is not Outcome.SKIPPED
    sums = {"asked": 1, "took_part": took_part} if counts else {}
    made = _fact(f"seat:{held.id}:{seat.person_id}", seat.ask_at, team, seat.person_id, sums)
    return Fact(made.key, made.at, held.day, None, made.person, made.team, sums=made.sums)


def of_thanks(
    kudos_id: str, receiver_id: str, at: datetime, team: Team, *, counts: bool, is_shown: bool
) -> Fact:
    """Public thanks to one person, who may want that nobody else sees them: then they are the team's alone."""
    person = receiver_id if is_shown else ""
    return _fact(
        f"kudos:{kudos_id}:{receiver_id}", at, team, person, {"kudos": 1} if counts else {}
    )


def weeks_ended(team: Team, since: datetime, until: datetime) -> Iterator[Period]:
    """The weeks from Monday to Sunday, by the team's clock, that ended in that time."""
    monday = day_of(since, team.zone)
    monday -= timedelta(days=monday.weekday())
    while (week := Period(monday, monday + 6 * DAY)).span(team.zone).end <= until:
        if week.span(team.zone).end >= since:
            yield week
        monday += 7 * DAY


def of_breadth(week: Period, team: Team, found: Breadth) -> Fact:
    """How many of a team thanked somebody in a week, told on its last day."""
    sums = {"kudos_givers": found.gave, "kudos_people": found.people}
    at = week.span(team.zone).end - DAY / 2
    return _fact(f"breadth:{team.id}:{week.first}", at, team, "", sums)


def of_note(note_id: str, at: datetime, team: Team, *, is_acknowledged: bool) -> Fact:
    """A shared note, without anybody: whom it is about is between two people."""
    sums = {"notes_shared": 1, "notes_acknowledged": int(is_acknowledged)}
    return _fact(f"note:{note_id}", at, team, "", sums)


def _fact(
    key: str,
    at: datetime,
    team: Team,
    person: str,
    sums: Mapping[str, int] | None = None,
    *,
    samples: Mapping[str, int] | None = None,
    about: Mapping[str, object] | None = None,
) -> Fact:
    """`samples` are minutes. By the clock of the team."""
    here = at.astimezone(ZoneInfo(team.zone))
    more = about or {}
    labels = more.get("labels")
    return Fact(
        key,
        at,
        here.date(),
        here.hour,
        person,
        team.id,
        topic=str(more.get("topic") or ""),
        labels=labels if isinstance(labels, dict) else {},
        sums={part: amount * SCALE for part, amount in (sums or {}).items()},
        samples={part: (minutes * MINUTE,) for part, minutes in (samples or {}).items()},
    )


def _who(events: Sequence[Event], at: datetime, state: State) -> str:
    """Who brought the case into this state at that moment."""
    found = (one.by for one in events if one.at == at and one.new is state and one.old is not state)
    return next(found, "")
