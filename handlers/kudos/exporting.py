"""Asking for the Excel file with kudos: `/kudos export` and its form."""

from dataclasses import dataclass

from bot.rules.reports import About, Asked, Period
from bot.rules.reports.exports import Export
from bot.services import reports
from bot.services.kudos import exporting
from bot.views.kudos import exports, ids
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
    router.submissions[ids.EXPORT_FORM] = handlers.chosen


@dataclass(frozen=True, slots=True)
class Exporting:
    db: Database

    async def command(self, request: Request) -> Reply | None:
        """`/kudos export`, with a period or alone: then the form asks for it."""
        _export, _space, words = request.words.partition(" ")
        if words.strip():
            return coming(await self._want(request, period_of(request, words)), request)
        led = await exporting.see_led(self.db, request.person)
        await show(request, exports.form(led, today_of(request), request.t))
        return None

    async def chosen(self, request: Request) -> Reply:
        held = request.fields
        chosen: list[str] = held.get("teams") or []
        teams = tuple(sorted(set(chosen)))
        export = await self._want(request, chosen_period(request, held), teams)
        return Reply(response_action="update", view=told.coming_modal(export, request.t))

    async def _want(self, request: Request, period: Period, teams: tuple[str, ...] = ()) -> Export:
        asked = Asked(period, teams, About.KUDOS)
        return await reports.want(self.db, request.person, asked, key=request.key, now=request.now)
