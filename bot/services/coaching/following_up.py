"""Follow-ups: on the day that an author chose, a private word; then it is done, moved, or leads to the next note."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime

from bot.errors import FormProblems, Stale
from bot.people import Person, system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may, may
from bot.rules.coaching import Entry, EntryKind, Note, Visibility
from bot.rules.coaching import promising as rules
from bot.rules.coaching.notes import CHANGED
from bot.rules.wall_clock import day_of
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

REMIND = "coaching.follow_up"
ONLY_ITS_AUTHOR = _("Only whoever wrote the note, and leads this person still, can follow it up.")
DONE = _("This is followed up already.")


async def plan(tx: Tx, note: Note, *, now: datetime) -> None:
    """A note was written or shared, or its day was moved: its author hears of it then. Not of a draft to be shared."""
    waits_to_be_shared = not (note.is_shared or note.visibility is Visibility.PRIVATE)
    if note.follow_up_on is None or note.followed_up_at or waits_to_be_shared:
        await timers.cancel(tx, note.id, REMIND)
        return
    whose = await whose_time(tx, await teams.get(tx, note.team_id), note.author_id, since=now)
    turn = rules.follow_up_turn(note.follow_up_on, whose, now=now)
    await timers.put(tx, Timer(REMIND, note.id, turn.next or now))


async def remind(tx: Tx, timer: Timer, now: datetime) -> None:
    """Say it once, if it is still wanted and its author still leads there. The note is not locked, as with commitments."""
    note = await coaching.find(tx, timer.subject)
    if note is None or note.follow_up_on is None or note.followed_up_at:
        return
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, note, ONLY_THE_CLOCK)
    author = await people.find(tx, note.author_id)
    if author is None or not may(author, Permission.COACHING_EDIT, note):
        return
    team = await teams.get(tx, note.team_id)
    whose = await whose_time(tx, team, note.author_id, since=min(timer.due_at, now))
    turn = rules.follow_up_turn(note.follow_up_on, whose, now=now)
    if turn.next:
        await timers.put(tx, Timer(REMIND, note.id, turn.next))
        return
    t = (await texts(tx, [author.id], team))[author.id]
    words = promises.follow_up(note, t, is_late=rules.is_late(timer.due_at, now))
    name = f"coaching:follow_up:{note.id}:{note.follow_up_on.isoformat()}"
    await outbox.say(tx, Said(name, author.id, *words, priority=Priority.FOLLOW_UP), now=now)


async def done(db: Database, person: Person, note_id: str, *, key: str, now: datetime) -> Note:
    """They have spoken. Raises Denied or Refused, or Stale if it is followed up already."""
    async with _locked(db, person, note_id, key=key, now=now) as (tx, note):
        await _follow_up(tx, note, by=person.id, now=now)
        return await coaching.get(tx, note_id)


async def move(
    db: Database, person: Person, note_id: str, day: date | None, *, key: str, now: datetime
) -> Note:
    """To another day. Raises FormProblems by field, Denied or Refused, or Stale if it is followed up already."""
    async with _locked(db, person, note_id, key=key, now=now) as (tx, note):
        if problem := rules.day_problem(day, day_of(now, person.zone)):
            raise FormProblems({"day": problem})
        after = await _change(tx, note, replace(note, follow_up_on=day), now=now)
        await plan(tx, after, now=now)
        return after


async def see(db: Database, person: Person, note_id: str) -> Note:
    """The note whose follow-up is to be moved or led to. Raises as `done` does."""
    async with db.read(person.workspace_id) as tx:
        return _checked(person, await coaching.get(tx, note_id))


async def fulfilled_by(tx: Tx, shared: Note, *, now: datetime) -> list[str]:
    """The earlier notes about somebody whose day has come: a new note about them is their follow-up."""
    today = day_of(now, (await people.get(tx, shared.author_id)).zone)
    ids = await lists.follow_ups_due(tx, shared.author_id, until=today, agent_id=shared.agent_id)
    return [one for one in ids if one != shared.id]


async def fulfil(tx: Tx, shared: Note, note_ids: Iterable[str], *, now: datetime) -> None:
    """They are followed up by this note; they are locked."""
    for note_id in note_ids:
        note = await coaching.find(tx, note_id)
        if note and not note.followed_up_at:
            await _follow_up(tx, note, by=shared.author_id, now=now)


async def replan_of(tx: Tx, *author_ids: str, now: datetime) -> None:
    """Their zone may be another one: what is still to come comes by its clock."""
    for note_id in await lists.follow_ups_due(tx, *author_ids):
        note = await coaching.get(tx, note_id)
        team = await teams.get(tx, note.team_id)
        whose = await whose_time(tx, team, note.author_id, since=now)
        if note.follow_up_on and (
            at := rules.follow_up_turn(note.follow_up_on, whose, now=now).next
        ):
            await timers.hasten(tx, Timer(REMIND, note.id, at))


async def _follow_up(tx: Tx, note: Note, *, by: str, now: datetime) -> None:
    """What is shared says so, to the agent too; a private note only stops reminding."""
    await _change(tx, note, replace(note, followed_up_at=now), now=now)
    await timers.cancel(tx, note.id, REMIND)
    if note.is_shared:
        entry = Entry(tx.workspace_id, new_id(), note.id, EntryKind.FOLLOWED_UP, by, now)
        await coaching.add_entry(tx, entry, now=now)


async def _change(tx: Tx, before: Note, after: Note, *, now: datetime) -> Note:
    changed = await coaching.change(tx, after, before=before, now=now)
    if changed is None:
        raise Stale(CHANGED)
    return changed


@asynccontextmanager
async def _locked(
    db: Database, person: Person, note_id: str, *, key: str, now: datetime
) -> AsyncIterator[tuple[Tx, Note]]:
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await coaching.lock(tx, note_id)
        yield tx, _checked(person, await coaching.get(tx, note_id))


def _checked(person: Person, note: Note) -> Note:
    check_may(person, Permission.COACHING_EDIT, note, ONLY_ITS_AUTHOR)
    if note.follow_up_on is None or note.followed_up_at:
        raise Stale(DONE)
    return note
