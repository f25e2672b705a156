"""A team's stand-ups in an open modal: the list, one of them, the templates, the calendar; and both drawn anew after a change."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from logging import getLogger

from bot.rules.standups.outlook import Outlook
from bot.services.standups import outlooks
from bot.services.standups.setting import ChangedMeanwhile, Seen
from bot.views.standups import setup
from handlers import channels
from handlers.authorize import UNREACHABLE
from handlers.escalations.afterwards import try_to
from handlers.request import Json, Request
from storage.database import Database

log = getLogger(__name__)

ASK_WITHIN = 0.8  # seconds, of the three that a click may take


@dataclass(frozen=True, slots=True)
class SetUps:
    db: Database

    async def command(self, request: Request) -> None:
        """`/standup setup`, perhaps with a part of a team's name."""
        _word, _space, part = request.words.partition(" ")
        seen = await outlooks.open_team(self.db, request.person, part=part, now=request.now)
        view = setup.team_standups(seen, request.t)
        await request.client.views_open(trigger_id=request.body["trigger_id"], view=view)

    async def open_list(self, request: Request) -> None:
        """Of the team that was chosen: in place of what the button stood on, so that forms have room above it."""
        await self._show(request, await self.drawn(request, request.value))

    async def open_page(self, request: Request) -> None:
        of = named(request)
        await self._show(request, await self.drawn(request, of.team_id, of.standup_id))

    async def choose_template(self, request: Request) -> None:
        team, _none = await outlooks.open_form(self.db, request.person, request.value)
        await push(request, setup.templates(team, request.t))

    @asynccontextmanager
    async def drawn_anew(self, request: Request) -> AsyncIterator[None]:
        """What the button stands on, once something was changed; and as well if somebody else was first, who is told so."""
        try:
            yield
        except ChangedMeanwhile:
            await self._show(request, await self.drawn(request, *setup.carried(request.metadata)))
            raise
        await self._show(request, await self.drawn(request, *setup.carried(request.metadata)))

    async def drawn(self, request: Request, team_id: str, standup_id: str = "") -> Json:
        """One stand-up; the list if none is named."""
        person, now = request.person, request.now
        if not standup_id:
            seen = await outlooks.open_team(self.db, person, team_id, now=now)
            return setup.team_standups(seen, request.t)
        team, listed = await outlooks.open_page(self.db, person, team_id, standup_id, now=now)
        return setup.standup_page(listed, team, request.t)

    async def redraw_below(self, request: Request, team_id: str, standup_id: str) -> None:
        """What is below a form, as it is now. What is saved is saved, even if Slack does not hear this."""
        if below := request.body["view"].get("previous_view_id"):
            await try_to(self._update(request, below, team_id, standup_id))

    async def _update(self, request: Request, view_id: str, team_id: str, standup_id: str) -> None:
        view = await self.drawn(request, team_id, standup_id)
        await request.client.views_update(view_id=view_id, view=view)

    async def _show(self, request: Request, view: Json) -> None:
        modal = request.body.get("view") or {}
        if modal.get("type") == "modal":
            await request.client.views_update(view_id=modal["id"], view=view)
        else:
            await request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


async def with_channel(request: Request, seen: Outlook) -> Outlook:
    """The same, and whether Baton can post the summary, as far as there is time to ask Slack."""
    if not seen.channel:
        return seen
    try:
        async with asyncio.timeout(ASK_WITHIN):
            gone = await channels.is_gone(request.client, seen.channel)
    except UNREACHABLE as error:
        log.warning("Slack did not say whether a channel is there: %s", type(error).__name__)
        return seen
    return seen.without_channel() if gone else seen


async def push(request: Request, view: Json) -> None:
    await request.client.views_push(trigger_id=request.body["trigger_id"], view=view)


async def redraw(request: Request, view: Json) -> None:
    """The open form anew, unless something newer is in it already."""
    shown = request.body["view"]
    await request.client.views_update(view_id=shown["id"], hash=shown["hash"], view=view)


def named(request: Request) -> Seen:
    """What a button was drawn for."""
    team_id, standup_id, version = request.value.split(":")[:3]
    return Seen(team_id, standup_id, int(version))
