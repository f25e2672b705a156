"""What leads see of their team's kudos, and all thanks of a digest or a wall, from Slack."""

from dataclasses import dataclass

from bot.services.kudos import digesting, leading
from bot.views.kudos import ids, missing, thanks
from handlers.command import Words
from handlers.escalations.looking import show
from handlers.request import Json, Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Leading(db)
    words["team"] = handlers.open
    router.clicks |= {ids.TEAM: handlers.turn, ids.ALL: handlers.see_all}


@dataclass(frozen=True, slots=True)
class Leading:
    db: Database

    async def open(self, request: Request) -> None:
        """`/kudos team`."""
        seen = await leading.see_team(self.db, request.person, "", now=request.now)
        await show(request, missing.team(seen, 0, request.t))

    async def turn(self, request: Request) -> None:
        """Another page, or another team."""
        page, team_id = missing.page_of(request.value)
        seen = await leading.see_team(self.db, request.person, team_id, now=request.now)
        await _show_in_place(request, ids.TEAM, missing.team(seen, page, request.t))

    async def see_all(self, request: Request) -> None:
        """The button below a digest or a wall, and the pages of what it opens."""
        page, about = thanks.page_of(request.value)
        team, seen = await digesting.see_all(self.db, request.person, about)
        await _show_in_place(request, ids.ALL, thanks.everything(seen, team.name, page, request.t))


async def _show_in_place(request: Request, callback_id: str, view: Json) -> None:
    """Over the modal that it is another page of, so that nothing piles up; else opened."""
    here = request.body.get("view", {})
    if here.get("callback_id") == callback_id:
        await request.client.views_update(view_id=here["id"], view=view)
    else:
        await show(request, view)
