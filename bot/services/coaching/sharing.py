"""Sharing a coaching note: from then on its agent reads it, and nothing in it is ever changed."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Stale
from bot.people import Person
from bot.permissions import Permission
from bot.rules.coaching import Action, Entry, EntryKind, Note
from bot.rules.coaching import sharing as rules
from bot.rules.coaching.disputes import window_end
from bot.rules.coaching.notes import CHANGED, check
from bot.rules.wall_clock import day_of
from bot.services.coaching import pairs, promising, telling
from bot.services.coaching.opening import ONLY_WHO_LEADS, get_draft
from bot.services.transaction import heard_once
from storage import absences, coaching
from storage.base import new_id
from storage.database import Database


async def share(
    db: Database, person: Person, note_id: str, *, version: int, key: str, now: datetime
) -> Note:
    """Share a draft as it was seen at `version`. Its author must still lead the agent, who must still be here.

    Raises Denied, Refused with what the draft still needs, or Stale if it was changed or shared meanwhile.
    """
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await coaching.lock(tx, note_id)
        draft = await get_draft(tx, person, note_id, Permission.COACHING_EDIT, ONLY_WHO_LEADS)
        state = check(Action.SHARE, draft)
        if draft.version != version:
            raise Stale(CHANGED)
        await pairs.check_may_coach(tx, person, draft.agent_id, draft.team_id)
        commitments = await coaching.commitments_of(tx, note_id)
        if refused := rules.problem(draft, commitments, today=day_of(now, person.zone)):
            raise refused
        away = await absences.of_people(tx, [draft.agent_id], since=now)
        shared = replace(
            draft,
            state=state,
            shared_at=now,
            dispute_until=window_end(now, [one.span for one in away]),
        )
        note = await coaching.change(tx, shared, before=draft, now=now)
        if note is None:
            raise Stale(CHANGED)
        entry = Entry(tx.workspace_id, new_id(), note.id, EntryKind.SHARED, person.id, now)
        await coaching.add_entry(tx, entry, now=now)
        await promising.begin(tx, note, now=now)
        await telling.shared(tx, note, now=now)
    return note
