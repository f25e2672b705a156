"""The Home tab: drawn anew each time somebody opens it, with a way to set-up for those who like buttons."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.services import home, teams
from bot.views import home as views
from bot.views.menus import read_choice
from bot.views.teams import overview
from handlers.escalations.afterwards import redraw_home
from handlers.request import Reply, Request
from handlers.router import Handler, Router
from storage.database import Database


@dataclass(frozen=True, slots=True)
class HomeHandlers:
    db: Database
    clicks: Mapping[str, Handler]

    async def opened(self, request: Request) -> None:
        if request.body["event"].get("tab") == "home":
            await home.open_home(self.db, request.person, key=request.key, now=request.now)

    async def open_set_up(self, request: Request) -> None:
        """The same as `/baton`."""
        set_up = await teams.set_up(self.db, request.person)
        view = overview.overview(set_up, request.t, mark=request.body["trigger_id"])
        await request.client.views_open(trigger_id=request.body["trigger_id"], view=view)

    async def more(self, request: Request) -> Reply | None:
        """What was chosen in the menu, as if its button had been pressed; the menu is ready for another choice then."""
        action_id, value = read_choice(request.value)
        try:
            return await self.clicks[action_id](request.about(value))
        finally:
            await redraw_home(self.db, request)


def register(router: Router, db: Database) -> None:
    handlers = HomeHandlers(db, router.clicks)
    router.events["app_home_opened"] = handlers.opened
    router.clicks |= {views.SETUP: handlers.open_set_up, views.MORE: handlers.more}
