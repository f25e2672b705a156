"""Notes in which something may still be waited for, without their words: asked when somebody has left."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, union, update

from bot.rules.coaching import CommitmentState, EntryKind, Promiser, State
from bot.rules.coaching.leaving import Unfinished
from storage.coaching.rows import CommitmentRow, EntryRow, NoteRow
from storage.database import Tx

IS_FOLLOWED_UP_LATER = and_(NoteRow.follow_up_on.is_not(None), NoteRow.followed_up_at.is_(None))
NOT_OVER = or_(NoteRow.state.not_in([State.DRAFT, State.CLOSED]), IS_FOLLOWED_UP_LATER)


async def in_teams(tx: Tx, team_ids: Iterable[str]) -> list[Unfinished]:
    """Those of these teams, in one order."""
    asked = (
        select(
            *(NoteRow.id, NoteRow.team_id, NoteRow.author_id, NoteRow.agent_id, NoteRow.state),
            IS_FOLLOWED_UP_LATER.label("later"),
            *(_has_open(one).label(one) for one in Promiser),
            _says_gone(NoteRow.author_id).label("author_gone"),
            _says_gone(NoteRow.agent_id).label("agent_gone"),
        )
        .where(NoteRow.team_id.in_(list(team_ids)), NOT_OVER)
        .order_by(NoteRow.id)
    )
    return [
        Unfinished(
            row.id,
            row.team_id,
            row.author_id,
            row.agent_id,
            row.state != State.DRAFT,
            row.state == State.DISPUTED,
            bool(row.later),
            frozenset(one for one in Promiser if row._mapping[one]),
            frozenset(
                one
                for one, is_gone in (
                    (row.author_id, row.author_gone),
                    (row.agent_id, row.agent_gone),
                )
                if is_gone
            ),
        )
        for row in await tx.execute(asked)
    ]


async def teams_with(tx: Tx, person_ids: Iterable[str]) -> list[str]:
    """The teams in whose notes any of these people has a part, whether they are still in the team or not."""
    ids = list(person_ids)
    parts = (NoteRow.author_id, NoteRow.agent_id, NoteRow.decider_id)
    asked = union(*(select(NoteRow.team_id).where(part.in_(ids), NOT_OVER) for part in parts))
    return sorted(await tx.scalars(select(asked.subquery().c.team_id)))


async def end_follow_up(tx: Tx, note_id: str, *, now: datetime) -> None:
    """Nobody comes back to it. Its words are not touched."""
    await tx.execute(
        update(NoteRow)
        .where(NoteRow.id == note_id, NoteRow.followed_up_at.is_(None))
        .values(followed_up_at=now, version=NoteRow.version + 1)
        .execution_options(synchronize_session=False)
    )


def _has_open(promiser: Promiser) -> ColumnElement[bool]:
    row = CommitmentRow
    found = select(row.id).where(
        row.note_id == NoteRow.id, row.state == CommitmentState.OPEN, row.promiser == promiser
    )
    return found.correlate(NoteRow).exists()


def _says_gone(person_id: ColumnElement[str]) -> ColumnElement[bool]:
    row = EntryRow
    found = select(row.id).where(
        row.note_id == NoteRow.id, row.kind == EntryKind.LEFT, row.by == person_id
    )
    return found.correlate(NoteRow).exists()

