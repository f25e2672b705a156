"""What digests, walls and leads read of kudos: thanks of a stretch of time, without those that were taken back."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute

from bot.rules.kudos import Flag, FlagKind, Given, Taste, Via
from storage.database import Tx
from storage.kudos.rows import FlagRow, KudosRow, ReceiptRow, TasteRow
from storage.kudos.settings import to_taste
from storage.members import MemberRow

OF_KUDOS = and_(
    KudosRow.workspace_id == ReceiptRow.workspace_id, KudosRow.id == ReceiptRow.kudos_id
)


async def given_between(
    tx: Tx, team_ids: Iterable[str], start: datetime, end: datetime
) -> list[Given]:
    """What people of these teams got from `start` until before `end`, private ones too, the first given first."""
    found = await tx.execute(
        select(
            ReceiptRow.kudos_id,
            ReceiptRow.giver_id,
            ReceiptRow.receiver_id,
            ReceiptRow.team_id,
            KudosRow.value,
            KudosRow.reason,
            KudosRow.is_public,
            KudosRow.via,
            ReceiptRow.given_at,
        )
        .join(KudosRow, OF_KUDOS)
        .where(
            ReceiptRow.team_id.in_(list(team_ids)),
            ReceiptRow.given_at >= start,
            ReceiptRow.given_at < end,
            KudosRow.undone_at.is_(None),
        )
        .order_by(ReceiptRow.given_at, ReceiptRow.kudos_id, ReceiptRow.receiver_id)
    )
    return [Given(*row[:7], Via(row.via), row.given_at) for row in found]


async def pairs_between(
    tx: Tx, team_id: str, start: datetime, end: datetime
) -> list[tuple[str, str]]:
    """Who thanked whom of this team in that time, in private too, however often."""
    found = await tx.execute(
        select(ReceiptRow.giver_id, ReceiptRow.receiver_id)
        .join(KudosRow, OF_KUDOS)
        .where(
            ReceiptRow.team_id == team_id,
            ReceiptRow.given_at >= start,
            ReceiptRow.given_at < end,
            KudosRow.undone_at.is_(None),
        )
        .distinct()
    )
    return [(giver_id, receiver_id) for giver_id, receiver_id in found]


async def givers_in(
    tx: Tx, team_id: str, start: datetime, end: datetime, *, only_public: bool
) -> frozenset[str]:
    """Who of this team thanked anybody in that time, in whichever team."""
    counted = [KudosRow.is_public] if only_public else []
    found = await tx.scalars(
        select(ReceiptRow.giver_id)
        .join(KudosRow, OF_KUDOS)
        .where(
            _is_of_team(ReceiptRow.giver_id, team_id),
            ReceiptRow.given_at >= start,
            ReceiptRow.given_at < end,
            KudosRow.undone_at.is_(None),
            *counted,
        )
        .distinct()
    )
    return frozenset(found)


async def thanked_since(tx: Tx, team_id: str, since: datetime) -> frozenset[str]:
    """Who of this team was thanked since then, by anybody and in whichever team."""
    found = await tx.scalars(
        select(ReceiptRow.receiver_id)
        .join(KudosRow, OF_KUDOS)
        .where(
            _is_of_team(ReceiptRow.receiver_id, team_id),
            ReceiptRow.given_at >= since,
            KudosRow.undone_at.is_(None),
        )
        .distinct()
    )
    return frozenset(found)


async def last_thanked(tx: Tx, person_ids: Iterable[str]) -> dict[str, datetime]:
    """When each of these was last thanked. Who never was is left out."""
    found = await tx.execute(
        select(ReceiptRow.receiver_id, func.max(ReceiptRow.given_at))
        .join(KudosRow, OF_KUDOS)
        .where(ReceiptRow.receiver_id.in_(list(person_ids)), KudosRow.undone_at.is_(None))
        .group_by(ReceiptRow.receiver_id)
    )
    return {person_id: at for person_id, at in found if at}


async def flags_since(tx: Tx, team_id: str, since: datetime) -> list[tuple[Flag, bool]]:
    """What was noticed in a team since then, the newest first, each with whether those thanks were public."""
    found = await tx.execute(
        select(FlagRow, KudosRow.is_public)
        .join(
            KudosRow,
            and_(KudosRow.workspace_id == FlagRow.workspace_id, KudosRow.id == FlagRow.kudos_id),
        )
        .where(FlagRow.team_id == team_id, FlagRow.at >= since, KudosRow.undone_at.is_(None))
        .order_by(FlagRow.at.desc(), FlagRow.id)
    )
    return [(_to_flag(row), is_public) for row, is_public in found]


async def celebrating(tx: Tx, team_id: str) -> list[Taste]:
    """Who of a team has said the day since when they are there, and that the team may hear of it."""
    rows = await tx.scalars(
        select(TasteRow)
        .where(
            TasteRow.celebrates,
            TasteRow.started_on.is_not(None),
            _is_of_team(TasteRow.person_id, team_id),
        )
        .order_by(TasteRow.person_id)
        .execution_options(populate_existing=True)
    )
    return [to_taste(row) for row in rows]


def _is_of_team(person_id: InstrumentedAttribute[str], team_id: str) -> ColumnElement[bool]:
    return person_id.in_(select(MemberRow.person_id).where(MemberRow.team_id == team_id))


def _to_flag(row: FlagRow) -> Flag:
    return Flag(
        row.workspace_id,
        row.id,
        row.team_id,
        FlagKind(row.kind),
        row.kudos_id,
        row.giver_id,
        row.receiver_id,
        row.at,
    )
