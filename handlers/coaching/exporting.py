"""Asking for the Excel file with coaching notes: `/coach export`, the button of the inbox, and the form."""

from dataclasses import dataclass

from bot.rules.reports import About, Asked, Period
from bot.rules.reports.choices import Choice
from bot.rules.reports.exports import Export
from bot.services import reports
from bot.services.coaching import exporting
from bot.views.coaching import exports, ids
from bot.views.reports import told
from handlers.command import Words
from handlers.escalations.looking import show
from handlers.reports.reporting import chosen_period, coming, period_of, today_of
from handlers.request import Reply, Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Exporting(db)
    words["export"] = handlers.command
    router.clicks[ids.EXPORT_OPEN] = handlers.open
    router.submissions[ids.EXPORT_FORM] = handlers.chosen


@dataclass(frozen=True, slots=True)
class Exporting:
    db: Database

    async def command(self, request: Request) -> Reply | None:
        """`/coach export`, alone or with a period: then everything else is as it was chosen the last time."""
        _export, _space, words = request.words.partition(" ")
        if not words.strip():
            await self.open(request)
            return None
        choice = await exporting.last_choice(self.db, request.person)
        return coming(await self._want(request, period_of(request, words), choice), request)

    async def open(self, request: Request) -> None:
        """Nobody is shown a form that they may not send."""
        choice = await exporting.last_choice(self.db, request.person)
        await show(request, exports.form(choice, today_of(request), request.t))

    async def chosen(self, request: Request) -> Reply:
        held = request.fields
        choice = exports.chosen(held)
        export = await self._want(request, chosen_period(request, held), choice)
        return Reply(response_action="update", view=told.coming_modal(export, request.t))

    async def _want(self, request: Request, period: Period, choice: Choice) -> Export:
        asked = Asked(period, about=About.COACHING, choice=choice)
        return await reports.want(self.db, request.person, asked, key=request.key, now=request.now)
