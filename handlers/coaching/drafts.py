"""Drafts from Slack: the list of them, one as it will be read, and what its author does with it."""

from dataclasses import dataclass

from bot.services.coaching import opening, sharing, writing
from bot.views.coaching import draft as views
from bot.views.coaching import form, ids
from bot.views.coaching.form import Carried
from handlers.coaching.inbox import Inbox
from handlers.coaching.writing import below
from handlers.command import Words
from handlers.escalations.afterwards import try_to
from handlers.escalations.raising import show
from handlers.request import Json, Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, known: Words) -> None:
    handlers = Drafts(db)
    known["drafts"] = handlers.show_all
    router.clicks |= {
        ids.DRAFT: handlers.open,
        ids.EDIT: handlers.edit,
        ids.SHARE: handlers.share,
        ids.DISCARD: handlers.discard,
    }


@dataclass(frozen=True, slots=True)
class Drafts:
    """Each draft carries which list lies below it, so that it is drawn anew once the draft is none any more."""

    db: Database

    async def show_all(self, request: Request) -> None:
        """`/coach drafts`."""
        await show(request, await self._all(request))

    async def open(self, request: Request) -> None:
        seen = await opening.see_draft(self.db, request.person, request.value, now=request.now)
        await show(request, views.draft(seen, request.t, below(request)))

    async def edit(self, request: Request) -> None:
        """In place of the draft, which is drawn again when it is saved."""
        seen, draft = await opening.open_draft(
            self.db, request.person, request.value, now=request.now
        )
        view = form.form(seen, draft, request.t, Carried(below=request.metadata))
        await _update(request, request.body["view"]["id"], view)

    async def share(self, request: Request) -> None:
        note_id, version = views.read_value(request.value)
        note = await sharing.share(
            self.db, request.person, note_id, version=version, key=request.key, now=request.now
        )
        await self._done(request, views.shared(note, request.t))

    async def discard(self, request: Request) -> None:
        note_id, version = views.read_value(request.value)
        await writing.discard(
            self.db, request.person, note_id, version=version, key=request.key, now=request.now
        )
        await self._done(request, views.discarded(request.t))

    async def _done(self, request: Request, view: Json) -> None:
        """It is saved, whether Slack hears of this or not."""
        open_view = request.body["view"]
        await try_to(_update(request, open_view["id"], view))
        kind, pages = views.read_below(request.metadata)
        below_it = open_view.get("previous_view_id")
        if below_it and kind == ids.INBOX:
            await try_to(Inbox(self.db).redraw(request, below_it, pages))
        elif below_it and kind == ids.DRAFTS:
            await try_to(_update(request, below_it, await self._all(request)))

    async def _all(self, request: Request) -> Json:
        return views.drafts(await writing.list_drafts(self.db, request.person), request.t)


async def _update(request: Request, view_id: str, view: Json) -> None:
    await request.client.views_update(view_id=view_id, view=view)
