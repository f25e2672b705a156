"""The summary, blockers and notes to the next shift, from Slack."""

from dataclasses import dataclass, replace

from bot.rules.standups import BlockerAction
from bot.rules.standups.blockers import clicked, drafted
from bot.services.standups import blocking, shift_notes, summarising
from bot.services.standups.summarising import Seen
from bot.views.standups import blockers as blocker_views
from bot.views.standups import ids, pages
from handlers.command import Words
from handlers.escalations.afterwards import try_to
from handlers.escalations.raising import Raising, show
from handlers.request import Json, Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    reading = Reading(db)
    blockers = Blockers(db, Raising(db))
    words |= {"summary": reading.show_newest, "blockers": blockers.open_list}
    router.clicks |= {
        ids.SHOW_ALL: reading.show_all,
        ids.SUMMARY_PAGE: reading.turn_page,
        ids.FOCUS: reading.ask_focus,
        ids.CONFIRM_NOTES: reading.confirm_notes,
        ids.BLOCKERS: blockers.open_list,
        ids.BLOCKERS_PAGE: blockers.turn_page,
        ids.BLOCKER_TAKE: blockers.take,
        ids.BLOCKER_GIVE_BACK: blockers.give_back,
        ids.BLOCKER_ESCALATE: blockers.ask_escalate,
        ids.BLOCKER_SOLVE: blockers.ask_solve,
    }
    router.submissions |= {
        ids.FOCUS_FORM: reading.set_focus,
        ids.BLOCKER_FORM: blockers.solve,
    }


@dataclass(frozen=True, slots=True)
class Reading:
    """What was said, whole; the lead's note; and what the shift before left."""

    db: Database

    async def show_newest(self, request: Request) -> None:
        await show(request, await self._drawn(request, "", 0))

    async def show_all(self, request: Request) -> None:
        await show(request, await self._drawn(request, request.value, 0))

    async def turn_page(self, request: Request) -> None:
        await self._update(request, request.body["view"]["id"], request.value)

    async def ask_focus(self, request: Request) -> None:
        """From the pages below, which are drawn anew when it is saved, or from elsewhere."""
        round_ = await summarising.see_focus(self.db, request.person, request.value)
        carried = pages.Carried(round_.id, round_.focus)
        if view := _below(request, ids.SHOW_ALL):
            carried = replace(carried, view_id=view["id"], pages=view["private_metadata"])
        await show(request, pages.focus_form(round_, carried.packed(), request.t))

    async def set_focus(self, request: Request) -> None:
        carried = pages.unpack(request.metadata)
        words = str(request.fields.get("focus") or "")
        await summarising.set_focus(
            *(self.db, request.person, carried.round_id, words),
            was=carried.was,
            key=request.key,
            now=request.now,
        )
        if carried.view_id:
            await try_to(self._update(request, carried.view_id, carried.pages))

    async def confirm_notes(self, request: Request) -> None:
        """The message draws itself anew; pages are drawn here."""
        await shift_notes.confirm(
            self.db, request.person, request.value, key=request.key, now=request.now
        )
        if view := _below(request, ids.SHOW_ALL):
            await try_to(self._update(request, view["id"], view["private_metadata"]))

    async def _update(self, request: Request, view_id: str, packed: str) -> None:
        of, page = pages.page_of(packed)
        view = await self._drawn(request, of, page)
        await request.client.views_update(view_id=view_id, view=view)

    async def _drawn(self, request: Request, of: str, page: int) -> Json:
        """One round, or the newest of each of the reader's teams."""
        found: list[Seen]
        if of:
            found = await summarising.see(self.db, request.person, of, now=request.now)
        else:
            found = await summarising.see_newest(self.db, request.person, now=request.now)
        seen = [(one.summary, one.team.name, one.may_lead) for one in found]
        return pages.pages(seen, of, request.t, page=page)


@dataclass(frozen=True, slots=True)
class Blockers:
    """What stands in the way: the list, and what is done about each."""

    db: Database
    raising: Raising

    async def open_list(self, request: Request) -> None:
        await show(request, await self._drawn(request, ""))

    async def turn_page(self, request: Request) -> None:
        await self._update(request, request.body["view"]["id"], request.value)

    async def take(self, request: Request) -> None:
        await blocking.take(
            self.db, request.person, clicked(request.value), key=request.key, now=request.now
        )
        await self._redraw(request)

    async def give_back(self, request: Request) -> None:
        await blocking.give_back(
            self.db, request.person, clicked(request.value), key=request.key, now=request.now
        )
        await self._redraw(request)

    async def ask_escalate(self, request: Request) -> None:
        """The form of escalations, filled with what was said."""
        doing, about = BlockerAction.ESCALATE, clicked(request.value)
        standing = await blocking.see_to(self.db, request.person, about, doing, now=request.now)
        blocker = standing.blocker
        await self.raising.show_form_for_blocker(
            request, request.value, drafted(blocker), blocker.team_id
        )

    async def ask_solve(self, request: Request) -> None:
        doing, about = BlockerAction.SOLVE, clicked(request.value)
        standing = await blocking.see_to(self.db, request.person, about, doing, now=request.now)
        carried = blocker_views.Carried(request.value)
        if view := _below(request, ids.BLOCKERS):
            carried = replace(carried, view_id=view["id"], listed=view["private_metadata"])
        form = blocker_views.solve_form(standing, carried.packed(), request.t)
        await show(request, form)

    async def solve(self, request: Request) -> None:
        carried = blocker_views.unpack(request.metadata)
        await blocking.solve(
            *(self.db, request.person, clicked(carried.clicked)),
            str(request.fields.get("word") or ""),
            key=request.key,
            now=request.now,
        )
        if carried.view_id:
            await try_to(self._update(request, carried.view_id, carried.listed))

    async def _redraw(self, request: Request) -> None:
        """The list, if it was clicked there; a summary draws itself anew."""
        if view := _below(request, ids.BLOCKERS):
            await try_to(self._update(request, view["id"], view["private_metadata"]))

    async def _update(self, request: Request, view_id: str, packed: str) -> None:
        view = await self._drawn(request, packed)
        await request.client.views_update(view_id=view_id, view=view)

    async def _drawn(self, request: Request, packed: str) -> Json:
        scope, page = blocker_views.page_of(packed)
        found = await blocking.see_list(self.db, request.person, scope, page=page, now=request.now)
        return blocker_views.blockers(found, request.t)


def _below(request: Request, callback_id: str) -> Json | None:
    """The modal that was clicked in, if it is this one."""
    view: Json = request.body.get("view") or {}
    return view if view.get("callback_id") == callback_id else None
