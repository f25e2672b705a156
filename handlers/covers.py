"""Cover from Slack: `/baton cover`, its forms, and the buttons of the card that offers a shift."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.rules.covers import CoverDraft
from bot.services import covers as service
from bot.views.covers import form, ids
from bot.views.covers.form import Carried
from handlers.escalations.afterwards import redraw_home, try_to
from handlers.request import Json, Reply, Request
from handlers.router import Router
from handlers.shifts import fields
from handlers.shifts.looking import Looking
from storage.database import Database

Act = Callable[..., Awaitable[Any]]


def register(router: Router, db: Database) -> None:
    handlers = CoverHandlers(db)
    router.clicks |= {
        ids.OPEN: handlers.open_form,
        ids.WHOSE: handlers.change_person,
        ids.TAKE: handlers.take,
        ids.CANCEL: handlers.cancel,
        ids.ARRANGE: handlers.open_arranging,
        ids.UNDO: handlers.undo,
    }
    router.submissions |= {ids.COVER_FORM: handlers.ask, ids.ARRANGE_FORM: handlers.arrange}


@dataclass(frozen=True, slots=True)
class CoverHandlers:
    db: Database

    async def show_form(self, request: Request) -> None:
        """`/baton cover`: for oneself, in all teams."""
        view = await self._drawn(request, Carried())
        await request.client.views_open(trigger_id=request.body["trigger_id"], view=view)

    async def open_form(self, request: Request) -> None:
        """From a button, which says for whom and in which team; on top of an open form, or by itself."""
        view = await self._drawn(request, form.opened_for(request.value))
        is_modal = (request.body.get("view") or {}).get("type") == "modal"
        client = request.client
        show = client.views_push if is_modal else client.views_open
        await show(trigger_id=request.body["trigger_id"], view=view)

    async def change_person(self, request: Request) -> None:
        """Somebody else's shifts in the open form. What was typed stays."""
        chosen = str(request.body["actions"][0].get("selected_user") or "")
        view = request.body["view"]
        carried = replace(form.carried(request.metadata), person_id=chosen)
        drawn = await self._drawn(request, carried)
        await request.client.views_update(view_id=view["id"], hash=view["hash"], view=drawn)

    async def ask(self, request: Request) -> Reply:
        """The form says what becomes of it."""
        draft = cover_draft(request)
        asked = await service.ask(self.db, request.person, draft, key=request.key, now=request.now)
        await redraw_home(self.db, request)
        if form.carried(request.metadata).over_shifts:
            await Looking(self.db).redraw_below(request, asked.team.id)
        return Reply(response_action="update", view=form.done(asked.cover, asked.team, request.t))

    async def take(self, request: Request) -> None:
        await self._act(request, service.take)

    async def cancel(self, request: Request) -> None:
        await self._act(request, service.cancel)

    async def undo(self, request: Request) -> None:
        await self._act(request, service.undo)

    async def open_arranging(self, request: Request) -> None:
        seen = await service.open_cover(self.db, request.person, request.value)
        view = form.arrange_form(seen.team, seen.cover, request.t)
        await request.client.views_push(trigger_id=request.body["trigger_id"], view=view)

    async def arrange(self, request: Request) -> None:
        """The list below is drawn anew."""
        taker = str(request.fields.get("taker") or "")
        cover_id = form.cover_of(request.metadata)
        await service.arrange(
            self.db, request.person, cover_id, taker, key=request.key, now=request.now
        )
        await redraw_home(self.db, request)
        if below := request.body["view"].get("previous_view_id"):
            await try_to(self._update(request, below, Carried()))

    async def _act(self, request: Request, act: Act) -> None:
        """Do what a button says. If it is one of a form, that is drawn anew."""
        await act(self.db, request.person, request.value, key=request.key, now=request.now)
        await redraw_home(self.db, request)
        modal = request.body.get("view") or {}
        if modal.get("type") == "modal":
            carried = form.carried(request.metadata)
            await try_to(self._update(request, modal["id"], carried))

    async def _update(self, request: Request, view_id: str, carried: Carried) -> None:
        view = await self._drawn(request, carried)
        await request.client.views_update(view_id=view_id, view=view)

    async def _drawn(self, request: Request, carried: Carried) -> Json:
        seen = await service.see(
            self.db,
            request.person,
            whose=carried.person_id,
            team_id=carried.team_id,
            now=request.now,
        )
        return form.cover_form(seen, request.t, carried)


def cover_draft(request: Request) -> CoverDraft:
    held = request.fields
    team_id, shift = form.shift_of(str(held.get("shift") or ""))
    carried = form.carried(request.metadata)
    return CoverDraft(
        str(held.get("person") or carried.person_id),
        team_id,
        shift,
        fields.clock(held.get("start")),
        fields.clock(held.get("end")),
        str(held.get("reason") or ""),
        str(held.get("taker") or ""),
    )
