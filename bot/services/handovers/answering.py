"""Answering an offer, case by case or all at once; and saying afterwards that something had to be asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.errors import Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules import escalations as case_rules
from bot.rules import handovers as rules
from bot.rules.escalations import Escalation
from bot.rules.handovers import Answer, Handover, Item, ItemState
from bot.rules.kudos import Via
from bot.rules.kudos.easing import source_of
from bot.services import escalations as case_service
from bot.services.handovers import telling
from bot.services.handovers.offering import get
from bot.services.transaction import heard_once
from bot.text import _
from bot.views.handovers import told
from storage import escalations, handovers, outbox
from storage.database import Database, Tx
from storage.outbox import Note

ONLY_WHO_IS_ASKED = _("Only the person who is asked can answer this.")
ONLY_OWNERS = _(
    "You are neither lead nor manager of this team any more, so the case is offered to the lead on shift."
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer was about. `settled` cases were no longer the giver's, and are nobody's to hand over."""

    items: tuple[Item, ...]
    settled: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Answering:
    """An answer under way: its transaction, what it is about, and the cases, which nobody else changes meanwhile."""

    tx: Tx
    handover: Handover
    items: tuple[Item, ...]
    cases: dict[int, Escalation]
    now: datetime

    async def end(self, item: Item, answer: Answer, reason: str = "") -> None:
        """Raises Stale if somebody, or the clock, was first."""
        state = rules.ended(item, answer)
        if not await handovers.answer(self.tx, item, state, now=self.now, reason=reason):
            newest = await handovers.find(self.tx, item.handover_id) or self.handover
            raise rules.answered_before(newest.item(item.number) or item, item.asked_id)


async def accept(
    db: Database,
    person: Person,
    handover_id: str,
    number: int | None = None,
    *,
    key: str,
    now: datetime,
) -> Answered:
    """Become the owner of one case, or of all that this person is asked about. Raises Denied or Stale."""
    taken: list[Item] = []
    settled: list[Item] = []
    async with _answering(db, person, handover_id, number, key=key, now=now) as answering:
        for item in answering.items:
            if rules.has_moved_on(item, answering.cases.get(item.number)):
                await answering.end(item, Answer.SETTLE)
                settled.append(item)
                continue
            await answering.end(item, Answer.ACCEPT)
            await case_service.pass_on(
                *(answering.tx, person, item.number, person.id),
                why=item.next_step,
                now=now,
                told=(item.giver_id,),
            )
            taken.append(item)
        notes = await _if_all_taken(answering)
        await telling.changed(answering.tx, handover_id, *notes, now=now)
    return Answered(tuple(taken), tuple(settled))


async def decline(
    db: Database,
    person: Person,
    handover_id: str,
    number: int | None,
    reason: str,
    *,
    key: str,
    now: datetime,
) -> None:
    """Leave one case, or all, with the giver, who reads why. Raises FormProblems, Denied or Stale."""
    reason = case_rules.clean(reason)
    if found := case_rules.wrong_words("why", reason):
        raise FormProblems(found)
    async with _answering(db, person, handover_id, number, key=key, now=now) as answering:
        for item in answering.items:
            await answering.end(item, Answer.DECLINE, reason)
        t = await telling.text_of(answering.tx, answering.handover.giver_id)
        cases = [
            answering.cases[one.number] for one in answering.items if one.number in answering.cases
        ]
        message = told.declined(list(answering.items), cases, reason, t)
        name = "declined:" + ",".join(str(one.number) for one in answering.items)
        note = telling.below(answering.handover, name, message)
        await telling.changed(answering.tx, handover_id, note, now=now)


async def see_to_decline(
    db: Database, person: Person, handover_id: str, number: int | None, *, now: datetime
) -> tuple[Item, ...]:
    """What a form is about to ask a reason for. Raises as declining itself would."""
    async with db.read(person.workspace_id) as tx:
        handover = await get(tx, person, handover_id)
    try:
        return _check(person, handover, number)
    except (Denied, Stale):
        await _redraw(db, person, handover_id, now=now)
        raise


async def ask_again(
    db: Database, person: Person, handover_id: str, number: int, *, key: str, now: datetime
) -> None:
    """The offer did not say enough, so the receiver had to ask. Raises Stale if that is noted, else Refused."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        handover = await get(tx, person, handover_id)
        item = handover.item(number)
        if item is None:
            raise Refused(rules.NOT_YOURS, number=number)
        check_may(person, Permission.HANDOVER_RECEIVE, item, ONLY_OWNERS)
        after = rules.asked_again(item, person.id, now=now)
        if not await handovers.mark_asked_again(tx, after):
            raise rules.noted_already(item)
        await outbox.say(tx, *telling.cards(handover), now=now)


@asynccontextmanager
async def _answering(
    db: Database,
    person: Person,
    handover_id: str,
    number: int | None,
    *,
    key: str,
    now: datetime,
) -> AsyncIterator[Answering]:
    """A transaction in which this person answers. If it is too late, their message is drawn anew: it showed otherwise."""
    try:
        async with heard_once(db, person.workspace_id, key, now=now) as tx:
            handover = await get(tx, person, handover_id)
            items = _check(person, handover, number)
            # All cases first, in one order: whoever changes a case locks it before anything that hangs on it.
            locked = [await escalations.lock(tx, one) for one in sorted(i.number for i in items)]
            yield Answering(tx, handover, items, {one.id: one for one in locked if one}, now)
    except (Denied, Stale):
        await _redraw(db, person, handover_id, now=now)
        raise


def _check(person: Person, handover: Handover, number: int | None) -> tuple[Item, ...]:
    items = rules.offered(handover, person.id, number)
    for item in items:
        check_may(person, Permission.HANDOVER_ANSWER, item, ONLY_WHO_IS_ASKED)
        check_may(person, Permission.HANDOVER_RECEIVE, item, ONLY_OWNERS)
    return items


async def _if_all_taken(answering: Answering) -> list[Note]:
    """The giver may go home once nothing is left with them: that is worth a word, once."""
    newest = await handovers.find(answering.tx, answering.handover.id)
    items = newest.items if newest else ()
    moved_on = {ItemState.ACCEPTED, ItemState.SETTLED}
    if not items or any(one.state not in moved_on for one in items):
        return []
    count = sum(one.state is ItemState.ACCEPTED for one in items)
    if not count:
        return []
    t = await telling.text_of(answering.tx, answering.handover.giver_id)
    source = source_of(Via.HANDOVER, answering.handover.id)
    return [telling.below(answering.handover, "taken", told.all_taken(count, source, t))]


async def _redraw(db: Database, person: Person, handover_id: str, *, now: datetime) -> None:
    async with db.write(person.workspace_id) as tx:
        await outbox.say(tx, telling.card(handover_id, person.id), now=now)
