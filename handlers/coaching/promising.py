"""Commitments and follow-ups from Slack: the buttons in messages, in a note and in the inbox."""

from dataclasses import dataclass
from datetime import timedelta

from bot.services.coaching import following_up, promising
from bot.views.coaching import ids, promises
from handlers.coaching.inbox import Inbox
from handlers.coaching.reading import Reading
from handlers.coaching.writing import Writing
from handlers.command import Words
from handlers.escalations.afterwards import try_to
from handlers.escalations.raising import show
from handlers.reports.reporting import today_of
from handlers.request import Request
from handlers.router import Router
from handlers.shifts import fields
from storage.database import Database

A_WEEK = timedelta(days=7)


def register(router: Router, db: Database, words: Words) -> None:  # noqa: ARG001 - no word of `/coach`
    handlers = Promising(db)
    router.clicks |= {
        ids.SETTLE: handlers.settle,
        ids.FOLLOW_UP_WRITE: handlers.write_next,
        ids.FOLLOW_UP_DONE: handlers.followed_up,
        ids.FOLLOW_UP_MOVE: handlers.open_move,
    }
    router.submissions[ids.FOLLOW_UP_FORM] = handlers.move


@dataclass(frozen=True, slots=True)
class Promising:
    db: Database

    async def settle(self, request: Request) -> None:
        action, commitment_id = promises.read_value(request.value)
        await promising.settle(
            self.db, request.person, commitment_id, action, key=request.key, now=request.now
        )
        await try_to(self._redraw(request))

    async def write_next(self, request: Request) -> None:
        """The next note about the same person; once it is shared, this one is followed up."""
        note = await following_up.see(self.db, request.person, request.value)
        await Writing(self.db).open_for(
            request, note.agent_id, team_id=note.team_id, follows=note.id
        )

    async def followed_up(self, request: Request) -> None:
        await following_up.done(
            self.db, request.person, request.value, key=request.key, now=request.now
        )
        if "view" in request.body:
            await try_to(self._redraw(request))
        else:
            await request.whisper(request.t("Noted: you have followed it up."))

    async def open_move(self, request: Request) -> None:
        note = await following_up.see(self.db, request.person, request.value)
        day = today_of(request) + A_WEEK
        await show(request, promises.move_form(note.id, day, request.t, _clicked_on(request)))

    async def move(self, request: Request) -> None:
        """The form stays open if the day cannot be."""
        note_id, over = promises.moved_from(request.metadata)
        day = fields.day(request.fields.get("day"))
        await following_up.move(
            self.db, request.person, note_id, day, key=request.key, now=request.now
        )
        if over == ids.INBOX:
            view_id = request.body["view"]["previous_view_id"]
            await try_to(Inbox(self.db).redraw(request, view_id, "0:0"))

    async def _redraw(self, request: Request) -> None:
        """The modal in which a button was pressed, as it is now."""
        if _clicked_on(request) == ids.INBOX:
            await Inbox(self.db).redraw(request, request.body["view"]["id"], request.metadata)
        else:
            await Reading(self.db).redraw_clicked(request)


def _clicked_on(request: Request) -> str:
    """The kind of modal that a button stands on; empty for a message."""
    return str((request.body.get("view") or {}).get("callback_id") or "")
