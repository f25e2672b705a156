"""What teams decided about kudos, and people about their own."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from sqlalchemy import select

from bot.rules.kudos import KudosSettings, Taste
from storage import team_settings
from storage.database import Tx, insert_into
from storage.kudos.rows import KudosSettingsRow, TasteRow


async def settings_of(tx: Tx, team_id: str) -> KudosSettings:
    """The team's own, or what holds as long as nobody has decided anything: its `version` is 0."""
    return (await settings_of_all(tx, [team_id]))[team_id]


async def settings_of_all(tx: Tx, team_ids: Iterable[str]) -> dict[str, KudosSettings]:
    wanted = list(team_ids)
    asked = select(KudosSettingsRow).where(KudosSettingsRow.team_id.in_(wanted))
    rows = await tx.scalars(asked.execution_options(populate_existing=True))
    known = {row.team_id: _to_settings(row) for row in rows}
    return {one: known.get(one) or KudosSettings(tx.workspace_id, one) for one in wanted}


async def save_settings(tx: Tx, settings: KudosSettings) -> bool:
    """Write them if they are still at `settings.version`; False if somebody changed them first."""
    values = _values(settings)
    return await team_settings.save(
        tx, KudosSettingsRow, settings.team_id, settings.version, values
    )


async def tastes_of(tx: Tx, person_ids: Iterable[str]) -> dict[str, Taste]:
    """What these people like; what nobody has said is as it is at first."""
    wanted = list(person_ids)
    rows = await tx.scalars(
        select(TasteRow)
        .where(TasteRow.person_id.in_(wanted))
        .execution_options(populate_existing=True)
    )
    known = {row.person_id: to_taste(row) for row in rows}
    return {one: known.get(one) or Taste(tx.workspace_id, one) for one in wanted}


async def save_taste(tx: Tx, taste: Taste) -> None:
    values = {
        "in_public": taste.in_public,
        "started_on": taste.started_on.isoformat() if taste.started_on else None,
        "celebrates": taste.celebrates,
    }
    key = {"workspace_id": tx.workspace_id, "person_id": taste.person_id}
    statement = insert_into(tx, TasteRow).values(**key, **values)
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["workspace_id", "person_id"], set_=values)
    )


def _values(settings: KudosSettings) -> dict[str, Any]:
    return {
        "team_values": list(settings.values),
        "emoji": settings.emoji,
        "per_day": settings.per_day,
        "per_pair": settings.per_pair,
        "digest_day": settings.digest_day,
        "digest_at": settings.digest_at.isoformat(),
        "has_wall": settings.has_wall,
        "has_leaderboard": settings.has_leaderboard,
        "quiet_weeks": settings.quiet_weeks,
    }


def _to_settings(row: KudosSettingsRow) -> KudosSettings:
    return KudosSettings(
        row.workspace_id,
        row.team_id,
        tuple(row.team_values),
        row.emoji,
        row.per_day,
        row.per_pair,
        row.digest_day,
        time.fromisoformat(row.digest_at),
        row.has_wall,
        row.has_leaderboard,
        row.quiet_weeks,
        row.version,
    )


def to_taste(row: TasteRow) -> Taste:
    started = date.fromisoformat(row.started_on) if row.started_on else None
    return Taste(row.workspace_id, row.person_id, row.in_public, started, row.celebrates)
