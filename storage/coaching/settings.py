"""What teams decided about coaching."""

from collections.abc import Iterable

from sqlalchemy import select

from bot.rules.coaching.settings import CoachingSettings
from storage import team_settings
from storage.coaching.rows import CoachingSettingsRow
from storage.database import Tx


async def settings_of(tx: Tx, team_id: str) -> CoachingSettings:
    """The team's own, or what holds as long as nobody has decided anything: its `version` is 0."""
    return (await settings_of_all(tx, [team_id]))[team_id]


async def settings_of_all(tx: Tx, team_ids: Iterable[str]) -> dict[str, CoachingSettings]:
    wanted = list(team_ids)
    asked = select(CoachingSettingsRow).where(CoachingSettingsRow.team_id.in_(wanted))
    rows = await tx.scalars(asked.execution_options(populate_existing=True))
    known = {row.team_id: _to_settings(row) for row in rows}
    return {one: known.get(one) or CoachingSettings(tx.workspace_id, one) for one in wanted}


async def save_settings(tx: Tx, settings: CoachingSettings) -> bool:
    """Write them if they are still at `settings.version`; False if somebody changed them first."""
    values = {"skills": list(settings.skills), "quiet_weeks": settings.quiet_weeks}
    return await team_settings.save(
        tx, CoachingSettingsRow, settings.team_id, settings.version, values
    )


def _to_settings(row: CoachingSettingsRow) -> CoachingSettings:
    return CoachingSettings(
        row.workspace_id, row.team_id, tuple(row.skills), row.quiet_weeks, row.version
    )
