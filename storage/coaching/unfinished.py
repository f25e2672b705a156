"""Notes in which something may still be waited for, without their words: asked when somebody has left."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from bot.rules.coaching import CommitmentState, EntryKind, Promiser, State
from bot.rules.coaching.leaving import Unfinished
from storage.coaching.rows import CommitmentRow, EntryRow, NoteRow
from storage.database import Tx

IS_FOLLOWED_UP_LATER = and_(NoteRow.follow_up_on.is_not(None), NoteRow.followed_up_at.is_(None))
NOT_OVER = or_(NoteRow.state.not_in([State.DRAFT, State.CLOSED]), IS_FOLLOWED_UP_LATER)


async def in_teams(tx: Tx, team_ids: Iterable[str]) -> list[Unfinished]:
    """Those of these teams, in one order."""
    asked = select(
        *(NoteRow.id, NoteRow.team_id, NoteRow.author_id, NoteRow.agent_id, NoteRow.state),
        *(IS_FOLLOWED_UP_LATER, *map(_has_open, Promiser)),
        *map(_says_gone, (NoteRow.author_id, NoteRow.agent_id)),
    ).where(NoteRow.team_id.in_(list(team_ids)), NOT_OVER)
    # Sorted here: the database would rather read all notes in order than those of the teams and sort them.
    found = [_to_unfinished(*row) for row in await tx.execute(asked)]
    return sorted(found, key=lambda one: one.note_id)


async def teams_with(tx: Tx, person_ids: Iterable[str]) -> list[str]:
    """The teams in whose notes any of these people has a part, whether they are still in the team or not."""
    ids = list(person_ids)
    parts = (NoteRow.author_id, NoteRow.agent_id, NoteRow.decider_id)
    # One by one, as each has an index of its own.
    asked = [select(NoteRow.team_id).where(part.in_(ids), NOT_OVER) for part in parts]
    return sorted({team_id for one in asked for team_id in await tx.scalars(one)})


async def end_follow_up(tx: Tx, note_id: str, *, now: datetime) -> None:
    """Nobody comes back to it. Its words are not touched."""
    await tx.execute(
        update(NoteRow)
        .where(NoteRow.id == note_id, NoteRow.followed_up_at.is_(None))
        .values(followed_up_at=now, version=NoteRow.version + 1)
        .execution_options(synchronize_session=False)
    )


def _to_unfinished(
    note_id: str, team_id: str, author_id: str, agent_id: str, state: str, *is_so: bool
) -> Unfinished:
    is_followed_up_later, *rest = is_so
    opens, tells = (
        zip(Promiser, rest[:2], strict=True),
        zip((author_id, agent_id), rest[2:], strict=True),
    )
    return Unfinished(
        note_id,
        team_id,
        author_id,
        agent_id,
        state != State.DRAFT,
        state == State.DISPUTED,
        bool(is_followed_up_later),
        frozenset(one for one, is_open in opens if is_open),
        frozenset(one for one, is_told in tells if is_told),
    )


def _has_open(promiser: Promiser) -> ColumnElement[bool]:
    row = CommitmentRow
    found = select(row.id).where(
        row.note_id == NoteRow.id, row.state == CommitmentState.OPEN, row.promiser == promiser
    )
    return found.correlate(NoteRow).exists()


def _says_gone(person_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    row = EntryRow
    found = select(row.id).where(
        row.note_id == NoteRow.id, row.kind == EntryKind.LEFT, row.by == person_id
    )
    return found.correlate(NoteRow).exists()
