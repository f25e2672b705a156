"""`/coach` alone and `/coach search`: what waits, what is about oneself, and finding a note again."""

from dataclasses import dataclass

from bot.services.coaching import inbox
from bot.views.coaching import ids
from bot.views.coaching import inbox as views
from handlers.coaching.writing import Writing
from handlers.command import Words
from handlers.escalations.raising import show
from handlers.request import Json, Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Inbox(db)
    words[""] = handlers.open
    router.clicks |= {
        ids.INBOX_TURN: handlers.turn,
        ids.WRITE_TO: handlers.write_to,
    }


@dataclass(frozen=True, slots=True)
class Inbox:
    db: Database

    async def open(self, request: Request) -> None:
        """`/coach` alone, or a button of the Home tab."""
        await show(request, await self.drawn(request, 0, 0))

    async def turn(self, request: Request) -> None:
        view = await self.drawn(request, *views.pages_of(request.value))
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)

    async def redraw(self, request: Request, view_id: str, pages: str) -> None:
        """The open inbox as it is now; `pages` are as it carries them."""
        view = await self.drawn(request, *views.pages_of(pages))
        await request.client.views_update(view_id=view_id, view=view)

    async def write_to(self, request: Request) -> None:
        """A note for somebody who has had none for long."""
        agent_id, _colon, team_id = request.value.partition(":")
        await Writing(self.db).open_for(request, agent_id, team_id=team_id)

    async def drawn(self, request: Request, page: int, about_page: int) -> Json:
        seen = await inbox.see(
            self.db, request.person, page=page, about_page=about_page, now=request.now
        )
        return views.inbox(seen, request.t)
