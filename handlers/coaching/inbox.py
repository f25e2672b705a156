"""`/coach` alone and `/coach search`: what waits, what is about oneself, and finding a note again."""

from dataclasses import dataclass

from bot.rules.coaching import Kind, State
from bot.rules.coaching.drafts import NoteDraft
from bot.rules.coaching.search import Sought
from bot.services.coaching import inbox, opening, searching
from bot.views.coaching import form, ids, search
from bot.views.coaching import inbox as views
from handlers.coaching.writing import Writing
from handlers.command import Words
from handlers.escalations.raising import show
from handlers.reports.reporting import chosen_period
from handlers.request import Json, Reply, Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Inbox(db)
    words |= {"": handlers.open, "search": handlers.search_for}
    router.clicks |= {
        ids.INBOX_OPEN: handlers.open,
        ids.INBOX_TURN: handlers.turn,
        ids.WRITE_TO: handlers.write_to,
        ids.SEARCH: handlers.open_search,
        ids.SEARCH_TURN: handlers.turn_search,
    }
    router.submissions[ids.SEARCH_FORM] = handlers.search


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
        """A note for somebody who has had none for long; or for whoever is chosen in the form."""
        agent_id, _colon, team_id = request.value.partition(":")
        if not agent_id:
            seen = await opening.open_form(self.db, request.person, "")
            await show(request, form.form(seen, NoteDraft(), request.t))
            return
        await Writing(self.db).open_for(request, agent_id, team_id=team_id)

    async def drawn(self, request: Request, page: int, about_page: int) -> Json:
        seen = await inbox.see(
            self.db, request.person, page=page, about_page=about_page, now=request.now
        )
        return views.inbox(seen, request.t)

    async def open_search(self, request: Request) -> None:
        seen = await searching.begin(self.db, request.person)
        await show(request, search.search(seen, request.t))

    async def search_for(self, request: Request) -> None:
        """`/coach search`, with words that are looked for at once or without."""
        _search, _space, words = request.words.partition(" ")
        if not words.strip():
            await self.open_search(request)
            return
        seen = await searching.search(self.db, request.person, Sought(words=words.strip()))
        await show(request, search.search(seen, request.t))

    async def search(self, request: Request) -> Reply:
        """What was found, in place of the form and with it."""
        return Reply(response_action="update", view=await self._found(request, 0))

    async def turn_search(self, request: Request) -> None:
        view = await self._found(request, int(request.value))
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)

    async def _found(self, request: Request, page: int) -> Json:
        held = request.fields
        seen = await searching.search(self.db, request.person, _sought(request), page=page)
        days = {name: str(held.get(name) or "") for name in ("period", "first", "last")}
        return search.search(seen, request.t, **days)


def _sought(request: Request) -> Sought:
    """What the form holds. Raises FormProblems by field."""
    held = request.fields
    return Sought(
        str(held.get("person") or ""),
        Kind(held["kind"]) if held.get("kind") else None,
        str(held.get("skill") or ""),
        State(held["state"]) if held.get("state") else None,
        chosen_period(request, held) if held.get("period") else None,
        str(held.get("words") or "").strip(),
    )
