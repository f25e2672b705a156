"""Who and what the numbers of teams are of."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select

from bot.rules.metrics.store.slices import PERSON, WHOLE
from storage.database import Tx
from storage.metrics.rows import NameRow, RollupRow, StaleDayRow


async def slices(tx: Tx, team_ids: Sequence[str], first: date, last: date) -> list[str]:
    """By what the numbers of these days can be told apart."""
    asked = select(RollupRow.slice).where(
        RollupRow.team_id.in_(team_ids),
        RollupRow.day.between(first.isoformat(), last.isoformat()),
    )
    return sorted(await tx.scalars(asked.distinct()))


async def in_slice(
    tx: Tx, team_ids: Sequence[str], slice_: str, first: date, last: date
) -> set[str]:
    """Who or what these days have numbers of in a slice, as far as they are rolled up."""
    asked = select(RollupRow.member).where(
        RollupRow.team_id.in_(team_ids),
        RollupRow.slice == slice_,
        RollupRow.day.between(first.isoformat(), last.isoformat()),
    )
    return set(await tx.scalars(asked.distinct()))


async def people_named(tx: Tx, team_id: str, since: date) -> set[str]:
    """The ids of the names that the team's numbers are of. Those of Baton's own facts are people already, and left out."""
    asked = (
        select(RollupRow.member)
        .join(NameRow, NameRow.id == RollupRow.member)
        .where(
            RollupRow.team_id == team_id,
            RollupRow.slice == PERSON,
            RollupRow.day >= since.isoformat(),
            NameRow.id != NameRow.person_id,
        )
    )
    return set(await tx.scalars(asked.distinct()))


async def is_named(tx: Tx, team_id: str, name_id: str) -> bool:
    """Whether any of the team's numbers are of this name."""
    asked = select(RollupRow.member).where(
        RollupRow.team_id == team_id, RollupRow.slice == PERSON, RollupRow.member == name_id
    )
    return await tx.scalar(asked.limit(1)) is not None


async def in_other_teams(
    tx: Tx, team_id: str, name_ids: Collection[str], since: date
) -> dict[str, set[str]]:
    """The other teams whose numbers have these names too, by name."""
    asked = select(RollupRow.member, RollupRow.team_id).where(
        RollupRow.slice == PERSON, RollupRow.team_id != team_id, RollupRow.day >= since.isoformat()
    )
    found: dict[str, set[str]] = {}
    for member, other in await tx.execute(asked.distinct()):
        if member in name_ids:
            found.setdefault(member, set()).add(other)
    return found


async def newest_day(tx: Tx, team_ids: Sequence[str]) -> date | None:
    """The last day that these teams have numbers of, as far as days are rolled up."""
    found = await tx.scalar(
        select(func.max(RollupRow.day)).where(
            RollupRow.team_id.in_(team_ids), RollupRow.slice == WHOLE
        )
    )
    return date.fromisoformat(found) if found else None


async def is_counting(tx: Tx) -> bool:
    """Whether any day is still to be rolled up."""
    return await tx.scalar(select(StaleDayRow.day).limit(1)) is not None


async def teams_of(tx: Tx, name_ids: Collection[str]) -> list[str]:
    """The teams that have numbers of these names."""
    asked = select(RollupRow.team_id).where(
        RollupRow.slice == PERSON, RollupRow.member.in_(sorted(name_ids))
    )
    return sorted(await tx.scalars(asked.distinct()))
