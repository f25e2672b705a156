"""Keeping who looked at which notes: every view and every export leaves a row, in the transaction that shows them."""

from collections.abc import Iterable
from datetime import datetime

from bot.people import Person
from bot.rules.coaching import Look, LookKind, Note, Visibility
from storage import coaching
from storage.base import new_id
from storage.database import Tx


async def record(
    tx: Tx,
    person: Person,
    notes: Iterable[Note],
    kind: LookKind,
    *,
    now: datetime,
    export_id: str | None = None,
) -> None:
    """These notes were shown to this person, whole. One's own notes and notes about oneself are kept as well."""
    looks = [
        Look(
            tx.workspace_id,
            new_id(),
            note.id,
            note.agent_id,
            person.id,
            now,
            kind,
            was_private=not note.is_shared or note.visibility is Visibility.PRIVATE,
            export_id=export_id,
        )
        for note in notes
    ]
    await coaching.add_looks(tx, looks)
