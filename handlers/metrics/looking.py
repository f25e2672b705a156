"""Looking at numbers from Slack: `/metrics`, `/metrics me`, `team` and `compare`, and what is chosen in them."""

from dataclasses import dataclass

from bot.rules.metrics.look.looks import Field, Look, View
from bot.services.metrics.look import looking, telling_apart
from bot.views.metrics import apart, ids
from bot.views.metrics.overview import overview
from bot.views.metrics.screens import Screen, as_modal
from handlers.command import Words
from handlers.metrics.places import put
from handlers.request import Reply, Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Looking(db)
    words |= {
        "": handlers.open_overview,
        "me": handlers.open_mine,
        "team": handlers.open_team,
        "compare": handlers.open_comparison,
    }
    router.clicks |= {
        ids.OVERVIEW_OPEN: handlers.open_overview,
        ids.ME_OPEN: handlers.open_mine,
        ids.TEAM_OPEN: handlers.open_team,
        ids.LOOK: handlers.look,
        ids.CHOOSE: handlers.choose,
    }


@dataclass(frozen=True, slots=True)
class Looking:
    db: Database

    async def open_overview(self, request: Request) -> Reply | None:
        return await self._answer(request, Look(team_id=_clicked(request)))

    async def open_mine(self, request: Request) -> Reply | None:
        return await self._answer(request, Look(View.PERSON))

    async def open_team(self, request: Request) -> Reply | None:
        """`/metrics team`, with a name or without, and the button."""
        return await self._answer(request, await self._of_team(request, View.TEAM))

    async def open_comparison(self, request: Request) -> Reply | None:
        return await self._answer(request, await self._of_team(request, View.COMPARE))

    async def look(self, request: Request) -> Reply | None:
        """A button to other numbers."""
        return await self._answer(request, Look.unpack(request.value))

    async def choose(self, request: Request) -> Reply | None:
        """Something was chosen in a select; its block says what is looked at. A day says it itself: it stands in a row of two."""
        action = request.body["actions"][0]
        _choose, field, *packed = action["action_id"].split(":", 2)
        look = Look.unpack(packed[0] if packed else action["block_id"])
        value = str(action.get("selected_date") or request.value)
        return await self._answer(request, look.chosen(Field(field), value))

    async def _of_team(self, request: Request, view: View) -> Look:
        if "actions" in request.body:
            return Look(view, _clicked(request))
        _word, _space, name = request.words.partition(" ")
        if not name.strip():
            return Look(view)
        team = await looking.team_called(self.db, request.person, name.strip())
        return Look(view, team.id)

    async def _answer(self, request: Request, look: Look) -> Reply | None:
        """To a command in private, with charts; from there in its place; from anywhere else in a modal."""
        screen = await self._drawn(request, look)
        if "command" in request.body:
            return Reply(text=screen.text, blocks=list(screen.blocks))
        if request.become:
            await request.become(screen.text, list(screen.blocks))
        else:
            await put(request, ids.SEEN, as_modal(screen, request.t))
        return None

    async def _drawn(self, request: Request, look: Look) -> Screen:
        person, now, t = request.person, request.now, request.t
        match look.view:
            case View.OVERVIEW:
                return overview(await looking.overview(self.db, person, look, now=now), t)
            case View.PERSON if look.person_id in {"", person.id}:
                return overview(await looking.mine(self.db, person, look, now=now), t)
            case View.PERSON:
                return overview(await looking.theirs(self.db, person, look, now=now), t)
            case View.TEAM:
                return apart.team(await telling_apart.see(self.db, person, look, now=now), t)
            case View.COMPARE:
                return apart.compare(await telling_apart.compare(self.db, person, look, now=now), t)


def _clicked(request: Request) -> str:
    """The team that a button carries, if it was one."""
    return request.value if "actions" in request.body else ""
