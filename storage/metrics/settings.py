"""What a team decides about its numbers."""

from collections.abc import Iterable

from sqlalchemy import select

from bot.rules.metrics.look.settings import MetricSettings
from storage import team_settings
from storage.database import Tx
from storage.metrics.deciding_rows import MetricSettingsRow


async def of_team(tx: Tx, team_id: str) -> MetricSettings:
    """The team's own, or what holds as long as nobody has decided anything: its `version` is 0."""
    return (await of_teams(tx, [team_id]))[team_id]


async def of_teams(tx: Tx, team_ids: Iterable[str]) -> dict[str, MetricSettings]:
    wanted = list(team_ids)
    asked = select(MetricSettingsRow).where(MetricSettingsRow.team_id.in_(wanted))
    rows = await tx.scalars(asked.execution_options(populate_existing=True))
    known = {
        row.team_id: MetricSettings(
            row.workspace_id, row.team_id, row.has_ranking, row.minimum_n, row.version
        )
        for row in rows
    }
    return {one: known.get(one) or MetricSettings(tx.workspace_id, one) for one in wanted}


async def save(tx: Tx, settings: MetricSettings) -> bool:
    """Write them if they are still at `settings.version`; False if somebody changed them first."""
    values = {"has_ranking": settings.has_ranking, "minimum_n": settings.minimum_n}
    return await team_settings.save(
        tx, MetricSettingsRow, settings.team_id, settings.version, values
    )
