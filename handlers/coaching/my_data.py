"""`/baton my-data`, and the button that does the same: what is kept about whoever asks."""

from dataclasses import dataclass

from bot.services.coaching import my_data
from bot.views.blocks import Block
from bot.views.coaching import ids
from bot.views.coaching import my_data as views
from handlers.command import Words
from handlers.escalations.looking import show
from handlers.request import Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, _words: Words) -> None:
    handlers = MyData(db)
    router.clicks |= {ids.MY_DATA: handlers.open, ids.MY_DATA_TURN: handlers.turn}


@dataclass(frozen=True, slots=True)
class MyData:
    db: Database

    async def open(self, request: Request) -> None:
        await show(request, await self._drawn(request))

    async def turn(self, request: Request) -> None:
        """Another page of who looked, in the same modal."""
        view = await self._drawn(request, int(request.value))
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)

    async def _drawn(self, request: Request, page: int = 0) -> Block:
        mine = await my_data.see(self.db, request.person, page=page)
        return views.my_data(mine, request.t)
