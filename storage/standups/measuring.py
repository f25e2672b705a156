"""What leads look at: who took part in some days, how people felt, whose rounds there were, and who was nudged."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, select, update

from bot.rules.reports import Period
from bot.rules.standups import Blocker, Kind, Round, RoundState, Seat, SeatState
from bot.rules.standups.measures import Mood, Tallied
from bot.rules.standups.questions import of_kind
from bot.rules.wall_clock import midnight
from storage.database import Tx
from storage.standups.converting import to_blocker, to_round, to_seat
from storage.standups.rows import BlockerRow, RoundRow, SeatRow

ANY_ZONE = timedelta(days=2)
"""How far a round's local day and the moment of its opening may lie apart."""
OF_ROUND = and_(SeatRow.workspace_id == RoundRow.workspace_id, SeatRow.round_id == RoundRow.id)


async def tallied(tx: Tx, team_id: str, period: Period) -> list[Tallied]:
    """How the seats of everybody ended in the rounds of these days that are over, added up by the database."""
    late = case((SeatRow.answered_at >= SeatRow.until, 1), else_=0)
    found = await tx.execute(
        select(SeatRow.person_id, SeatRow.state, late, func.count())
        .join(RoundRow, OF_ROUND)
        .where(*_held_in([team_id], period), RoundRow.state != RoundState.OPEN.value)
        .group_by(SeatRow.person_id, SeatRow.state, late)
        .order_by(SeatRow.person_id)
    )
    return [
        Tallied(person_id, SeatState(state), bool(is_late), count)
        for person_id, state, is_late, count in found
    ]


async def moods(
    tx: Tx, team_ids: Iterable[str], period: Period, *, person_ids: Iterable[str] | None = None
) -> list[Mood]:
    """What people said about their mood in the rounds of these days: everybody, or only these."""
    asked = select(RoundRow).where(*_held_in(team_ids, period))
    rounds = {row.id: to_round(row) for row in await tx.scalars(asked)}
    by_question: dict[str, list[str]] = {}
    for one in rounds.values():
        if question := of_kind(one.questions, Kind.MOOD):
            by_question.setdefault(question.id, []).append(one.id)
    found = []
    for question_id, round_ids in by_question.items():
        number = SeatRow.answers[question_id]["number"].as_integer()
        where = [SeatRow.round_id.in_(round_ids), SeatRow.state == SeatState.ANSWERED.value]
        if person_ids is not None:
            where.append(SeatRow.person_id.in_(list(person_ids)))
        said = await tx.execute(select(SeatRow.round_id, SeatRow.person_id, number).where(*where))
        for round_id, person_id, given in said:
            one = rounds[round_id]
            if given is not None:
                found.append(Mood(person_id, one.standup_id, one.id, one.day, one.opens_at, given))
    return found


async def rounds_of(tx: Tx, team_ids: Iterable[str], period: Period, *, most: int) -> list[str]:
    """The rounds of these days, the newest first."""
    asked = select(RoundRow.id).where(*_held_in(team_ids, period))
    ordered = asked.order_by(RoundRow.opens_at.desc(), RoundRow.id).limit(most)
    return list(await tx.scalars(ordered))


async def rounds_by_id(tx: Tx, ids: Sequence[str]) -> list[Round]:
    """In this order. One that is no more is left out."""
    rows = await tx.scalars(select(RoundRow).where(RoundRow.id.in_(ids)))
    found = {row.id: to_round(row) for row in rows}
    return [found[one] for one in ids if one in found]


async def blockers_of_rounds(tx: Tx, rounds: Sequence[Round]) -> list[Blocker]:
    """What was first said in these rounds, in order. Teams and moments are for the index."""
    if not rounds:
        return []
    first = min(one.opens_at for one in rounds) - ANY_ZONE
    last = max(one.closed_at or one.closes_at for one in rounds) + ANY_ZONE
    rows = await tx.scalars(
        select(BlockerRow)
        .where(
            BlockerRow.team_id.in_({one.team_id for one in rounds}),
            BlockerRow.raised_at.between(first, last),
            BlockerRow.round_id.in_([one.id for one in rounds]),
        )
        .order_by(BlockerRow.raised_at, BlockerRow.id)
    )
    return [to_blocker(row) for row in rows]


async def nudge(tx: Tx, round_id: str, *, but: str, now: datetime) -> list[Seat]:
    """Whoever was asked and has said nothing is nudged, once a round: those who were not before, except one."""
    nudged = await tx.scalars(
        update(SeatRow)
        .where(
            SeatRow.round_id == round_id,
            SeatRow.state == SeatState.ASKED.value,
            SeatRow.nudged_at.is_(None),
            SeatRow.person_id != but,
        )
        .values(nudged_at=now)
        .returning(SeatRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return sorted((to_seat(row) for row in nudged), key=lambda one: one.person_id)


def _held_in(team_ids: Iterable[str], period: Period) -> list[ColumnElement[bool]]:
    """By each round's own day; the moments are for the index."""
    begin, end = (midnight(day, str(UTC)) for day in (period.first, period.last))
    return [
        RoundRow.team_id.in_(list(team_ids)),
        RoundRow.opens_at >= begin - ANY_ZONE,
        RoundRow.opens_at < end + ANY_ZONE + ANY_ZONE,
        RoundRow.day >= period.first.isoformat(),
        RoundRow.day <= period.last.isoformat(),
    ]
