"""What people make of a case while it is worked on: waits, updates, another owner, another team. Old in, new out."""

from dataclasses import replace
from datetime import datetime

from bot.people import Person
from bot.rules.escalations.cases import Escalation, Event, Step, Update, Wait
from bot.rules.escalations.clocks import (
    asked_until,
    claim_due_at,
    claim_warn_at,
    opens_at,
    with_claim_clock,
    with_update_clock,
    without_claim_clock,
    without_update_clock,
)
from bot.rules.escalations.states import Action, EventKind, State
from bot.rules.escalations.stepping import acted, noted
from bot.rules.severities import Severity
from bot.rules.teams import Team


def waited(
    before: Escalation,
    person: Person,
    wait: Wait,
    *,
    now: datetime,
    action: Action = Action.WAIT,
    reason: str = "",
) -> Step:
    """The clock stands until its end, when the owner is called back. The owner stays."""
    after = replace(
        without_update_clock(before),
        waiting_on=wait.on,
        waiting_why=wait.why,
        waiting_since=before.waiting_since or now,
        waiting_until=wait.until,
    )
    return acted(before, after, action, person, now, reason=reason or wait.on, why=wait.why)


def resumed(before: Escalation, person: Person, team: Team, *, now: datetime) -> Step:
    """What was waited for is there. The wait was a word of its own, so the clock begins anew."""
    return acted(before, with_update_clock(before, team, now=now), Action.RESUME, person, now)


def updated(
    before: Escalation,
    person: Person,
    team: Team,
    update: Update,
    *,
    now: datetime,
    remind_at: datetime | None = None,
) -> Step:
    """The owner's word, and perhaps when they want to be reminded. A waiting case goes on waiting."""
    after = replace(before, update=update, updated_at=now, remind_at=remind_at)
    if before.state is State.CLAIMED:
        after = with_update_clock(after, team, now=now)
    return acted(before, after, Action.UPDATE, person, now)


def kept(before: Escalation, person: Person, team: Team, *, now: datetime) -> Step:
    """“Still on it”: an answer, though without news."""
    return acted(before, with_update_clock(before, team, now=now), Action.KEEP, person, now)


def released(
    before: Escalation,
    person: Person,
    team: Team,
    why: str,
    *,
    now: datetime,
    step_at: datetime | None = None,
) -> Step:
    """The owner cannot go on, and says so: it waits for an owner again."""
    after = replace(with_claim_clock(before, team, now=now, step_at=step_at), remind_at=None)
    return acted(before, after, Action.RELEASE, person, now, why=why)


def assigned(
    before: Escalation, person: Person, team: Team, to: str, why: str, *, now: datetime
) -> Step:
    """Another owner, with a whole clock. What waits goes on waiting."""
    after = replace(without_claim_clock(before), owner_id=to, claimed_at=now, remind_at=None)
    if before.state is not State.WAITING:
        after = with_update_clock(after, team, now=now)
    return acted(before, after, Action.ASSIGN, person, now, why=why)


def severity_changed(
    before: Escalation,
    person: Person,
    team: Team,
    severity: Severity,
    why: str,
    *,
    now: datetime,
    step_at: datetime | None = None,
) -> Step:
    """The wait for an owner is as if it had been so from its beginning, and may be over at once; the policy begins anew.

    An owner has a whole clock from now on, or a whole time to answer.
    """
    after = replace(before, draft=replace(before.draft, severity=severity))
    if before.state is State.OPEN:
        start = before.clock_started_at
        after = replace(
            after,
            claim_due_at=claim_due_at(team, severity, start=start),
            claim_warn_at=before.claim_warn_at and claim_warn_at(team, severity, start=start),
            policy_id="",
            level=None,
            round=0,
            step_at=step_at or opens_at(team, severity, start=now) or now,
        )
    elif before.state is State.CLAIMED and before.update_late_at:
        after = replace(after, falls_at=asked_until(team, severity, start=now))
    elif before.state is State.CLAIMED:
        after = with_update_clock(after, team, now=now)
    return acted(before, after, Action.CHANGE_SEVERITY, person, now, why=why)


def moved(
    before: Escalation,
    person: Person,
    team: Team,
    why: str,
    *,
    now: datetime,
    step_at: datetime | None = None,
) -> Step:
    """To another team, whose policy begins. Its card goes with it."""
    there = replace(
        before,
        team_id=team.id,
        channel=team.leads_channel,
        called=frozenset(),
        severity_names=team.severity_names,
    )
    after = replace(
        with_claim_clock(there, team, now=now, step_at=step_at),
        returned_by=None,
        return_reason=None,
        return_why="",
        return_field="",
        remind_at=None,
    )
    return acted(before, after, Action.MOVE, person, now, reason=team.name, why=why)


def followed(
    before: Escalation, person: Person, followers: frozenset[str], *, now: datetime
) -> Step:
    """Who hears of every change from now on."""
    return acted(before, replace(before, followers=followers), Action.FOLLOW, person, now)


def written(
    before: Escalation,
    person: Person,
    text: str,
    *,
    now: datetime,
    author: str = "",
    link: str = "",
) -> Step:
    """A note, or what `author` said in the thread and where it is to be found."""
    reason = f"{author} {link}" if author or link else ""
    return acted(before, before, Action.NOTE, person, now, reason=reason, why=text)


def source_of(note: Event) -> tuple[str, str]:
    """Who said what a note keeps, and the link to it; both empty for a note of one's own."""
    author, _blank, link = note.reason.partition(" ")
    return author, link


def took_in(before: Escalation, person: Person, other: Escalation, *, now: datetime) -> Step:
    """Another case goes on as this one; whoever waited for that one hears of this one."""
    waiting = other.followers | {other.raised_by}
    after = replace(before, followers=before.followers | waiting - {before.raised_by})
    return noted(before, after, EventKind.TOOK_IN, person, now, reason=str(other.id))


def department_answered(
    before: Escalation, person: Person, team: Team, number: int, why: str, *, now: datetime
) -> Step:
    """The case of the other department has come to its end: the owner goes on."""
    after = replace(with_update_clock(before, team, now=now), state=State.CLAIMED)
    kind = EventKind.DEPARTMENT_ANSWERED
    return noted(before, after, kind, person, now, reason=str(number), why=why)
