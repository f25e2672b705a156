"""Raising a case: the form from a command, a shortcut or a button, what it says, and what is sent with it."""

from asyncio import gather
from dataclasses import dataclass, field
from datetime import datetime

from slack_sdk.errors import SlackApiError

from bot.rules.escalations import Draft, find_ticket, from_message, opens_at
from bot.rules.escalations.drafts import SUMMARY_MAX
from bot.rules.severities import Severity
from bot.rules.teams import Team
from bot.services import escalations
from bot.views.blocks import shorten
from bot.views.escalations import form as views
from handlers.escalations import forms
from handlers.escalations.afterwards import redraw_home
from handlers.request import Json, Reply, Request
from storage.database import Database

Teams = tuple[Team, ...]
MOST_DRAWN = 1000


@dataclass(frozen=True, slots=True)
class Raising:
    """`drawn` keeps empty forms: a form is the same for all who have the same teams and language."""

    db: Database
    drawn: dict[object, Json] = field(default_factory=dict)

    async def show_form(self, request: Request) -> None:
        await self._open(request, from_home=False)

    async def show_form_from_home(self, request: Request) -> None:
        """The same, and the tab below the form is drawn anew once it is sent."""
        await self._open(request, from_home=True)

    async def show_form_from_message(self, request: Request) -> None:
        """The form with what the message says, and its permalink."""
        teams, source = await gather(self._teams(request), permalink(request))
        draft = _drafted(request.body["message"], source)
        opens = _opens(teams[0], request)
        await _show(request, views.form(teams, teams[0], draft, request.t, opens=opens))

    async def change_team(self, request: Request) -> None:
        """Another team was chosen in the open form: its own clocks, and everything typed so far."""
        teams = await self._teams(request)
        team = _chosen(teams, request)
        view = request.body["view"]
        await request.client.views_update(
            view_id=view["id"],
            hash=view["hash"],
            view=views.form(
                teams,
                team,
                forms.draft(request),
                request.t,
                opens=_opens(team, request),
                from_home=forms.carried(request).from_home,
            ),
        )

    async def submit(self, request: Request) -> Reply | None:
        """Raise it. For a ticket that is escalated already, the form asks once more and keeps what was typed."""
        draft, carried = forms.draft(request), forms.carried(request)
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
            teams = await self._teams(request)
            team = _chosen(teams, request)
            view = views.form(
                teams,
                team,
                draft,
                request.t,
                refused.twin,
                opens=_opens(team, request),
                from_home=carried.from_home,
            )
            return Reply(response_action="update", view=view)
        if carried.from_home:
            await redraw_home(self.db, request)
        return None

    async def _teams(self, request: Request) -> Teams:
        return await escalations.teams_to_ask(self.db, request.person, now=request.now)

    async def _open(self, request: Request, *, from_home: bool) -> None:
        """The empty form, which is the same for everybody with these teams and this language until the team opens."""
        teams = await self._teams(request)
        opens = _opens(teams[0], request)
        same = (tuple((team.id, team.version) for team in teams), request.t, opens, from_home)
        view = self.drawn.get(same)
        if view is None:
            view = views.form(teams, teams[0], Draft(), request.t, opens=opens, from_home=from_home)
            if len(self.drawn) >= MOST_DRAWN:
                self.drawn.clear()
            self.drawn[same] = view
        await _show(request, view)


async def _show(request: Request, view: Json) -> None:
    await request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


async def permalink(request: Request) -> str:
    """Where the message of a shortcut is. Not worth failing for: Baton may not be in that channel."""
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


def _opens(team: Team, request: Request) -> datetime | None:
    """When the team opens, if it is closed; by its own hours, whatever a severity is allowed."""
    return opens_at(team, Severity.NORMAL, start=request.now)


def _chosen(teams: Teams, request: Request) -> Team:
    wanted = forms.team_id(request)
    return next((team for team in teams if team.id == wanted), teams[0])
