"""Notes that somebody may read, found by what is known of them; by their words only by opening them, and not too many."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.rules.coaching import Note, State, Visibility
from bot.rules.coaching.search import Sought
from bot.rules.spans import Span
from storage.coaching.lists import NotePage, light_notes, light_rows
from storage.coaching.notes import to_note
from storage.coaching.rows import NoteRow
from storage.database import Tx

MOST_SKILLS = 99
OPENED_AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, and the teams whose managers they are, or above which they manage."""

    person_id: str
    team_ids: Collection[str] = ()


async def find_notes(
    tx: Tx, reader: Reader, sought: Sought, span: Span | None, *, offset: int, limit: int
) -> NotePage:
    """A page of what was sought, the newest first, whatever words it is about."""
    found = await _newest(tx, reader, sought, span, limit=offset + limit + 1)
    return NotePage(found[offset : offset + limit], len(found) > offset + limit)


async def open_newest(
    tx: Tx, reader: Reader, sought: Sought, span: Span | None, *, limit: int
) -> Sequence[Note]:
    """The newest of what was sought, with their words."""
    found = await _newest(tx, reader, sought, span, limit=limit)
    opened: dict[str, Note] = {}
    for start in range(0, len(found), OPENED_AT_ONCE):
        some = found[start : start + OPENED_AT_ONCE]
        asked = select(NoteRow).where(NoteRow.id.in_([one.id for one in some]))
        chains = {one.team_id: one.chain for one in some}
        rows = await tx.scalars(asked)
        opened |= {row.id: to_note(tx, row, chains[row.team_id]) for row in rows}
    return [opened[one.id] for one in found]


async def skills_of(tx: Tx, reader: Reader) -> Sequence[str]:
    """The skills of the notes that this reader may read, by name."""
    found: set[str] = set()
    for way in _ways(reader):
        asked = select(NoteRow.skill).where(way, NoteRow.skill != "").distinct()
        found.update(await tx.scalars(asked.order_by(NoteRow.skill).limit(MOST_SKILLS)))
    return sorted(found)[:MOST_SKILLS]


async def _newest(
    tx: Tx, reader: Reader, sought: Sought, span: Span | None, *, limit: int
) -> list[Note]:
    """One way of reading after the other, since each has an index of its own; together they would read everything."""
    found: dict[str, Note] = {}
    for way in _ways(reader):
        asked = light_rows().where(way, *_wanted(sought, span)).order_by(_at().desc(), NoteRow.id)
        found |= {one.id: one for one in await light_notes(tx, asked.limit(limit))}
    newest = sorted(found.values(), key=lambda one: one.id)
    newest.sort(key=lambda one: one.shared_at or one.written_at, reverse=True)
    return newest[:limit]


def _wanted(sought: Sought, span: Span | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if sought.person_id:
        person = sought.person_id
        found.append(or_(NoteRow.agent_id == person, NoteRow.author_id == person))
    if sought.kind:
        found.append(NoteRow.kind == sought.kind)
    if sought.skill:
        found.append(NoteRow.skill == sought.skill)
    if sought.state:
        found.append(NoteRow.state == sought.state)
    if span:
        found += [_at() >= span.start, _at() < span.end]
    return found


def _ways(reader: Reader) -> list[ColumnElement[bool]]:
    """As the permission table says who may see a note."""
    row, is_shared = NoteRow, NoteRow.state != State.DRAFT
    found = [
        row.author_id == reader.person_id,
        and_(row.agent_id == reader.person_id, is_shared),
        row.decider_id == reader.person_id,
    ]
    if reader.team_ids:
        is_for_them = and_(is_shared, row.visibility == Visibility.CHAIN)
        found.append(and_(row.team_id.in_(sorted(reader.team_ids)), is_for_them))
    return found


def _at() -> ColumnElement[datetime]:
    """When it was shared, or written if it is a draft."""
    return func.coalesce(NoteRow.shared_at, NoteRow.written_at)
