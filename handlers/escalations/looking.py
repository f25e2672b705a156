"""Looking at cases: `/escalate` with words, lists in pages, one case with its timeline."""

from dataclasses import dataclass

from bot.services import escalations
from bot.views.escalations import details, lists
from bot.views.escalations.lists import Listing
from bot.views.escalations.usage import usage
from handlers.escalations.raising import Raising
from handlers.request import Json, Reply, Request
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Looking:
    db: Database
    raising: Raising

    async def command(self, request: Request) -> Reply | None:
        """`/escalate`, alone or with words."""
        words = request.words.casefold()
        if not words:
            await self.raising.show_form(request)
            return None
        if words == "list":
            return await self._answer(request, Listing.OPEN)
        if words == "mine":
            return await self._answer(request, Listing.MINE)
        if words == "help":
            return Reply(text=usage(request.t))
        if (number := words.removeprefix("#")).isascii() and number.isdigit():
            await self._show(request, int(number))
            return None
        return Reply(text=usage(request.t, request.words))

    async def open_case(self, request: Request) -> None:
        await self._show(request, int(request.value))

    async def turn_timeline(self, request: Request) -> None:
        number, _, page = request.value.partition(":")
        await self.refresh(request, int(number), int(page))

    async def open_list(self, request: Request) -> None:
        view = await self._list(request, Listing(request.value), 0)
        await show(request, view)

    async def turn_page(self, request: Request) -> None:
        listing, _, page = request.value.partition(":")
        view = await self._list(request, Listing(listing), int(page))
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)

    async def refresh(self, request: Request, number: int, page: int = 0) -> None:
        """Draw the open details anew."""
        seen = await escalations.see(self.db, request.person, number)
        view = _drawn(seen, request, page)
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)

    async def _show(self, request: Request, number: int) -> None:
        seen = await escalations.see(self.db, request.person, number)
        await show(request, _drawn(seen, request))

    async def _answer(self, request: Request, listing: Listing) -> Reply:
        page = await escalations.list_some(self.db, request.person, listing)
        text, blocks = lists.answer(listing, page.items, page.total, request.t)
        return Reply(text=text, blocks=blocks)

    async def _list(self, request: Request, listing: Listing, page: int) -> Json:
        found = await escalations.list_some(self.db, request.person, listing, page=page)
        return lists.whole(listing, found.items, found.total, request.t, page)


def _drawn(seen: escalations.Seen, request: Request, page: int = 0) -> Json:
    return details.details(
        seen.escalation,
        seen.events,
        seen.possible,
        request.t,
        page,
        links=seen.links,
        knows_rating=seen.knows_rating,
    )


async def show(request: Request, view: Json) -> None:
    """Open a modal, or put it on top of the one that was clicked in."""
    on_top = request.body.get("view", {}).get("type") == "modal"
    open_view = request.client.views_push if on_top else request.client.views_open
    await open_view(trigger_id=request.body["trigger_id"], view=view)
