"""The Home tab: drawn anew each time somebody opens it, with a way to set-up for those who like buttons."""

from dataclasses import dataclass

from bot.services import home, teams
from bot.views.home import SETUP
from bot.views.teams import overview
from handlers.request import Request
from handlers.router import Router
from storage.database import Database


@dataclass(frozen=True, slots=True)
class HomeHandlers:
    db: Database

    async def opened(self, request: Request) -> None:
        if request.body["event"].get("tab") == "home":
            await home.open_home(self.db, request.person, key=request.key, now=request.now)

    async def open_set_up(self, request: Request) -> None:
        """The same as `/baton`."""
        set_up = await teams.set_up(self.db, request.person)
        view = overview.overview(set_up, request.t)
        await request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


def register(router: Router, db: Database) -> None:
    handlers = HomeHandlers(db)
    router.events["app_home_opened"] = handlers.opened
    router.clicks[SETUP] = handlers.open_set_up
