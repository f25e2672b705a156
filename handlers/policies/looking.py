"""Looking at policies: a team's list, one with its levels, and the dry run. Slack is asked what is gone meanwhile."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from logging import getLogger

from bot.errors import FormProblems, Refused
from bot.rules.policies.seen import TeamPolicies
from bot.rules.severities import Severity
from bot.services import policies
from bot.text import _
from bot.views.policies import dry, listing, page
from handlers import channels, usergroups
from handlers.directory import UNREACHABLE
from handlers.escalations.afterwards import try_to
from handlers.request import Json, Reply, Request
from storage.database import Database

log = getLogger(__name__)

ASK_WITHIN = 0.8  # seconds, of the three that a click may take
NO_TIME = _("Please choose a time.")


@dataclass(frozen=True, slots=True)
class Looking:
    db: Database

    async def open_team(self, request: Request) -> None:
        """In place of what the button stood on, so that forms and words have room above it."""
        await self.show(request, request.value)

    async def open_policy(self, request: Request) -> None:
        team_id, policy_id = request.value.split(":")[:2]
        await self.show(request, team_id, policy_id)

    async def show(self, request: Request, team_id: str, policy_id: str = "") -> None:
        """The list, or one policy, in the open modal."""
        view = await self.drawn(request, team_id, policy_id)
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)

    async def drawn(self, request: Request, team_id: str, policy_id: str = "") -> Json:
        """One policy; the list if it is gone meanwhile, or if none is named."""
        seen = await policies.open_team(self.db, request.person, team_id, now=request.now)
        seen = seen.without(await gone(request, seen))
        policy = seen.find(policy_id)
        if policy is None:
            return listing.team_policies(seen, request.t)
        return page.policy_page(policy, seen, request.t)

    async def redraw_below(self, request: Request, team_id: str, policy_id: str = "") -> None:
        """What is below a form, as it is now. What is saved is saved, even if Slack does not hear this."""
        below = request.body["view"].get("previous_view_id")
        if not below:
            return
        await try_to(self._update(request, below, team_id, policy_id))

    async def open_dry_run(self, request: Request) -> None:
        """From the list, or from a policy with one of its severities."""
        team_id, _colon, severity = request.value.partition(":")
        view = await self._dry(request, team_id, severity or Severity.HIGH, request.now)
        await request.client.views_push(trigger_id=request.body["trigger_id"], view=view)

    async def dry_run(self, request: Request) -> Reply:
        """The same form again, with what would happen then."""
        held = request.fields
        at = _moment(held.get("at"))
        if at is None:
            raise FormProblems({"at": Refused(NO_TIME)})
        team_id = dry.carried(request.metadata)
        view = await self._dry(request, team_id, str(held.get("severity")), at)
        return Reply(response_action="update", view=view)

    async def _dry(self, request: Request, team_id: str, severity: str, at: datetime) -> Json:
        found = await policies.dry_run(
            self.db, request.person, team_id, Severity(severity), at=at, now=request.now
        )
        return dry.dry_form(found, request.t)

    async def _update(self, request: Request, view_id: str, team_id: str, policy_id: str) -> None:
        view = await self.drawn(request, team_id, policy_id)
        await request.client.views_update(view_id=view_id, view=view)


async def gone(request: Request, seen: TeamPolicies) -> frozenset[str]:
    """Which of the channels and user groups that the policies name are no more, as far as there is time to ask."""
    named_channels, named_groups = seen.only_slack_knows()
    asked = {one: channels.is_gone(request.client, one) for one in named_channels}
    asked |= {one: usergroups.is_gone(request.client, one) for one in named_groups}
    try:
        async with asyncio.timeout(ASK_WITHIN):
            answers = await asyncio.gather(*asked.values())
    except UNREACHABLE as error:
        log.warning("Slack did not say what is still there: %s", type(error).__name__)
        return frozenset()
    return frozenset(one for one, is_gone in zip(asked, answers, strict=True) if is_gone)


def _moment(chosen: object) -> datetime | None:
    """What a picker of day and time holds: seconds."""
    try:
        return datetime.fromtimestamp(int(str(chosen)), UTC)
    except (ValueError, OverflowError, OSError):
        return None
