"""A team's clocks from Slack: the form beside the team in `/baton`, and what is saved with it."""

from dataclasses import dataclass
from typing import Any

from bot.rules.severities import Severity
from bot.rules.team_clocks import ClocksDraft, clock_field
from bot.rules.teams import Team
from bot.services import teams as service
from bot.views.teams import clocks
from bot.views.teams.form import carried
from handlers.request import Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database) -> None:
    handlers = ClocksHandlers(db)
    router.clicks[clocks.CLOCKS_OPEN] = handlers.open_form
    router.submissions[clocks.CLOCKS_FORM] = handlers.save


@dataclass(frozen=True, slots=True)
class ClocksHandlers:
    db: Database

    async def open_form(self, request: Request) -> None:
        team = await service.open_clocks(self.db, request.person, request.value)
        view = clocks.clocks_form(team, request.t)
        await request.client.views_push(trigger_id=request.body["trigger_id"], view=view)

    async def save(self, request: Request) -> None:
        team_id, version = carried(request.metadata)
        seen = Team(request.person.workspace_id, team_id, "", version=version)
        draft = clocks_draft(request.fields)
        await service.set_clocks(
            self.db, request.person, seen, draft, key=request.key, now=request.now
        )


def clocks_draft(held: dict[str, Any]) -> ClocksDraft:
    """What the form holds. What is missing or no number becomes what the rules will refuse."""

    def minutes(what: str) -> dict[Severity, int]:
        return {one: _number(held.get(clock_field(what, one))) for one in Severity}

    return ClocksDraft(
        {one: str(held.get(clock_field("name", one)) or "") for one in Severity},
        minutes("claim"),
        minutes("update"),
        minutes("answer"),
        str(held.get("amount") or ""),
        str(held.get("currency") or ""),
    )


def _number(written: Any) -> int:
    try:
        return int(written or 0)
    except ValueError:
        return 0
