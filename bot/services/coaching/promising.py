"""Commitments: they begin when their note is shared, are reminded of, settled by either side, or go on in a later note."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.errors import Refused, Stale
from bot.people import Person, system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may, may
from bot.rules.coaching import (
    Action,
    Commitment,
    CommitmentAction,
    CommitmentState,
    Entry,
    EntryKind,
    Note,
    Promiser,
)
from bot.rules.coaching import commitments as commitment_rules
from bot.rules.coaching import notes as note_rules
from bot.rules.coaching import promising as rules
from bot.services.coaching import following_up, telling
from bot.services.coaching.timing import whose_time
from bot.services.escalations.telling import texts
from bot.services.transaction import heard_once
from bot.text import _
from bot.views.coaching import promises
from storage import coaching, outbox, people, teams, timers
from storage.base import new_id
from storage.coaching import lists
from storage.database import Database, Tx
from storage.outbox import Note as Said
from storage.outbox import Priority
from storage.timers import Timer

REMIND = "coaching.commitment"
ONLY_THE_TWO = _("Only the two whom the note is between can settle this.")
GONE = _("This commitment is gone.")
HAS_GONE = _("One of the two is not here any more, or does not lead this team any more.")


async def begin(tx: Tx, note: Note, *, now: datetime) -> None:
    """Their note is shared, and locked: what was planned is promised from now on, and what it carries over ends there."""
    planned = await coaching.commitments_of(tx, note.id)
    planned = [one for one in planned if one.state is CommitmentState.PLANNED]
    due = await following_up.fulfilled_by(tx, note, now=now)
    carried = await _carried(tx, planned)
    # Earlier notes in one order, so that two that are shared at once cannot wait for each other.
    for note_id in sorted({*due, *(one.note_id for one in carried.values())}):
        await coaching.lock(tx, note_id)
    for new in planned:
        await _carry_over(tx, new, now=now)
    for one in planned:
        state = commitment_rules.check(CommitmentAction.BEGIN, one)
        await coaching.change_commitment(tx, replace(one, state=state), before=one.state)
        await _plan(tx, replace(one, state=state), now=now)
    await following_up.plan(tx, note, now=now)
    await following_up.fulfil(tx, note, due, now=now)


async def settle(
    db: Database,
    person: Person,
    commitment_id: str,
    action: CommitmentAction,
    *,
    key: str,
    now: datetime,
) -> Commitment:
    """Done, not done after all, or let go. Raises Denied, Refused, or Stale if it is settled already or its note closed."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        found, note = await _locked(tx, commitment_id)
        check_may(person, Permission.COMMITMENT_SETTLE, found, ONLY_THE_TWO)
        note_rules.check(Action.ADD, note)
        after = replace(found, state=rules.check(action, found))
        if after.is_open and not await _could_keep(tx, found):
            raise Refused(HAS_GONE)
        if not after.is_open:
            after = replace(after, settled_at=now, settled_by=person.id)
        else:
            after = replace(after, settled_at=None, settled_by=None)
        await become(tx, found, after, action, by=person.id, now=now)
        others = {note.author_id, note.agent_id} - {person.id}
        words, once = promises.SETTLED[action], f"{after.id}:{now.isoformat()}"
        told = await telling.to(tx, note, words, others, by=person.id, once=once)
        await outbox.say(tx, *told, now=now)
    return after


async def _could_keep(tx: Tx, one: Commitment) -> bool:
    """Whether both are still here for it: the agent, and for what a lead promised that lead, leading."""
    agent = (await people.profiles(tx, [one.agent_id]))[one.agent_id]
    is_agents = one.promiser is Promiser.AGENT
    leads = is_agents or may(await people.get(tx, one.author_id), Permission.COACHING_EDIT, one)
    return agent.can_have_roles and leads


async def become(
    tx: Tx,
    before: Commitment,
    after: Commitment,
    action: CommitmentAction,
    *,
    by: str,
    now: datetime,
) -> None:
    """Its note is locked: what has become of it, a line in the note, and its reminders. Raises Stale if somebody was first."""
    if not await coaching.change_commitment(tx, after, before=before.state):
        raise Stale(commitment_rules.SETTLED)
    said = rules.detail(action, after.id)
    entry = Entry(
        tx.workspace_id,
        new_id(),
        after.note_id,
        EntryKind.COMMITMENT_SETTLED,
        by,
        now,
        detail=said,
    )
    await coaching.add_entry(tx, entry, now=now)
    if after.is_open:
        await _plan(tx, after, now=now)
    else:
        await timers.cancel(tx, after.id, REMIND)


async def open_of(tx: Tx, person_id: str, until: date) -> list[Commitment]:
    """What this person has promised in any note and not done yet, due by that day: the longest due first."""
    return await lists.open_commitments_of(tx, person_id, until=until)


async def remind(tx: Tx, timer: Timer, now: datetime) -> None:
    """Look at a commitment: say what its time has come for, if anybody can still hear it, and plan the next look.

    The note is not locked: whoever settles it may be waiting to cancel this very timer.
    """
    found = await coaching.find_commitment(tx, timer.subject)
    note = await coaching.find(tx, found.note_id) if found else None
    if found is None or note is None or not found.is_open or note.shared_at is None:
        return
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, found, ONLY_THE_CLOCK)
    team = await teams.get(tx, found.team_id)
    known = await texts(tx, [found.promised_by], team)
    if found.promised_by not in known:  # they were deactivated
        return
    whose = await whose_time(tx, team, found.promised_by, since=note.shared_at)
    turn = rules.turn(found.due_on, whose, since=note.shared_at, now=now)
    if turn.next:
        await timers.put(tx, Timer(REMIND, found.id, turn.next))
    if turn.says:
        t, today = known[found.promised_by], whose.today(now)
        words = promises.reminder(
            turn.says, found, today, t, is_late=rules.is_late(timer.due_at, now)
        )
        name = f"coaching:commitment:{found.id}:{turn.says}"
        said = Said(name, found.promised_by, *words, priority=Priority.FOLLOW_UP)
        await outbox.say(tx, said, now=now)


async def replan_of(tx: Tx, *person_ids: str, now: datetime) -> None:
    """These people are in another zone perhaps: their reminders come by its clock. What is due already stays due."""
    for one in await lists.open_commitments_of(tx, *person_ids):
        if at := await _next(tx, one, now=now):
            await timers.hasten(tx, Timer(REMIND, one.id, at))
    await following_up.replan_of(tx, *person_ids, now=now)


async def _plan(tx: Tx, one: Commitment, *, now: datetime) -> None:
    if at := await _next(tx, one, now=now):
        await timers.put(tx, Timer(REMIND, one.id, at))


async def _next(tx: Tx, one: Commitment, *, now: datetime) -> datetime | None:
    team = await teams.get(tx, one.team_id)
    whose = await whose_time(tx, team, one.promised_by, since=now)
    return rules.turn(one.due_on, whose, since=now, now=now).next


async def _carried(tx: Tx, planned: Iterable[Commitment]) -> dict[str, Commitment]:
    """Those of earlier notes that go on in these."""
    ids = [one.carried_from for one in planned if one.carried_from]
    found = [await coaching.find_commitment(tx, one) for one in ids]
    return {one.id: one for one in found if one}


async def _carry_over(tx: Tx, new: Commitment, *, now: datetime) -> None:
    """The earlier one ends, with a line in its note. It may have been settled since the new note was written."""
    old = await coaching.find_commitment(tx, new.carried_from) if new.carried_from else None
    if old is None or not rules.is_carried(new, old):
        return
    state = commitment_rules.check(CommitmentAction.CARRY, old)
    after = replace(old, state=state, settled_at=now, settled_by=new.author_id)
    await become(tx, old, after, CommitmentAction.CARRY, by=new.author_id, now=now)


async def _locked(tx: Tx, commitment_id: str) -> tuple[Commitment, Note]:
    """As they are now, and until the commit. Raises Refused if there is none."""
    found = await coaching.find_commitment(tx, commitment_id)
    if found is None:
        raise Refused(GONE)
    await coaching.lock(tx, found.note_id)
    note, found = (
        await coaching.get(tx, found.note_id),
        await coaching.find_commitment(tx, commitment_id),
    )
    if found is None:
        raise Refused(GONE)
    return found, note
