"""Looking at shifts: the command's answer, the same for those who come from Home, and a team's own."""

from dataclasses import dataclass

from bot.services import shifts
from bot.views.shifts import board, setup
from handlers.escalations.afterwards import try_to
from handlers.request import Json, Reply, Request
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Looking:
    db: Database

    async def answer(self, request: Request, part: str) -> Reply:
        """`/baton shift`, perhaps with a part of a team's name. Only the asker sees it."""
        seen = await shifts.board(self.db, request.person, part, now=request.now)
        text, blocks = board.board(seen, request.t)
        return Reply(text=text, blocks=blocks)

    async def see_from_home(self, request: Request) -> None:
        seen = await shifts.board(self.db, request.person, now=request.now)
        view = board.as_modal(seen, request.t)
        await request.client.views_open(trigger_id=request.body["trigger_id"], view=view)

    async def open_team(self, request: Request) -> None:
        """In place of the list that the button stood on, so that forms and words have room above it."""
        await self.show(request, request.value)

    async def turn_page(self, request: Request) -> None:
        team_id, _colon, page = request.value.partition(":")
        await self.show(request, team_id, int(page))

    async def show(self, request: Request, team_id: str, page: int = 0) -> None:
        """The team's shifts, in the open modal or in a new one."""
        view = await self.drawn(request, team_id, page)
        modal = request.body.get("view") or {}
        if modal.get("type") == "modal":
            await request.client.views_update(view_id=modal["id"], view=view)
        else:
            await request.client.views_open(trigger_id=request.body["trigger_id"], view=view)

    async def drawn(self, request: Request, team_id: str, page: int = 0) -> Json:
        seen = await shifts.open_team(self.db, request.person, team_id, now=request.now)
        return setup.team_shifts(seen, request.t, page)

    async def redraw_below(self, request: Request, team_id: str) -> None:
        """The list below a form, as it is now. What is saved is saved, even if Slack does not hear this."""
        below = request.body["view"].get("previous_view_id")
        if not below:
            return
        await try_to(self._update(request, team_id, below))

    async def _update(self, request: Request, team_id: str, view_id: str) -> None:
        view = await self.drawn(request, team_id)
        await request.client.views_update(view_id=view_id, view=view)
