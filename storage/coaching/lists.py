"""Notes and commitments in lists: found by whom they concern, with nothing of a note's words, which stay sealed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from bot.rules.coaching import (
    Commitment,
    CommitmentState,
    Kind,
    Note,
    Promiser,
    State,
    Verdict,
    Visibility,
)
from storage import teams
from storage.coaching.commitments import read
from storage.coaching.rows import CommitmentRow, NoteRow
from storage.database import Tx

LIGHT = (
    *(NoteRow.workspace_id, NoteRow.id, NoteRow.team_id, NoteRow.author_id, NoteRow.agent_id),
    *(NoteRow.kind, NoteRow.visibility, NoteRow.state, NoteRow.skill, NoteRow.written_at),
    *(NoteRow.follow_up_on, NoteRow.followed_up_at, NoteRow.shared_at, NoteRow.acknowledged_at),
    *(NoteRow.decider_id, NoteRow.verdict, NoteRow.decided_at, NoteRow.version),
)


@dataclass(frozen=True, slots=True)
class NotePage:
    """Some of a list; `has_more` says that it goes on."""

    notes: Sequence[Note] = ()
    has_more: bool = False


async def open_commitments_of(
    tx: Tx, *person_ids: str, until: date | None = None
) -> list[Commitment]:
    """What any of these people has promised and not done, by its day. One after the other: each way has an index."""
    row = CommitmentRow
    as_agents = and_(row.agent_id.in_(person_ids), row.promiser == Promiser.AGENT)
    as_leads = and_(row.author_id.in_(person_ids), row.promiser == Promiser.LEAD)
    found = [*await _open(tx, as_agents, until), *await _open(tx, as_leads, until)]
    return sorted(found, key=lambda one: (one.due_on, one.id))


async def overdue_of_others(tx: Tx, author_id: str, *, before: date) -> list[Commitment]:
    """What was promised to the author of its note, is not done, and was due before that day."""
    row = CommitmentRow
    theirs = and_(row.author_id == author_id, row.promiser == Promiser.AGENT)
    return [one for one in await _open(tx, theirs, before) if one.due_on < before]


async def follow_ups_due(
    tx: Tx, *author_ids: str, until: date | None = None, agent_id: str = ""
) -> Sequence[str]:
    """The ids of notes to which their authors want to come back, by that day or ever; about one person or all."""
    asked = select(NoteRow.id).where(*_to_follow_up(author_ids, until))
    if agent_id:
        asked = asked.where(NoteRow.agent_id == agent_id)
    return (await tx.scalars(asked.order_by(NoteRow.follow_up_on, NoteRow.id))).all()


async def unanswered_by_agent(
    tx: Tx, author_id: str, *, shared_before: datetime, limit: int
) -> list[Note]:
    """Notes that somebody shared by then and that nobody has acknowledged, the oldest first."""
    asked = (
        light_rows()
        .where(
            NoteRow.author_id == author_id,
            NoteRow.state == State.SHARED,
            NoteRow.shared_at <= shared_before,
        )
        .order_by(NoteRow.shared_at, NoteRow.id)
    )
    return await light_notes(tx, asked.limit(limit))


async def to_read(tx: Tx, agent_id: str, *, limit: int) -> list[Note]:
    """Notes that were shared with somebody and that they have not acknowledged, the oldest first."""
    asked = light_rows().where(NoteRow.agent_id == agent_id, NoteRow.state == State.SHARED)
    return await light_notes(tx, asked.order_by(NoteRow.shared_at, NoteRow.id).limit(limit))


async def follow_ups(tx: Tx, author_id: str, *, until: date, limit: int) -> list[Note]:
    """Notes whose day has come, the longest due first."""
    asked = light_rows().where(*_to_follow_up([author_id], until))
    return await light_notes(tx, asked.order_by(NoteRow.follow_up_on, NoteRow.id).limit(limit))


async def drafts(tx: Tx, author_id: str, *, limit: int) -> list[Note]:
    """What somebody wrote and has shared with nobody, the newest first; private notes among it."""
    asked = light_rows().where(NoteRow.author_id == author_id, NoteRow.state == State.DRAFT)
    return await light_notes(tx, asked.order_by(NoteRow.written_at.desc(), NoteRow.id).limit(limit))


async def shared_with(tx: Tx, agent_id: str, *, offset: int, limit: int) -> NotePage:
    """Everything about somebody that is shared with them, the newest first."""
    asked = light_rows().where(NoteRow.agent_id == agent_id, NoteRow.shared_at.is_not(None))
    newest = asked.order_by(NoteRow.shared_at.desc(), NoteRow.id)
    found = await light_notes(tx, newest.offset(offset).limit(limit + 1))
    return NotePage(found[:limit], len(found) > limit)


async def last_shared(tx: Tx, agent_ids: Iterable[str]) -> dict[str, datetime]:
    """When a note about each of these people was last shared with them, whoever wrote it. A withdrawn one is none."""
    asked = (
        select(NoteRow.agent_id, func.max(NoteRow.shared_at))
        .where(
            NoteRow.agent_id.in_(list(agent_ids)),
            NoteRow.shared_at.is_not(None),
            func.coalesce(NoteRow.verdict, "") != Verdict.WITHDRAWN,
        )
        .group_by(NoteRow.agent_id)
    )
    return {agent_id: at for agent_id, at in await tx.execute(asked) if at}


def light_rows() -> Select[*tuple[Any, ...]]:
    return select(*LIGHT)


async def light_notes(tx: Tx, asked: Select[*tuple[Any, ...]]) -> list[Note]:
    rows = (await tx.execute(asked)).all()
    chains = await teams.chains_of(tx, {row.team_id for row in rows})
    return [to_listed(row, chains[row.team_id]) for row in rows]


def to_listed(row: Row[*tuple[Any, ...]], chain: tuple[str, ...]) -> Note:
    """A note without its words: to be named in a list, and never to be written back."""
    return Note(
        row.workspace_id,
        row.id,
        row.team_id,
        row.author_id,
        row.agent_id,
        Kind(row.kind),
        Visibility(row.visibility),
        row.written_at,
        skill=row.skill,
        follow_up_on=date.fromisoformat(row.follow_up_on) if row.follow_up_on else None,
        followed_up_at=row.followed_up_at,
        state=State(row.state),
        version=row.version,
        shared_at=row.shared_at,
        acknowledged_at=row.acknowledged_at,
        decider_id=row.decider_id,
        decided_at=row.decided_at,
        verdict=Verdict(row.verdict) if row.verdict else None,
        chain=chain,
    )


def _to_follow_up(author_ids: Sequence[str], until: date | None) -> list[ColumnElement[bool]]:
    """Of what is shared, and of what is private; a draft that is to be shared waits as a draft."""
    found: list[ColumnElement[bool]] = [
        NoteRow.author_id.in_(author_ids),
        NoteRow.follow_up_on.is_not(None),
        NoteRow.followed_up_at.is_(None),
        or_(NoteRow.state != State.DRAFT, NoteRow.visibility == Visibility.PRIVATE),
    ]
    return found if until is None else [*found, NoteRow.follow_up_on <= until.isoformat()]


async def _open(tx: Tx, whose: ColumnElement[bool], until: date | None) -> list[Commitment]:
    conditions = [whose, CommitmentRow.state == CommitmentState.OPEN]
    if until is not None:
        conditions.append(CommitmentRow.due_on <= until.isoformat())
    return sorted(await read(tx, *conditions), key=lambda one: (one.due_on, one.id))
