"""The policy of a case that nobody owns: one level after another is told, until somebody claims it."""

from collections.abc import Sequence
from datetime import datetime

from bot.people import Role
from bot.rules.escalations import Escalation
from bot.rules.teams import Team
from bot.services.escalations import telling
from storage.database import Tx


async def begins_at(tx: Tx, team: Team, severity: str, *, now: datetime) -> datetime | None:
    """When the policy's first level is told; None for when the claim clock starts."""
    del tx, team, severity, now
    return None


async def warned(tx: Tx, team: Team, case: Escalation, *, now: datetime) -> Sequence[str]:
    """Who hears that a time is running out."""
    del case, now
    return await telling.ids_of(tx, team.id, Role.LEAD)


async def breached(tx: Tx, team: Team, case: Escalation, *, now: datetime) -> Sequence[str]:
    """Who hears that a time is over."""
    del case, now
    return await telling.ids_of(tx, team.id, Role.LEAD, Role.MANAGER)
