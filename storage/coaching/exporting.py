"""What files of coaching notes read: which notes somebody could have in one, and some of them whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from bot.rules.coaching import Commitment, CommitmentState, Entry, Note, State, Visibility
from bot.rules.coaching.taken import Reach, Taken
from bot.rules.reports import Choice
from bot.rules.spans import Span
from storage import teams
from storage.base import table_of
from storage.coaching.commitments import to_commitment
from storage.coaching.entries import to_entry
from storage.coaching.notes import to_note
from storage.coaching.rows import CommitmentRow, EntryRow, LookRow, NoteRow
from storage.database import Tx


async def ids_to_export(
    tx: Tx, person_id: str, reach: Reach, spans: Mapping[str, Span], choice: Choice, *, most: int
) -> list[str]:
    """The notes that were shared in these spans of their teams, the newest first, and no more than `most`.

    What is private, or a draft, is not among them.
    """
    asked = (
        select(NoteRow.id)
        .where(_reached(person_id, reach), _shared_in(spans), *_chosen(choice))
        .order_by(NoteRow.shared_at.desc(), NoteRow.id)
        .limit(most)
    )
    return list(await tx.scalars(asked))


async def teams_of_notes(tx: Tx, person_id: str, reach: Reach) -> frozenset[str]:
    """In which teams there is any note that somebody could have in a file."""
    asked = select(NoteRow.team_id).where(_reached(person_id, reach)).distinct()
    return frozenset(await tx.scalars(asked))


async def notes_by_id(tx: Tx, ids: Sequence[str]) -> list[Note]:
    """These notes, opened, in this order. One that is no more is left out. Raises CannotOpen."""
    found = await tx.execute(select(*_NOTE).where(NoteRow.id.in_(ids)))
    rows: dict[str, Any] = {row.id: row for row in found}
    chains = await teams.chains_of(tx, {row.team_id for row in rows.values()})
    return [to_note(tx, rows[one], chains[rows[one].team_id]) for one in ids if one in rows]


async def whole(tx: Tx, notes: Sequence[Note]) -> list[Taken]:
    """These notes with what was promised in them and added to them. Raises CannotOpen."""
    ids = [one.id for one in notes]
    chains = {one.team_id: one.chain for one in notes}
    promised: defaultdict[str, list[Commitment]] = defaultdict(list)
    added: defaultdict[str, list[Entry]] = defaultdict(list)
    row: Any
    for row in await tx.execute(
        select(*_COMMITMENT)
        .where(CommitmentRow.note_id.in_(ids), CommitmentRow.state != CommitmentState.PLANNED)
        .order_by(CommitmentRow.promiser, CommitmentRow.due_on, CommitmentRow.id)
    ):
        promised[row.note_id].append(to_commitment(tx, row, chains[row.team_id]))
    asked = select(*_ENTRY).where(EntryRow.note_id.in_(ids))
    for row in await tx.execute(asked.order_by(EntryRow.note_id, EntryRow.place)):
        added[row.note_id].append(to_entry(tx, row))
    return [Taken(one, promised[one.id], added[one.id]) for one in notes]


async def already_taken(tx: Tx, export_id: str, ids: Iterable[str]) -> frozenset[str]:
    """Of which of these notes it is kept already that this file holds them: it was begun before."""
    asked = select(LookRow.note_id)
    found = asked.where(LookRow.note_id.in_(list(ids)), LookRow.export_id == export_id)
    return frozenset(await tx.scalars(found))


def _reached(person_id: str, reach: Reach) -> ColumnElement[bool]:
    """Shared, not private, and theirs to read by any way."""
    mine = and_(NoteRow.author_id == person_id, NoteRow.team_id.in_(sorted(reach.led)))
    chain = and_(NoteRow.visibility == Visibility.CHAIN, NoteRow.team_id.in_(sorted(reach.managed)))
    return and_(
        NoteRow.state != State.DRAFT,
        NoteRow.visibility != Visibility.PRIVATE,
        or_(NoteRow.agent_id == person_id, mine, chain),
    )


def _shared_in(spans: Mapping[str, Span]) -> ColumnElement[bool]:
    """Teams with the same span together: there are few zones."""
    by_span: dict[Span, list[str]] = {}
    for team_id, span in spans.items():
        by_span.setdefault(span, []).append(team_id)
    return or_(
        *(
            and_(
                NoteRow.team_id.in_(sorted(ids)),
                NoteRow.shared_at >= span.start,
                NoteRow.shared_at < span.end,
            )
            for span, ids in by_span.items()
        )
    )


def _chosen(choice: Choice) -> list[ColumnElement[bool]]:
    """What is chosen empty is not asked."""
    asked = (
        (NoteRow.agent_id, choice.people),
        (NoteRow.kind, choice.kinds),
        (NoteRow.state, choice.states),
    )
    return [column.in_(wanted) for column, wanted in asked if wanted]


# Columns, and not objects: making objects that nobody changes takes twice as long.
_NOTE, _COMMITMENT, _ENTRY = (
    [getattr(kind, column.key) for column in table_of(kind).columns]
    for kind in (NoteRow, CommitmentRow, EntryRow)
)
