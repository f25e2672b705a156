"""Who looked at notes, and who took them along in a file: rows that nobody changes."""

from collections.abc import Iterable

from bot.rules.coaching import Look
from storage.coaching.rows import LookRow
from storage.database import Tx, insert_rows

ROWS_AT_ONCE = 500


async def add_looks(tx: Tx, looks: Iterable[Look]) -> None:
    """Keep that these were made."""
    values = [
        {
            "id": one.id,
            "note_id": one.note_id,
            "agent_id": one.agent_id,
            "person_id": one.person_id,
            "at": one.at,
            "kind": one.kind.value,
            "was_private": one.was_private,
            "export_id": one.export_id,
        }
        for one in looks
    ]
    for start in range(0, len(values), ROWS_AT_ONCE):
        await insert_rows(tx, LookRow, *values[start : start + ROWS_AT_ONCE])
