"""How a change of a case is kept: the case, its line in the timeline and its alarms."""

from bot.rules import escalations as rules
from bot.rules.escalations import Alarm, Escalation, Step
from storage import escalations, timers
from storage.database import Tx
from storage.timers import Timer


async def write(tx: Tx, before: Escalation, step: Step) -> Escalation | None:
    """The case, its timeline and its alarms. None if somebody was first."""
    after = await escalations.change(tx, before, step)
    if after is not None:
        await _set_alarms(tx, before, after)
    return after


def alarm_timers(case: Escalation) -> list[Timer]:
    """Everything that is to happen to it by itself."""
    return [Timer(alarm, str(case.id), at) for alarm, at in rules.alarms(case).items()]


async def _set_alarms(tx: Tx, before: Escalation, after: Escalation) -> None:
    """Only what differs: most changes move one or two."""
    old, new = rules.alarms(before), rules.alarms(after)
    gone: list[Alarm] = [alarm for alarm in old if alarm not in new]
    if gone:
        await timers.cancel(tx, str(after.id), *gone)
    moved = [Timer(alarm, str(after.id), at) for alarm, at in new.items() if old.get(alarm) != at]
    await timers.put(tx, *moved)
