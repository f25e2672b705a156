"""Asking for the Excel file with numbers: `/metrics export`, the button under numbers, and the form."""

from dataclasses import dataclass

from bot.rules.metrics.digest import monthly as rules
from bot.rules.metrics.digest.monthly import USUAL
from bot.rules.reports import About, Asked
from bot.rules.reports.exports import Export
from bot.services import reports
from bot.services.metrics.digest import monthly
from bot.services.metrics.look import exporting
from bot.views.metrics import exports, ids
from bot.views.metrics import monthly as views
from bot.views.reports import told
from handlers.command import Words
from handlers.metrics.places import put
from handlers.reports.reporting import chosen_period, coming, period_of, today_of
from handlers.request import Reply, Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Exporting(db)
    words |= {"export": handlers.command, "report": handlers.report}
    router.clicks[ids.EXPORT_OPEN] = handlers.open
    router.submissions[ids.EXPORT_FORM] = handlers.chosen


@dataclass(frozen=True, slots=True)
class Exporting:
    db: Database

    async def command(self, request: Request) -> Reply | None:
        """`/metrics export`, alone or with a period: then all that its reader may see is in it."""
        _export, _space, words = request.words.partition(" ")
        if not words.strip():
            await self._show(request, "")
            return None
        period = period_of(request, words)
        asked = Asked(period, about=About.METRICS, choice=USUAL)
        return coming(await self._want(request, asked), request)

    async def report(self, request: Request) -> Reply:
        """`/metrics report`, with a month and a team or without: the message, and the file that comes after it."""
        _report, _space, words = request.words.partition(" ")
        seen = await monthly.report(self.db, request.person, words, now=request.now)
        export = await self._want(request, rules.workbook(seen.digest, seen.period))
        text, blocks = views.message(seen, export, request.t)
        return Reply(text=text, blocks=blocks)

    async def open(self, request: Request) -> None:
        """The button; its value is the team that is looked at, or empty."""
        await self._show(request, request.value)

    async def chosen(self, request: Request) -> Reply:
        held = request.fields
        chosen: list[str] = held.get("teams") or []
        teams = tuple(sorted(set(chosen)))
        asked = Asked(chosen_period(request, held), teams, About.METRICS, exports.chosen(held))
        export = await self._want(request, asked)
        return Reply(response_action="update", view=told.coming_modal(export, request.t))

    async def _show(self, request: Request, team_id: str) -> None:
        """Nobody is shown a form that they may not send."""
        teams, metrics = await exporting.see_form(self.db, request.person)
        view = exports.form(teams, metrics, team_id, today_of(request), request.t)
        await put(request, ids.EXPORT_FORM, view)

    async def _want(self, request: Request, asked: Asked) -> Export:
        return await reports.want(self.db, request.person, asked, key=request.key, now=request.now)
