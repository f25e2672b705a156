"""Whose the names in a team's numbers are, from Slack."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.errors import Refused
from bot.people import Person
from bot.services.metrics.look import linking, moving
from bot.views.metrics import ids, names
from handlers.command import Words
from handlers.escalations.afterwards import try_to
from handlers.metrics.places import put
from handlers.people import learn
from handlers.request import Json, Reply, Request, has_room_on_top
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, _words: Words) -> None:
    handlers = Linking(db)
    router.clicks |= {
        ids.NAMES_OPEN: handlers.open,
        ids.NAME_LINK: handlers.link,
        ids.NAME_UNLINK: handlers.unlink,
        ids.NAME_APART: handlers.tell_apart,
        ids.NAME_TOGETHER: handlers.put_together,
        ids.NAME_MOVE: handlers.open_move,
        ids.NAME_MOVE_BACK: handlers.move_back,
    }
    router.submissions[ids.NAME_MOVE_FORM] = handlers.move


class Parting(Protocol):
    """A service that makes two people of a name, or one."""

    async def __call__(
        self,
        db: Database,
        person: Person,
        team_id: str,
        name_id: str,
        *,
        key: str,
        now: datetime,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Linking:
    db: Database

    async def open(self, request: Request) -> None:
        """The button of a team, and the pages."""
        await put(request, ids.NAMES_OPEN, await self._drawn(request, request.value))

    async def link(self, request: Request) -> None:
        """Somebody was chosen for a name."""
        action = request.body["actions"][0]
        team_id, _page = names.place_of(request.metadata)
        _link, _colon, name_id = action["action_id"].partition(":")
        whom = str(action.get("selected_user") or "")
        await learn(self.db, request, [whom])
        try:
            await linking.link(
                self.db, request.person, team_id, name_id, whom, key=request.key, now=request.now
            )
        except (
            Refused
        ) as refused:  # said where it was chosen: there may be no room for another modal
            await self._redraw(request, request.t.of(refused))
        else:
            await self._redraw(request)

    async def unlink(self, request: Request) -> None:
        team_id, _page = names.place_of(request.metadata)
        name_id, whom = names.linked(request.value)
        await linking.unlink(
            self.db, request.person, team_id, name_id, whom, key=request.key, now=request.now
        )
        await self._redraw(request)

    async def tell_apart(self, request: Request) -> None:
        await self._part(request, linking.tell_apart)

    async def put_together(self, request: Request) -> None:
        await self._part(request, linking.put_together)

    async def move_back(self, request: Request) -> None:
        await self._part(request, moving.move_back)

    async def open_move(self, request: Request) -> None:
        """In place of the list where nothing fits on top of that."""
        team_id, _page = names.place_of(request.metadata)
        team, name, others = await moving.see(self.db, request.person, team_id, request.value)
        view = names.move_form(
            *(team, name, others, request.metadata, request.t),
            is_in_place=not has_room_on_top(request.body["view"]),
        )
        await put(request, ids.NAME_MOVE_FORM, view)

    async def move(self, request: Request) -> Reply | None:
        name_id, listed, is_in_place = names.carried(request.metadata)
        team_id, _page = names.place_of(listed)
        to = str(request.fields.get("team") or "")
        await moving.move(
            self.db, request.person, team_id, name_id, to, key=request.key, now=request.now
        )
        if is_in_place:
            return Reply(response_action="update", view=await self._drawn(request, listed))
        if below := request.body["view"].get("previous_view_id"):
            await try_to(self._update(request, below, listed))
        return None

    async def _part(self, request: Request, change: Parting) -> None:
        """What is in the way is said in the list: there may be no room for another modal."""
        team_id, _page = names.place_of(request.metadata)
        said = ""
        try:
            await change(
                self.db, request.person, team_id, request.value, key=request.key, now=request.now
            )
        except Refused as refused:
            said = request.t.of(refused)
        await self._redraw(request, said)

    async def _redraw(self, request: Request, said: str = "") -> None:
        await self._update(request, request.body["view"]["id"], request.metadata, said)

    async def _update(self, request: Request, view_id: str, place: str, said: str = "") -> None:
        view = await self._drawn(request, place, said)
        await request.client.views_update(view_id=view_id, view=view)

    async def _drawn(self, request: Request, place: str, said: str = "") -> Json:
        team_id, page = names.place_of(place)
        seen = await linking.see(self.db, request.person, team_id, now=request.now)
        return names.names(seen, page, request.t, said, mark=request.body["trigger_id"])
