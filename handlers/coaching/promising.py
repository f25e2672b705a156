"""Commitments and follow-ups from Slack: the buttons in messages, in a note and in the inbox."""

from dataclasses import dataclass
from datetime import timedelta

from bot.services.coaching import following_up, promising
from bot.views.coaching import ids, promises
from handlers.coaching.reading import Reading
from handlers.command import Words
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
        await Reading(self.db).redraw_clicked(request)

    async def followed_up(self, request: Request) -> None:
        await following_up.done(
            self.db, request.person, request.value, key=request.key, now=request.now
        )
        if "view" not in request.body:
            await request.whisper(request.t("Noted: you have followed it up."))

    async def open_move(self, request: Request) -> None:
        note = await following_up.see(self.db, request.person, request.value)
        await show(request, promises.move_form(note.id, today_of(request) + A_WEEK, request.t))

    async def move(self, request: Request) -> None:
        """The form stays open if the day cannot be."""
        day = fields.day(request.fields.get("day"))
        await following_up.move(
            self.db, request.person, request.metadata, day, key=request.key, now=request.now
        )
