"""How a change of a case is kept: the case, its line in the timeline and its alarms."""

from collections.abc import Mapping
from datetime import datetime

from bot.rules import escalations as rules
from bot.rules.escalations import Alarm, Escalation, Step
from bot.services.escalations.blocking import look_at_blockers
from bot.services.escalations.handed_over import look_at_handovers
from storage import escalations, timers
from storage.database import Tx
from storage.timers import Timer


async def record(tx: Tx, before: Escalation, step: Step) -> Escalation | None:
    """The case, its timeline and its alarms. None if somebody was first."""
    after = await escalations.change(tx, before, step)
    if after is not None:
        await _set_alarms(tx, before, after)
        await look_at_handovers(tx, before, after, now=step.event.at)
        await look_at_blockers(tx, before, after, now=step.event.at)
    return after


async def set_first_alarms(tx: Tx, case: Escalation) -> None:
    """Everything that is to happen to a new case by itself."""
    await _put(tx, case, rules.alarms(case))


async def _set_alarms(tx: Tx, before: Escalation, after: Escalation) -> None:
    """Only what differs: most changes move one or two."""
    old, new = rules.alarms(before), rules.alarms(after)
    gone: list[Alarm] = [alarm for alarm in old if alarm not in new]
    if gone:
        await timers.cancel(tx, str(after.id), *gone)
    await _put(tx, after, {alarm: at for alarm, at in new.items() if old.get(alarm) != at})


async def _put(tx: Tx, case: Escalation, found: Mapping[Alarm, datetime]) -> None:
    """What is due already need not wait for the next look at the clock."""
    await timers.put(tx, *[Timer(alarm, str(case.id), at) for alarm, at in found.items()])
    if any(at <= case.changed_at for at in found.values()):
        tx.wakes.add("tick")
