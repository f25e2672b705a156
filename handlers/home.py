"""The Home tab: drawn anew each time somebody opens it."""

from dataclasses import dataclass

from bot.services import home
from handlers.request import Request
from handlers.router import Router
from storage.database import Database


@dataclass(frozen=True, slots=True)
class HomeHandlers:
    db: Database

    async def opened(self, request: Request) -> None:
        if request.body["event"].get("tab") == "home":
            await home.open_home(self.db, request.person, key=request.key, now=request.now)


def register(router: Router, db: Database) -> None:
    router.events["app_home_opened"] = HomeHandlers(db).opened
