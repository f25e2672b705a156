"""Notes that somebody may read, found by what is known of them; by their words only by opening them, and not too many."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.rules.coaching import Note, State, Visibility
from bot.rules.coaching.search import Sought
from bot.rules.spans import Span
from storage import teams
from storage.coaching.lists import NotePage, light_notes, light_rows
from storage.coaching.notes import to_note
from storage.coaching.rows import NoteRow
from storage.database import Tx

MOST_SKILLS = 99


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, and the teams whose managers they are, or above which they manage."""

    person_id: str
    team_ids: Collection[str] = ()


async def find_notes(
    tx: Tx, reader: Reader, sought: Sought, span: Span | None, *, offset: int, limit: int
) -> NotePage:
    """A page of what was sought, the newest first, whatever words it is about."""
    asked = light_rows().where(*_wanted(reader, sought, span)).order_by(_at().desc(), NoteRow.id)
    found = await light_notes(tx, asked.offset(offset).limit(limit + 1))
    return NotePage(found[:limit], len(found) > limit)


async def open_newest(
    tx: Tx, reader: Reader, sought: Sought, span: Span | None, *, limit: int
) -> Sequence[Note]:
    """The newest of what was sought, with their words."""
    asked = select(NoteRow).where(*_wanted(reader, sought, span))
    rows = (await tx.scalars(asked.order_by(_at().desc(), NoteRow.id).limit(limit))).all()
    chains = await teams.chains_of(tx, {row.team_id for row in rows})
    return [to_note(tx, row, chains[row.team_id]) for row in rows]


async def skills_of(tx: Tx, reader: Reader) -> Sequence[str]:
    """The skills of the notes that this reader may read, by name."""
    asked = select(NoteRow.skill).where(_readable(reader), NoteRow.skill != "").distinct()
    return (await tx.scalars(asked.order_by(NoteRow.skill).limit(MOST_SKILLS))).all()


def _wanted(reader: Reader, sought: Sought, span: Span | None) -> list[ColumnElement[bool]]:
    found = [_readable(reader)]
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


def _readable(reader: Reader) -> ColumnElement[bool]:
    """As the permission table says who may see a note; each way has an index of its own."""
    row, is_shared = NoteRow, NoteRow.state != State.DRAFT
    ways = [
        row.author_id == reader.person_id,
        and_(row.agent_id == reader.person_id, is_shared),
        row.decider_id == reader.person_id,
    ]
    if reader.team_ids:
        is_for_them = and_(is_shared, row.visibility == Visibility.CHAIN)
        ways.append(and_(row.team_id.in_(sorted(reader.team_ids)), is_for_them))
    return or_(*ways)


def _at() -> ColumnElement[datetime]:
    """When it was shared, or written if it is a draft."""
    return func.coalesce(NoteRow.shared_at, NoteRow.written_at)
