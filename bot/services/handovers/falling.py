"""When nobody answers: the case is offered to the lead on shift, and stays with the giver when there is nobody left to ask."""

from datetime import datetime

from bot.people import system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules import handovers as rules
from bot.rules.escalations import Escalation
from bot.rules.handovers import LOOK, Answer, Handover, Item
from bot.services.handovers import floor, telling
from bot.views.handovers import told
from storage import handovers, timers
from storage.database import Tx
from storage.outbox import Note
from storage.timers import Timer


async def look(tx: Tx, timer: Timer, now: datetime) -> None:
    """Whoever was asked for too long, has left the team or is away is asked no more."""
    handover = await handovers.find(tx, timer.subject)
    if handover is None:
        return
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, handover, ONLY_THE_CLOCK)
    cases = await handovers.cases(tx, [one.number for one in handover.offered])
    kept, changed = [], False
    for item in handover.offered:
        case = cases.get(item.number)
        if case is None or rules.has_moved_on(item, case):
            changed |= await handovers.answer(tx, item, rules.ended(item, Answer.SETTLE), now=now)
        elif await _is_over(tx, item, now=now):
            changed = True
            kept += [case] if await _falls(tx, item, case, now=now) else []
    if changed:
        notes = await _told(tx, handover, kept)
        handover = await telling.changed(tx, handover.id, *notes, now=now)
    if at := rules.next_look(handover.items, now=now):
        await timers.put(tx, Timer(LOOK, handover.id, at))


async def _is_over(tx: Tx, item: Item, *, now: datetime) -> bool:
    return (
        now >= item.due_at
        or not await floor.may_receive(tx, item.asked_id, item)
        or await floor.is_away(tx, item.asked_id, now=now)
    )


async def _falls(tx: Tx, item: Item, case: Escalation, *, now: datetime) -> bool:
    """Ask the lead on shift, unless they were asked before. Returns whether it stays with the giver."""
    but = {item.giver_id, *item.asked}
    lead = await floor.leading_now(tx, case, but=but, now=now)
    if lead is None:
        return await handovers.answer(tx, item, rules.ended(item, Answer.KEEP), now=now)
    await handovers.move(tx, item, rules.moved(item, lead, now=now))
    return False


async def _told(tx: Tx, handover: Handover, kept: list[Escalation]) -> list[Note]:
    if not kept:
        return []
    t = await telling.text_of(tx, handover.giver_id)
    name = "kept:" + ",".join(str(one.id) for one in kept)
    return [telling.below(handover, name, told.kept(kept, t))]
