"""Opening a note: who may read it, what they may do with it, and the look that is kept of it."""

from collections.abc import Mapping
from datetime import datetime

from bot.errors import Denied
from bot.people import Person, Role
from bot.permissions import Permission, may
from bot.rules.coaching import Action, LookKind, Note, Visibility, disputes
from bot.rules.coaching.notes import LEADS_TO
from bot.rules.coaching.seen import Seen
from bot.services.coaching import looking
from bot.text import _
from storage import coaching, escalations, teams
from storage.database import Database, Tx

NOT_YOURS = _("This note is gone, or it is not yours to read.")
"""One sentence for both, so that nobody learns from it that there is a note."""
NEEDS: Mapping[Action, Permission] = {
    Action.EDIT: Permission.COACHING_EDIT,
    Action.DISCARD: Permission.COACHING_DISCARD,
    Action.SHARE: Permission.COACHING_EDIT,
    Action.ACKNOWLEDGE: Permission.COACHING_ANSWER,
    Action.DISPUTE: Permission.COACHING_ANSWER,
    Action.DECIDE: Permission.COACHING_DECIDE,
    Action.ADD: Permission.COACHING_ADD,
    Action.CLOSE: Permission.COACHING_CLOSE,
}


async def see(db: Database, person: Person, note_id: str, *, now: datetime) -> Seen:
    """A note, whole, as this reader may see it; that they looked is kept with it. Raises Denied."""
    async with db.write(person.workspace_id) as tx:
        note = await readable(tx, person, note_id)
        await looking.record(tx, person, [note], LookKind.VIEWED, now=now)
        return await seen(tx, person, note, now=now)


async def readable(tx: Tx, person: Person, note_id: str) -> Note:
    """The note, if this person may read it. Raises Denied, in the same words whether it is there or not."""
    note = await coaching.find(tx, note_id)
    if note is None or not may(person, Permission.COACHING_SEE, note):
        raise Denied(NOT_YOURS)
    return note


async def locked(tx: Tx, person: Person, note_id: str) -> Note:
    """The same, and nobody else changes it until the end of the transaction."""
    await coaching.lock(tx, note_id)
    return await readable(tx, person, note_id)


async def seen(tx: Tx, person: Person, note: Note, *, now: datetime) -> Seen:
    """What the modal shows. It does not keep that somebody looked: whoever shows it does."""
    entries = await coaching.entries_of(tx, note.id)
    commitments = await coaching.commitments_of(tx, note.id)
    return Seen(
        note,
        person.id,
        entries,
        commitments,
        possible(person, note, now=now),
        frozenset(
            one.id
            for one in commitments
            if (note.state, Action.ADD) in LEADS_TO
            and may(person, Permission.COMMITMENT_SETTLE, one)
        ),
        await managers_above(tx, note) if note.is_shared_with_chain else (),
        disputes.wants_amendment(note, entries),
        await _cases(tx, person, note),
    )


def possible(person: Person, note: Note, *, now: datetime) -> frozenset[Action]:
    """What this person may do with the note as it is now."""
    found = {
        action
        for action, permission in NEEDS.items()
        if (note.state, action) in LEADS_TO and may(person, permission, note)
    }
    if not disputes.is_in_time(note, now=now):
        found.discard(Action.DISPUTE)
    if note.visibility is Visibility.PRIVATE:
        found.discard(Action.SHARE)
    return frozenset(found)


async def _cases(tx: Tx, person: Person, note: Note) -> list[int]:
    """The cases in its evidence that this reader may open: perhaps not all that its author can."""
    wanted = [one.case for one in note.body.evidence if one.case is not None]
    found = [await escalations.find(tx, one) for one in wanted]
    return [one.id for one in found if one and may(person, Permission.ESCALATION_SEE, one)]


async def managers_above(tx: Tx, note: Note) -> list[str]:
    """Who manages the team and the departments above it now, the nearest first."""
    found: list[str] = []
    for team_id in note.chain:
        found += [one.person_id for one in await teams.members(tx, team_id, Role.MANAGER)]
    return list(dict.fromkeys(found))
