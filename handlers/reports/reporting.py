"""Asking for a report or an Excel file: by words, by the form, or by the button under a report."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.errors import FormProblems
from bot.rules.reports import Asked, Named, Period, from_words, named, problems, unpack
from bot.rules.reports.exports import Export
from bot.rules.wall_clock import day_of
from bot.services import reports
from bot.views.reports import form, report, told
from bot.views.reports.form import TWO_DAYS
from handlers.request import Reply, Request
from handlers.shifts import fields
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Reporting:
    db: Database

    async def report(self, request: Request, words: str) -> Reply | None:
        """`/escalate report`, with a period or alone: then the form asks for it."""
        if not words:
            await self.open_form(request)
            return None
        asked = Asked(period_of(request, words))
        seen = await reports.report(self.db, request.person, asked, now=request.now)
        text, blocks = report.message(seen, request.t)
        return Reply(text=text, blocks=blocks)

    async def file(self, request: Request, words: str) -> Reply | None:
        """`/escalate export`, likewise."""
        if not words:
            await self._open(request, as_file=True)
            return None
        export = await self._want(request, Asked(period_of(request, words)))
        return coming(export, request)

    async def open_form(self, request: Request) -> None:
        await self._open(request, as_file=False)

    async def show(self, request: Request) -> Reply:
        """The report in place of the form."""
        seen = await reports.report(self.db, request.person, _asked(request), now=request.now)
        return Reply(response_action="update", view=report.modal(seen, request.t))

    async def export_chosen(self, request: Request) -> Reply:
        export = await self._want(request, _asked(request))
        return Reply(response_action="update", view=told.coming_modal(export, request.t))

    async def export(self, request: Request) -> None:
        """The button under a report: the same teams and days."""
        export = await self._want(request, unpack(request.value))
        if request.body.get("view", {}).get("type") != "modal":
            await request.whisper(
                told.coming(export, request.t), told.coming_blocks(export, request.t)
            )
            return
        view = told.coming_modal(export, request.t)
        await request.client.views_push(trigger_id=request.body["trigger_id"], view=view)

    async def cancel(self, request: Request) -> None:
        """The button under a file that is being made, whatever it is about."""
        person, key, now = request.person, request.key, request.now
        export = await reports.cancel(self.db, person, request.value, key=key, now=now)
        modal = request.body.get("view") or {}
        if modal.get("type") == "modal":
            view = told.cancelled_modal(export, request.t)
            await request.client.views_update(view_id=modal["id"], view=view)
        else:
            await request.whisper(told.cancelled(export, request.t))

    async def find_teams(self, request: Request) -> Reply:
        """As they are typed in the form."""
        typed = str(request.body.get("value") or "")
        found = await reports.choice(self.db, request.person, typed)
        return Reply(options=form.team_options(found))

    async def _open(self, request: Request, *, as_file: bool) -> None:
        """Nobody is shown a form that they may not send."""
        await reports.choice(self.db, request.person)
        view = form.form(request.t, today_of(request), as_file=as_file)
        await request.client.views_open(trigger_id=request.body["trigger_id"], view=view)

    async def _want(self, request: Request, asked: Asked) -> Export:
        return await reports.want(self.db, request.person, asked, key=request.key, now=request.now)


def coming(export: Export, request: Request) -> Reply:
    """What a command is answered: the file comes, and there is a button for whoever changes their mind."""
    t = request.t
    return Reply(text=told.coming(export, t), blocks=told.coming_blocks(export, t))


def _asked(request: Request) -> Asked:
    """What the form holds. Raises FormProblems by field."""
    held = request.fields
    chosen: list[str] = held.get("teams") or []
    return Asked(chosen_period(request, held), tuple(sorted(set(chosen))))


def chosen_period(request: Request, held: dict[str, Any]) -> Period:
    """What the fields of a period hold. Raises FormProblems by field."""
    chosen = str(held.get("period") or Named.LAST_WEEK)
    if chosen != TWO_DAYS:
        return named(Named(chosen), today_of(request))
    first, last = fields.day(held.get("first")), fields.day(held.get("last"))
    if wrong := problems(first, last):
        raise FormProblems(wrong)
    assert first is not None
    assert last is not None
    return Period(first, last)


def period_of(request: Request, words: str) -> Period:
    """What was typed after a command. Raises Refused."""
    return from_words(words, request.now, request.person.zone)


def today_of(request: Request) -> date:
    """By the clock of whoever asks."""
    return day_of(request.now, request.person.zone)
