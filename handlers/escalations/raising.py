"""Raising a case: the form from a command, a shortcut or a button, what it says, and what is sent with it."""

from asyncio import gather
from dataclasses import dataclass, field
from datetime import datetime

from slack_sdk.errors import SlackApiError

from bot.rules.escalations import Draft, find_ticket, from_message, opens_at
from bot.rules.escalations.drafts import SUMMARY_MAX
from bot.rules.severities import Severity
from bot.rules.standups.blockers import Wanted, clicked
from bot.rules.teams import Team
from bot.services import escalations
from bot.services.metrics.alert import alert_answers
from bot.services.standups import blocking
from bot.views.blocks import shorten
from bot.views.escalations import form as views
from bot.views.escalations.form import Carried
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
        await show(request, views.form(teams, teams[0], draft, request.t, opens=opens))

    async def show_form_for_blocker(
        self, request: Request, blocker: str, draft: Draft, team_id: str
    ) -> None:
        """The form with what was said in a stand-up; `blocker` is what the case will have come from."""
        await self._show_drafted(request, draft, team_id, Carried(blocker=blocker))

    async def show_form_for_alert(
        self, request: Request, alert: str, draft: Draft, team_id: str
    ) -> None:
        """The same with what an alert told."""
        await self._show_drafted(request, draft, team_id, Carried(alert=alert))

    async def _show_drafted(
        self, request: Request, draft: Draft, team_id: str, carried: Carried
    ) -> None:
        teams = await self._teams(request)
        team = next((one for one in teams if one.id == team_id), teams[0])
        opens = _opens(team, request)
        view = views.form(teams, team, draft, request.t, opens=opens, carried=carried)
        await show(request, view)

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
                carried=forms.carried(request),
            ),
        )

    async def submit(self, request: Request) -> Reply | None:
        """Raise it. For a ticket that is escalated already, the form asks once more and keeps what was typed.

        A list of blockers below it shows what is no longer so, and is closed with it.
        """
        draft, carried = forms.draft(request), forms.carried(request)
        try:
            await self._escalate(request, draft, carried)
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
                carried=carried,
            )
            return Reply(response_action="update", view=view)
        if carried.from_home:
            await redraw_home(self.db, request)
        return Reply(response_action="clear") if carried.blocker else None

    async def _escalate(self, request: Request, draft: Draft, carried: Carried) -> None:
        """Raise it, as what it came from if that is a blocker or an alert."""
        team_id, anyway = forms.team_id(request), forms.is_another_matter(request)
        wanted = Wanted(team_id, draft, anyway)
        if carried.alert:
            await alert_answers.escalate(
                *(self.db, request.person, alert_answers.clicked(carried.alert), wanted),
                key=request.key,
                now=request.now,
            )
        elif carried.blocker:
            await blocking.escalate(
                *(self.db, request.person, clicked(carried.blocker), wanted),
                key=request.key,
                now=request.now,
            )
        else:
            await escalations.escalate(
                *(self.db, request.person, team_id, draft),
                key=request.key,
                now=request.now,
                anyway=anyway,
            )

    async def _teams(self, request: Request) -> Teams:
        return await escalations.teams_to_ask(self.db, request.person, now=request.now)

    async def _open(self, request: Request, *, from_home: bool) -> None:
        """The empty form, which is the same for everybody with these teams and this language until the team opens."""
        teams = await self._teams(request)
        opens = _opens(teams[0], request)
        same = (tuple((team.id, team.version) for team in teams), request.t, opens, from_home)
        view = self.drawn.get(same)
        if view is None:
            carried = Carried(from_home=from_home)
            view = views.form(teams, teams[0], Draft(), request.t, opens=opens, carried=carried)
            if len(self.drawn) >= MOST_DRAWN:
                self.drawn.clear()
            self.drawn[same] = view
        await show(request, view)


async def show(request: Request, view: Json) -> None:
    """Open a modal, or put it on top of the one that was clicked in."""
    on_top = request.body.get("view", {}).get("type") == "modal"
    open_view = request.client.views_push if on_top else request.client.views_open
    await open_view(trigger_id=request.body["trigger_id"], view=view)


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
