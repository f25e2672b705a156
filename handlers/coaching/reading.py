"""A coaching note in a modal, and the forms in which people answer it, add to it, dispute it and decide."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.rules.coaching.disputes import DecisionDraft, DisputeDraft
from bot.services.coaching import adding, answering, closing, disputing, reading
from bot.services.coaching.closing import StillOpen
from bot.views.blocks import Block
from bot.views.coaching import answer, ids
from bot.views.coaching import note as views
from bot.views.coaching.note import Shown
from handlers.coaching.inbox import Inbox
from handlers.command import Words
from handlers.escalations.afterwards import try_to
from handlers.escalations.looking import show
from handlers.people import learn
from handlers.request import Request, has_room_on_top
from handlers.router import Router
from storage.database import Database

Say = Callable[..., Awaitable[object]]


def register(router: Router, db: Database, _words: Words) -> None:
    handlers = Reading(db)
    router.clicks |= {
        ids.OPEN: handlers.open,
        ids.TURN: handlers.turn,
        ids.ACKNOWLEDGE: handlers.acknowledge,
        ids.ACKNOWLEDGE_WITH: handlers.ask_acknowledge_with,
        ids.COMMENT: handlers.ask_comment,
        ids.AMEND: handlers.ask_amend,
        ids.DISPUTE: handlers.ask_dispute,
        ids.DECIDE: handlers.ask_decide,
        ids.CLOSE: handlers.close,
    }
    router.submissions |= {
        ids.ACKNOWLEDGE_FORM: handlers.acknowledge_with,
        ids.COMMENT_FORM: handlers.comment,
        ids.AMEND_FORM: handlers.amend,
        ids.DISPUTE_FORM: handlers.dispute,
        ids.DECIDE_FORM: handlers.decide,
    }


@dataclass(frozen=True, slots=True)
class Reading:
    db: Database

    async def open(self, request: Request) -> None:
        """From a message, or from a list in a modal."""
        over = str((request.body.get("view") or {}).get("callback_id") or "")
        await show(request, await self._drawn(request, Shown(request.value, over=over)))

    async def turn(self, request: Request) -> None:
        await self._redraw(request, request.body["view"]["id"], views.unpack(request.value))

    async def redraw_clicked(self, request: Request) -> None:
        """Something that was promised in a note is settled: the modal in which its button stands is drawn anew, if it is one of a note."""
        kind = (request.body.get("view") or {}).get("callback_id")
        if kind not in {ids.NOTE, ids.NOT_CLOSED}:
            return
        view, shown = request.body["view"], views.unpack(request.metadata)
        if kind == ids.NOT_CLOSED:
            seen = await reading.see(self.db, request.person, shown.note_id, now=request.now)
            drawn = answer.not_closed(seen, shown, request.t)
            await try_to(_update(request, view["id"], drawn))
            await self._after(request, view["previous_view_id"])
        else:
            await self._after(request, view["id"])

    async def acknowledge(self, request: Request) -> None:
        await answering.acknowledge(
            self.db, request.person, request.value, key=request.key, now=request.now
        )
        await self._after(request, request.body["view"]["id"])

    async def close(self, request: Request) -> None:
        """If something is open still, it is listed with the buttons that settle it."""
        person, note_id = request.person, request.value
        try:
            await closing.close(self.db, person, note_id, key=request.key, now=request.now)
        except StillOpen:
            seen = await reading.see(self.db, person, note_id, now=request.now)
            await _ask(request, answer.not_closed(seen, _shown(request), request.t))
            return
        await self._after(request, request.body["view"]["id"])

    async def ask_acknowledge_with(self, request: Request) -> None:
        await _ask(request, answer.acknowledge_form(_shown(request), request.t))

    async def acknowledge_with(self, request: Request) -> None:
        await self._say(request, answering.acknowledge_with, _words(request))

    async def ask_comment(self, request: Request) -> None:
        await _ask(request, answer.comment_form(_shown(request), request.t))

    async def comment(self, request: Request) -> None:
        await self._say(request, adding.comment, _words(request))

    async def ask_amend(self, request: Request) -> None:
        await _ask(request, answer.amend_form(_shown(request), request.t))

    async def amend(self, request: Request) -> None:
        await self._say(request, adding.amend, _words(request))

    async def ask_dispute(self, request: Request) -> None:
        person, note_id, now = request.person, request.value, request.now
        note, can_decide = await disputing.see_to_dispute(self.db, person, note_id, now=now)
        if unnamed := [one.person_id for one in can_decide if not one.name]:
            await learn(self.db, request, unnamed)
            note, can_decide = await disputing.see_to_dispute(self.db, person, note_id, now=now)
        await _ask(request, answer.dispute_form(note, can_decide, _shown(request), request.t))

    async def dispute(self, request: Request) -> None:
        draft = DisputeDraft(_typed(request, "decider"), _words(request))
        await self._say(request, disputing.dispute, draft)

    async def ask_decide(self, request: Request) -> None:
        seen = await disputing.see_to_decide(
            self.db, request.person, request.value, now=request.now
        )
        await _ask(request, answer.decide_form(seen, _shown(request), request.t))

    async def decide(self, request: Request) -> None:
        draft = DecisionDraft(_typed(request, "verdict"), _words(request))
        await self._say(request, disputing.decide, draft)

    async def _say(self, request: Request, say: Say, what: object) -> None:
        """Keep what a form holds, and draw the note below it anew."""
        note_id = _shown(request).note_id
        await say(self.db, request.person, note_id, what, key=request.key, now=request.now)
        await self._after(request, request.body["view"].get("previous_view_id") or "")

    async def _after(self, request: Request, view_id: str) -> None:
        """The note as it is now, in the modal that shows it; and the inbox, if that lies below."""
        shown = _shown(request)
        if view_id:
            await try_to(self._redraw(request, view_id, replace(shown, page=views.LAST)))
        if shown.over == ids.INBOX:
            root = request.body["view"]["root_view_id"]
            await try_to(Inbox(self.db).redraw(request, root, "0:0"))

    async def _redraw(self, request: Request, view_id: str, shown: Shown) -> None:
        await _update(request, view_id, await self._drawn(request, shown))

    async def _drawn(self, request: Request, shown: Shown) -> Block:
        seen = await reading.see(self.db, request.person, shown.note_id, now=request.now)
        return views.note(seen, request.t, shown)


async def _ask(request: Request, form: Block) -> None:
    """On top of the note; in its place, where Slack allows no more of them on top of each other."""
    view = request.body["view"]
    if has_room_on_top(view):
        await show(request, form)
    else:
        await _update(request, view["id"], form)


async def _update(request: Request, view_id: str, view: Block) -> None:
    await request.client.views_update(view_id=view_id, view=view)


def _shown(request: Request) -> Shown:
    """What the modal carries in which somebody clicked, or sent something."""
    return views.unpack(request.metadata)


def _typed(request: Request, name: str) -> str:
    return str(request.fields.get(name) or "")


def _words(request: Request) -> str:
    return _typed(request, "words")
