"""One's own kudos from Slack: what one got and gave, and what one chose."""

from dataclasses import dataclass

from bot.services.kudos import looking, tasting
from bot.views.kudos import ids, mine, tastes
from handlers.command import Words
from handlers.escalations.afterwards import try_to
from handlers.escalations.raising import show
from handlers.request import Json, Request
from handlers.router import Router
from handlers.shifts import fields
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Own(db)
    words["mine"] = handlers.open
    router.clicks |= {ids.MINE: handlers.open, ids.TASTES: handlers.open_choices}
    router.submissions[ids.TASTES_FORM] = handlers.choose


@dataclass(frozen=True, slots=True)
class Own:
    db: Database

    async def open(self, request: Request) -> None:
        await show(request, await self.drawn(request))

    async def open_choices(self, request: Request) -> None:
        taste = await tasting.see(self.db, request.person)
        await show(request, tastes.tastes_form(taste, request.t))

    async def choose(self, request: Request) -> None:
        """What lies below says what was chosen."""
        held = request.fields
        likes = held.get("likes") or ()
        await tasting.choose(
            self.db,
            request.person,
            in_public=tastes.IN_PUBLIC in likes,
            started_on=fields.day(held.get("started_on")),
            celebrates=tastes.CELEBRATES in likes,
            key=request.key,
            now=request.now,
        )
        if below := request.body["view"].get("previous_view_id"):
            await self.redraw_view(request, below)

    async def redraw(self, request: Request) -> None:
        """If that is what lies open."""
        if view_id := open_below(request):
            await self.redraw_view(request, view_id)

    async def redraw_view(self, request: Request, view_id: str) -> None:
        await try_to(self._redraw(request, view_id))

    async def drawn(self, request: Request) -> Json:
        seen = await looking.mine(self.db, request.person, now=request.now)
        return mine.mine(seen, request.t, request.now)

    async def _redraw(self, request: Request, view_id: str) -> None:
        await request.client.views_update(view_id=view_id, view=await self.drawn(request))


def open_below(request: Request) -> str:
    """The view of one's own kudos in which something was clicked, or nothing."""
    view = request.body.get("view") or {}
    return str(view["id"]) if view.get("callback_id") == ids.MINE else ""
