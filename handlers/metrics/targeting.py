"""Targets from Slack: `/metrics targets`, the list, and the form."""

from dataclasses import dataclass

from bot.errors import Stale
from bot.rules.metrics.alert.targets import Draft
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.services.metrics.alert import targets
from bot.text import Text, _
from bot.views.metrics import ids
from bot.views.metrics import targets as views
from handlers.command import Words
from handlers.escalations.afterwards import try_to
from handlers.escalations.raising import show
from handlers.request import Json, Request
from handlers.router import Router
from handlers.shifts import fields
from storage.database import Database

GONE = _("This target is not there any more. The list shows what there is.")


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Targeting(db)
    words["targets"] = handlers.command
    router.clicks |= {
        ids.TARGETS_OPEN: handlers.open,
        ids.TARGET_NEW: handlers.new,
        ids.TARGET_CHANGE: handlers.change,
        ids.TARGET_END: handlers.end,
    }
    router.submissions[ids.TARGET_FORM] = handlers.save


@dataclass(frozen=True, slots=True)
class Targeting:
    db: Database

    async def command(self, request: Request) -> None:
        await show(request, await self._drawn(request, ""))

    async def open(self, request: Request) -> None:
        """A team's list, or a page of it, in place of the modal that the button stood on: so the form has room above it."""
        at, team_id = views.place_of(request.value)
        await show_in_place(request, await self._drawn(request, team_id, at))

    async def new(self, request: Request) -> None:
        seen = await targets.see_to_set(self.db, request.person, request.value, now=request.now)
        await show(request, views.form(seen, Draft(first_day=seen.today), request.t))

    async def change(self, request: Request) -> None:
        team_id, _colon, target_id = request.value.partition(":")
        seen = await targets.see_to_set(self.db, request.person, team_id, now=request.now)
        found = next((one for one in seen.targets if one.id == target_id), None)
        if found is None or found.metric not in seen.metrics:
            raise Stale(GONE)
        metric = seen.metrics[found.metric]
        draft = views.draft_of(found, metric, seen, sign_of(request.t))
        await show(request, views.form(seen, draft, request.t))

    async def save(self, request: Request) -> None:
        team_id, seen_at, fixed = views.carried(request.metadata)
        held = request.fields
        draft = Draft(
            str(fixed.get("metric") or held.get("metric") or ""),
            str(fixed.get("person") or held.get("person") or ""),
            str(held.get("amount") or ""),
            fields.day(held.get("first_day")),
            fields.day(held.get("last_day")),
            sign_of(request.t),
        )
        await targets.save(
            *(self.db, request.person, team_id, draft, seen_at), key=request.key, now=request.now
        )
        await self._redraw_below(request, team_id)

    async def end(self, request: Request) -> None:
        """The form that it stood on becomes the list, as does what is below it."""
        team_id, _colon, target_id = request.value.partition(":")
        await targets.end(
            *(self.db, request.person, team_id, target_id), key=request.key, now=request.now
        )
        await try_to(show_in_place(request, await self._drawn(request, team_id)))
        await self._redraw_below(request, team_id)

    async def _drawn(self, request: Request, team_id: str, at: int = 0) -> Json:
        seen = await targets.see(self.db, request.person, team_id, now=request.now)
        return views.page(seen, at, request.t)

    async def _redraw_below(self, request: Request, team_id: str) -> None:
        below = request.body["view"].get("previous_view_id")
        if below:
            await try_to(self._update(request, below, team_id))

    async def _update(self, request: Request, view_id: str, team_id: str) -> None:
        view = await self._drawn(request, team_id)
        await request.client.views_update(view_id=view_id, view=view)


def sign_of(t: Text) -> DecimalSign:
    """How the reader writes parts of a whole."""
    return DecimalSign.COMMA if "," in t.number(1.5) else DecimalSign.POINT


async def show_in_place(request: Request, view: Json) -> None:
    """Over the modal that was clicked in; else opened."""
    here = request.body.get("view") or {}
    if here.get("type") == "modal":
        await request.client.views_update(view_id=here["id"], view=view)
    else:
        await show(request, view)
