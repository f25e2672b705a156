"""Raising a case: the form from a command, a shortcut or a button, what it says, and what is sent with it."""

from asyncio import gather
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from bot.rules.escalations import Draft, find_ticket, from_message
from bot.rules.escalations.drafts import SUMMARY_MAX
from bot.rules.teams import Team
from bot.services import escalations
from bot.views.blocks import shorten
from bot.views.escalations import form as views
from handlers.escalations import forms
from handlers.request import Json, Reply, Request
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Raising:
    db: Database

    async def show_form(self, request: Request) -> None:
        await self._open(request, Draft())

    async def show_form_from_message(self, request: Request) -> None:
        """The form with what the message says, and its permalink."""
        teams, source = await gather(
            escalations.teams_to_ask(self.db, request.person), _permalink(request)
        )
        await _show(request, teams, _drafted(request.body["message"], source))

    async def change_team(self, request: Request) -> None:
        """Another team was chosen in the open form: its own clocks, and everything typed so far."""
        teams = await escalations.teams_to_ask(self.db, request.person)
        view = request.body["view"]
        await request.client.views_update(
            view_id=view["id"],
            hash=view["hash"],
            view=views.form(teams, _chosen(teams, request), forms.draft(request), request.t),
        )

    async def submit(self, request: Request) -> Reply | None:
        """Raise it. For a ticket that is escalated already, the form asks once more and keeps what was typed."""
        draft = forms.draft(request)
        try:
            await escalations.escalate(
                self.db,
                request.person,
                forms.team_id(request),
                draft,
                key=request.key,
                now=request.now,
                anyway=forms.is_another_matter(request),
            )
        except escalations.AlreadyEscalated as refused:
            teams = await escalations.teams_to_ask(self.db, request.person)
            team = _chosen(teams, request)
            view = views.form(teams, team, draft, request.t, refused.twin)
            return Reply(response_action="update", view=view)
        return None

    async def _open(self, request: Request, draft: Draft) -> None:
        teams = await escalations.teams_to_ask(self.db, request.person)
        await _show(request, teams, draft)


async def _show(request: Request, teams: list[Team], draft: Draft) -> None:
    view = views.form(teams, teams[0], draft, request.t)
    await request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


async def _permalink(request: Request) -> str:
    """Where the message is. Not worth failing for: Baton may not be in that channel."""
    try:
        answer = await request.client.chat_getPermalink(
            channel=request.body["channel"]["id"], message_ts=request.body["message"]["ts"]
        )
    except (SlackApiError, OSError, TimeoutError):
        return ""
    return str(answer.get("permalink") or "")


def _drafted(message: Json, source: str) -> Draft:
    words = from_message(str(message.get("text") or ""))
    first = next((line.strip() for line in words.splitlines() if line.strip()), "")
    return Draft(summary=shorten(first, SUMMARY_MAX), ticket=find_ticket(words), source=source)


def _chosen(teams: list[Team], request: Request) -> Team:
    wanted = forms.team_id(request)
    return next((team for team in teams if team.id == wanted), teams[0])
