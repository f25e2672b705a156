"""The time-to-claim clock as timers: a warning after three quarters of the time, a note when it is over."""

from datetime import datetime

from bot.people import Role, system
from bot.permissions import Permission, check_may
from bot.rules import escalations as rules
from bot.rules.escalations import Escalation, State
from bot.services.escalations import telling
from bot.text import _
from bot.views.escalations import told
from storage import escalations, outbox, teams
from storage.database import Tx
from storage.outbox import Priority
from storage.timers import Timer

CLAIM_WARNING = "escalation.claim_warning"
CLAIM_BREACH = "escalation.claim_breach"
CLAIM_TIMERS = (CLAIM_WARNING, CLAIM_BREACH)

ONLY_THE_CLOCK = _("Only the clock does this.")


def claim_timers(escalation: Escalation) -> tuple[Timer, Timer]:
    """The two timers of this wait. Each reopening is a wait of its own."""
    due = escalation.claim_due_at
    warn = rules.warn_at(start=escalation.clock_started_at, due_at=due)
    subject, step = str(escalation.id), str(escalation.reopened_count)
    return Timer(CLAIM_WARNING, subject, warn, step), Timer(CLAIM_BREACH, subject, due, step)


async def warn(tx: Tx, timer: Timer, now: datetime) -> None:
    """Say that time runs out. Nothing once somebody has it, once the clock was set anew, or once the time is over."""
    escalation = await _still_waiting(tx, timer)
    if escalation is None or now >= escalation.claim_due_at:
        return
    team = await teams.get(tx, escalation.team_id)
    leads = await telling.ids_of(tx, team.id, Role.LEAD)
    text = told.warning(escalation, leads, now, telling.team_text(team))
    await outbox.say(tx, telling.in_thread(escalation, text), now=now)


async def breach(tx: Tx, timer: Timer, now: datetime) -> None:
    """Say that nobody has it yet, once, to the leads and the manager, and keep it in the timeline."""
    escalation = await _still_waiting(tx, timer)
    if escalation is None or escalation.claim_late_at or now < escalation.claim_due_at:
        return
    clock = system(tx.workspace_id)
    check_may(clock, Permission.CLOCK_RUN, escalation, ONLY_THE_CLOCK)
    after = await escalations.change(tx, escalation, rules.found_late(escalation, clock, now=now))
    if after is None:  # claimed in this very moment
        return
    team = await teams.get(tx, after.team_id)
    people = await telling.ids_of(tx, team.id, Role.LEAD, Role.MANAGER)
    text = told.breach(after, people, now, telling.team_text(team))
    note = telling.in_thread(after, text, Priority.BREACH)
    await outbox.say(tx, telling.card(after), note, now=now)


async def _still_waiting(tx: Tx, timer: Timer) -> Escalation | None:
    """The case if it still waits for an owner under the clock that set this timer."""
    escalation = await escalations.find(tx, int(timer.subject))
    if escalation is None or escalation.state is not State.OPEN:
        return None
    return escalation if timer in claim_timers(escalation) else None
