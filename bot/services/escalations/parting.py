"""A merged case that is open again: whoever and whatever went over to the other one with it comes back."""

from bot.rules import escalations as rules
from bot.rules.escalations import Escalation
from bot.services.escalations import telling
from bot.services.escalations.writing import Change, record
from storage import escalations
from storage.database import Tx
from storage.outbox import Card


async def part(change: Change, after: Escalation) -> list[Card]:
    """Undo a merge, inside the reopening. The cards that have to be drawn anew; none if it had not been merged."""
    if not change.before.merged_into:
        return []
    tx, person, now = change.tx, change.person, change.now
    other = await escalations.lock_alone(tx, change.before.merged_into)
    assert other is not None  # a case is never taken away
    events = await escalations.timeline(tx, other.id)
    await record(tx, other, rules.let_go(other, person, after.id, events, now=now))
    cards = [telling.card(other)]
    end = await _as_which_it_goes_on(tx, other)
    for child in await escalations.list_children(tx, end.id, lock=True):
        if after.id in rules.hung_before(await escalations.timeline(tx, child.id)):
            await record(tx, child, rules.hung_on(child, person, after, now=now))
            cards.append(telling.card(child))
    return cards


async def _as_which_it_goes_on(tx: Tx, case: Escalation) -> Escalation:
    """Itself, unless it has been merged too."""
    while case.merged_into:
        found = await escalations.find(tx, case.merged_into)
        assert found is not None  # a case is never taken away
        case = found
    return case
