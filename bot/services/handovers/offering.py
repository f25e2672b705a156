"""Offering cases: what the form begins with, the offer itself, and taking back what nobody has answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may, may
from bot.rules import handovers as rules
from bot.rules.escalations import Escalation
from bot.rules.handovers import (
    AT_MOST,
    LOOK,
    LOOK_EVERY,
    Answer,
    Draft,
    Follower,
    Handover,
    Offerable,
)
from bot.services.handovers import floor, telling
from bot.services.transaction import heard_once
from bot.text import _
from storage import escalations, handovers, people, timers
from storage.base import new_id
from storage.database import Database, Tx
from storage.timers import Timer

HELD_AT_MOST = 500
NOTHING_HELD = _("You hold no open case, so there is nothing to hand over.")
ALL_OFFERED = _(
    "All your open cases are offered already. The message about that says who has answered."
)
NOT_HELD = _("#{number} isn't yours to hand over. Its owner is somebody else, or it is settled.")
NOT_HELD_ANY_MORE = _("#{number} is settled, or has another owner by now. Please untick it.")
OFFERED_ALREADY = _("#{number} is offered already. Take that back first, or untick it here.")
CANNOT_OWN = _(
    "{name} can't own {numbers}: only leads and the manager of the case's team can. Choose one of them."
)
IS_AWAY = _("{name} is away now. Choose somebody who is there.")
ONLY_THE_GIVER = _("Only who offered it can take it back.")
NOTHING_LEFT = _("Everything is answered already, so nothing is left to take back.")
GONE = _("There is no such handover, or it isn't yours to see.")


@dataclass(frozen=True, slots=True)
class Prefilled:
    """What the form shows at first. `follower` is the next lead on shift."""

    held: Offerable
    draft: Draft
    follower: Follower | None = None


async def prefill(
    db: Database, person: Person, *, only: int | None = None, now: datetime
) -> Prefilled:
    """The cases that this person holds, by promise; with `only`, that one stands first and is ticked alone.

    Raises Refused when there is nothing to hand over.
    """
    async with db.read(person.workspace_id) as tx:
        held = await _held(tx, person, first=only)
        if only not in {None, held.cases[0].id}:
            raise Refused(NOT_HELD, number=only)
        follower = await floor.next_lead(tx, person, held.cases[0].team_id, now=now)
        items = tuple(rules.drafted(one, goes=only in {None, one.id}) for one in held.cases)
        draft = Draft(follower.person_id if follower else "", items=items)
        return Prefilled(held, draft, follower)


async def offer(db: Database, person: Person, draft: Draft, *, key: str, now: datetime) -> Handover:
    """Offer the ticked cases to one person. Raises FormProblems by field."""
    draft = draft.cleaned()
    if found := rules.problems(draft, person.id):
        raise FormProblems(found)
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        cases = await _still_held(tx, person, draft)
        await _check_receiver(tx, draft.to, cases, now=now)
        handover = rules.made(new_id(), person, draft, cases.values(), now=now)
        if taken := await handovers.add(tx, handover):
            raise FormProblems(
                {f"goes:{one}": Refused(OFFERED_ALREADY, number=one) for one in taken}
            )
        await telling.changed(tx, handover.id, now=now)
        await timers.put(tx, Timer(LOOK, handover.id, now + LOOK_EVERY))
    return handover


async def withdraw(
    db: Database, person: Person, handover_id: str, *, key: str, now: datetime
) -> None:
    """Take back what nobody has answered yet. Raises Denied, Stale, or Refused if it is not theirs to see."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        handover = await get(tx, person, handover_id)
        check_may(person, Permission.HANDOVER_WITHDRAW, handover, ONLY_THE_GIVER)
        taken = [
            await handovers.answer(tx, one, rules.ended(one, Answer.WITHDRAW), now=now)
            for one in handover.offered
        ]
        if not any(taken):
            raise Stale(NOTHING_LEFT)
        await telling.changed(tx, handover_id, now=now)


async def get(tx: Tx, person: Person, handover_id: str) -> Handover:
    """For one of its people. Raises Refused, in the same words, if there is none and if they have no part in it."""
    handover = await handovers.find(tx, handover_id)
    if handover is None or person.id not in handover.people:
        raise Refused(GONE)
    return handover


async def held_open(tx: Tx, person_id: str) -> tuple[list[Escalation], int]:
    """What somebody holds and does not offer already, by promise; and how many they do offer."""
    owned = await escalations.list_owned(tx, person_id, limit=HELD_AT_MOST)
    held = [one for one in owned.items if rules.is_held(one, person_id)]
    offered = await handovers.offered_by(tx, person_id)
    left = rules.by_promise(one for one in held if one.id not in offered)
    return left, len(held) - len(left)


async def _held(tx: Tx, person: Person, *, first: int | None) -> Offerable:
    left, offered = await held_open(tx, person.id)
    if not left:
        raise Refused(ALL_OFFERED if offered else NOTHING_HELD)
    left.sort(key=lambda one: one.id != first)
    return Offerable(left[:AT_MOST], max(0, len(left) - AT_MOST), offered)


async def _still_held(tx: Tx, person: Person, draft: Draft) -> dict[int, Escalation]:
    """The ticked cases, which nobody else changes until the commit. Raises FormProblems for those that have moved on."""
    cases: dict[int, Escalation] = {}
    for number in sorted(one.number for one in draft.going):
        case = await escalations.lock(tx, number)
        if case and may(person, Permission.HANDOVER_OFFER, case) and case.is_unfinished:
            cases[number] = case
    gone = [one.number for one in draft.going if one.number not in cases]
    if gone:
        raise FormProblems({f"goes:{one}": Refused(NOT_HELD_ANY_MORE, number=one) for one in gone})
    return cases


async def _check_receiver(
    tx: Tx, to: str, cases: Mapping[int, Escalation], *, now: datetime
) -> None:
    """Raises FormProblems, by name, for somebody who could not own one of the cases, or is not there."""
    name = await _name(tx, to)
    wrong = [n for n, case in cases.items() if not await floor.may_receive(tx, to, case)]
    if wrong:
        numbers = ", ".join(f"#{one}" for one in wrong)
        raise FormProblems({"to": Refused(CANNOT_OWN, name=name, numbers=numbers)})
    if await floor.is_away(tx, to, now=now):
        raise FormProblems({"to": Refused(IS_AWAY, name=name)})


async def _name(tx: Tx, person_id: str) -> str:
    known = (await people.profiles(tx, [person_id])).get(person_id)
    return known.called if known else person_id
