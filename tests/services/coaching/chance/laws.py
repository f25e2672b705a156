"""What holds whatever people do: of every note, of what was said, and of who looked."""

from collections import Counter

from sqlalchemy import select

from bot.people import Person, Role
from bot.rules.coaching import (
    Commitment,
    Entry,
    EntryKind,
    Note,
    Promiser,
    State,
    Visibility,
)
from storage import coaching, people
from storage.base import Base
from storage.coaching.rows import EntryRow, LookRow, NoteRow
from storage.database import Tx
from storage.inbox import InboxRow
from storage.outbox.rows import OutboxRow
from storage.timers import TimerRow
from tests.cast import BILLING, WORKSPACE
from tests.services.coaching.chance.desk import SECRET, Desk
from tests.services.coaching.matrix.cells import HOUSE, SERVICE

LEADS_TO = {
    EntryKind.SHARED: State.SHARED,
    EntryKind.ACKNOWLEDGED: State.ACKNOWLEDGED,
    EntryKind.DISPUTED: State.DISPUTED,
    EntryKind.DECIDED: State.DECIDED,
    EntryKind.CLOSED: State.CLOSED,
}
REMIND = "coaching.commitment"


async def hold(desk: Desk) -> None:
    """Whenever everything that is due was done."""
    async with desk.db.read(WORKSPACE) as tx:
        failed = await tx.scalars(select(TimerRow.kind).where(TimerRow.attempts > 0))
        assert not failed.all()
        waiting = set(await tx.scalars(select(TimerRow.subject).where(TimerRow.kind == REMIND)))
        reminded = set(await tx.scalars(select(OutboxRow.key)))
        for note_id in desk.ids:
            note = await coaching.get(tx, note_id)
            entries = await coaching.entries_of(tx, note_id)
            check_note(desk, note, entries)
            told = reminded | {one.detail for one in entries}
            is_led = leads(await people.get(tx, note.author_id))
            for one in await coaching.commitments_of(tx, note_id):
                check_commitment(note, one, waiting, told)
                if one.is_open:
                    check_still_here(desk, note, one, is_led=is_led)
        await check_looks(tx, desk)
        await check_silence(tx)


def check_note(desk: Desk, note: Note, entries: list[Entry]) -> None:
    """What was shared stays as it was shared, and its later life explains where it is now."""
    told = [LEADS_TO[one.kind] for one in entries if one.kind in LEADS_TO]
    assert note.state is (told[-1] if told else State.DRAFT), (note.state, told)
    assert (note.id in desk.bodies) is note.is_shared
    if note.is_shared:
        assert note.body == desk.bodies[note.id]
        assert note.visibility is not Visibility.PRIVATE
    else:
        assert not entries
    assert note.decider_id not in {note.author_id, note.agent_id}
    if note.state is State.DISPUTED:
        asked = [
            one for one in entries if one.kind in {EntryKind.DISPUTED, EntryKind.DECIDER_CHANGED}
        ]
        assert note.decider_id in {asked[-1].detail, None}
        assert note.decider_id not in desk.gone


def check_commitment(note: Note, one: Commitment, waiting: set[str], told: set[str]) -> None:
    """Nobody is reminded of what is settled or planned; what is open is reminded of, or was and is overdue."""
    assert (one.state.value == "planned") is (note.state is State.DRAFT), (one, note.state)
    if note.state is State.CLOSED:
        assert not one.is_open
    if not one.is_open:
        assert one.id not in waiting
    elif one.id not in waiting:
        # Who says after its day that something was not done after all needs no reminder of it.
        assert told & {f"coaching:commitment:{one.id}:after", f"reopen:{one.id}"}


def check_still_here(desk: Desk, note: Note, one: Commitment, *, is_led: bool) -> None:
    """A lead who has gone has promised nothing any more; what an agent has promised ends when they are deactivated."""
    assert is_led or one.promiser is not Promiser.LEAD, f"{note.author_id} leads no more"
    assert note.agent_id not in desk.gone


def leads(author: Person) -> bool:
    manages = any(author.has_role(one, Role.MANAGER) for one in (BILLING, SERVICE, HOUSE))
    return manages or author.has_role(BILLING, Role.LEAD)


async def check_looks(tx: Tx, desk: Desk) -> None:
    """Each time that somebody was shown a note is kept, once."""
    kept = Counter(
        (note_id, person_id)
        for note_id, person_id in await tx.execute(select(LookRow.note_id, LookRow.person_id))
    )
    assert kept == desk.looks


async def check_silence(tx: Tx) -> None:
    """What somebody wrote is nowhere in the clear: not in what is said, heard or planned, and not in its own rows."""
    for row in (OutboxRow, InboxRow, TimerRow, NoteRow, EntryRow):
        assert SECRET not in str([_values(one) for one in await tx.scalars(select(row))]), row


def _values(row: Base) -> list[object]:
    return [getattr(row, column.key) for column in row.__table__.columns]
