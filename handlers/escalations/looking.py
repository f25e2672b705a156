"""Looking at cases: `/escalate` with words, lists in pages, one case with its timeline."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.rules.escalations import from_message
from bot.rules.escalations.listings import Filter, Listing, Turn, unpack_filter, unpack_turn
from bot.rules.severities import Severity
from bot.services import escalations, policies
from bot.views.escalations import details, lists
from bot.views.escalations.usage import usage
from bot.views.policies import dry
from handlers.escalations.raising import Raising, show
from handlers.reports.reporting import Reporting
from handlers.request import Json, Reply, Request
from storage.database import Database

__all__ = ["Looking", "show"]

WORDS: Mapping[str, Listing] = {
    "list": Listing.OPEN,
    "team": Listing.OPEN,
    **{str(one): one for one in Listing},
}
"""What can be typed for each list."""


@dataclass(frozen=True, slots=True)
class Looking:
    db: Database
    raising: Raising
    reporting: Reporting

    async def command(self, request: Request) -> Reply | None:
        """`/escalate`, alone or with words."""
        asking: Mapping[str, Callable[[Request, str], Awaitable[Reply | None]]] = {
            "report": self.reporting.report,
            "export": self.reporting.file,
            "dry": self._try_dry,
        }
        words, typed = request.words.casefold(), [*request.words.split(maxsplit=1), "", ""]
        first, rest = typed[0].casefold(), from_message(typed[1])
        if not words:
            await self.raising.show_form(request)
            return None
        if first in WORDS:
            return await self._answer(request, WORDS[first], rest, one_team=first == "team")
        if first in asking:
            return await asking[first](request, rest)
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
        await show(request, await self._drawn(request, unpack_filter(request.value)))

    async def turn_page(self, request: Request) -> None:
        await self._redraw(request, _held(request), unpack_turn(request.value))

    async def choose_list(self, request: Request) -> None:
        await self._redraw(request, replace(_held(request), listing=Listing(request.value)))

    async def choose_team(self, request: Request) -> None:
        await self._redraw(request, replace(_held(request), team_id=_chosen(request)))

    async def choose_severity(self, request: Request) -> None:
        await self._redraw(request, replace(_held(request), severity=_chosen(request)))

    async def find_teams(self, request: Request) -> Reply:
        """What a list can be narrowed to, as it is typed."""
        typed = str(request.body.get("value") or "")
        found = await escalations.teams_to_list(self.db, request.person, typed)
        return Reply(options=lists.team_options(found, request.t))

    async def refresh(self, request: Request, number: int, page: int = 0) -> None:
        """Draw the open details anew."""
        seen = await escalations.see(self.db, request.person, number)
        view = _drawn(seen, request, page)
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)

    async def _show(self, request: Request, number: int) -> None:
        seen = await escalations.see(self.db, request.person, number)
        await show(request, _drawn(seen, request))

    async def _try_dry(self, request: Request, name: str) -> None:
        """What would happen if somebody escalated to this team now."""
        team = await escalations.team_to_list(self.db, request.person, name)
        found = await policies.dry_run(
            self.db, request.person, team.id, Severity.HIGH, at=request.now, now=request.now
        )
        await show(request, dry.dry_form(found, request.t))

    async def _answer(
        self, request: Request, listing: Listing, name: str, *, one_team: bool
    ) -> Reply:
        wanted = Filter(listing)
        if name or one_team:
            team = await escalations.team_to_list(self.db, request.person, name)
            wanted = replace(wanted, team_id=team.id)
        shelf = await escalations.list_cases(self.db, request.person, wanted, now=request.now)
        text, blocks = lists.answer(shelf, request.t)
        return Reply(text=text, blocks=blocks)

    async def _redraw(self, request: Request, wanted: Filter, turn: Turn | None = None) -> None:
        view = await self._drawn(request, wanted, turn)
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)

    async def _drawn(self, request: Request, wanted: Filter, turn: Turn | None = None) -> Json:
        shelf = await escalations.list_cases(self.db, request.person, wanted, turn, now=request.now)
        return lists.whole(shelf, request.t)


def _held(request: Request) -> Filter:
    """What the open list is narrowed to."""
    return unpack_filter(request.metadata)


def _chosen(request: Request) -> str:
    return "" if request.value == lists.ALL else request.value


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
