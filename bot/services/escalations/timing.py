"""The time-to-claim clock as timers: it starts when the team opens, warns after three quarters, and calls when it is over."""

from datetime import datetime

from bot.people import Person, Role, system
from bot.permissions import Permission, check_may
from bot.rules import escalations as rules
from bot.rules.escalations import Escalation, State
from bot.rules.teams import Team
from bot.services.escalations import telling
from bot.services.holidays import load_holidays
from bot.text import _
from bot.views.escalations import told
from storage import escalations, outbox, teams
from storage.database import Tx
from storage.outbox import Priority
from storage.timers import Timer

CLAIM_START = "escalation.claim_start"
CLAIM_WARNING = "escalation.claim_warning"
CLAIM_BREACH = "escalation.claim_breach"
CLAIM_TIMERS = (CLAIM_START, CLAIM_WARNING, CLAIM_BREACH)

ONLY_THE_CLOCK = _("Only the clock does this.")


def claim_timers(escalation: Escalation, team: Team) -> list[Timer]:
    """The timers of this wait, by the team's calendar as it is now: a later edit moves none. Each reopening is a wait of its own."""
    subject, step = str(escalation.id), str(escalation.reopened_count)
    start = escalation.clock_started_at
    warn = rules.claim_warn_at(team, escalation.severity, start=start)
    found = [
        Timer(CLAIM_WARNING, subject, warn, step),
        Timer(CLAIM_BREACH, subject, escalation.claim_due_at, step),
    ]
    if escalation.opens_at:
        found.insert(0, Timer(CLAIM_START, subject, escalation.opens_at, step))
    return found


async def start(tx: Tx, timer: Timer, now: datetime) -> None:
    """The team has opened: the card no longer says that it is closed, and the timeline keeps when the clock began."""
    escalation = await _still_waiting(tx, timer)
    if escalation is None or escalation.opens_at is None or now < escalation.opens_at:
        return
    clock = _the_clock(tx, escalation)
    step = rules.clock_started(escalation, clock, now=now)
    after = await escalations.change(tx, escalation, step)
    if after is not None:
        await outbox.say(tx, telling.card(after), now=now)


async def warn(tx: Tx, timer: Timer, now: datetime) -> None:
    """Say that time runs out. Nothing once somebody has it, once the clock was set anew, or once the time is over."""
    escalation = await _still_waiting(tx, timer)
    if escalation is None or now >= escalation.claim_due_at:
        return
    team = await teams.get(tx, escalation.team_id)
    leads = await telling.ids_of(tx, team.id, Role.LEAD)
    await load_holidays(team)
    left = rules.minutes_until(team, escalation.severity, escalation.claim_due_at, now=now)
    text = told.warning(escalation, leads, left, telling.team_text(team))
    await outbox.say(tx, telling.in_thread(escalation, text), now=now)


async def breach(tx: Tx, timer: Timer, now: datetime) -> None:
    """Say that nobody has it yet, once, to the leads and the manager, and keep it in the timeline."""
    escalation = await _still_waiting(tx, timer)
    if escalation is None or escalation.claim_late_at or now < escalation.claim_due_at:
        return
    clock = _the_clock(tx, escalation)
    after = await escalations.change(tx, escalation, rules.found_late(escalation, clock, now=now))
    if after is None:  # claimed in this very moment
        return
    team = await teams.get(tx, after.team_id)
    people = await telling.ids_of(tx, team.id, Role.LEAD, Role.MANAGER)
    text = told.breach(after, people, now, telling.team_text(team))
    note = telling.in_thread(after, text, Priority.BREACH)
    await outbox.say(tx, telling.card(after), note, now=now)


def _the_clock(tx: Tx, escalation: Escalation) -> Person:
    clock = system(tx.workspace_id)
    check_may(clock, Permission.CLOCK_RUN, escalation, ONLY_THE_CLOCK)
    return clock


async def _still_waiting(tx: Tx, timer: Timer) -> Escalation | None:
    """The case if it still waits for an owner under the clock that set this timer."""
    escalation = await escalations.find(tx, int(timer.subject))
    if escalation is None or escalation.state is not State.OPEN:
        return None
    is_this_wait = timer.step == str(escalation.reopened_count)
    within = escalation.clock_started_at <= timer.due_at <= escalation.claim_due_at
    return escalation if is_this_wait and within else None
