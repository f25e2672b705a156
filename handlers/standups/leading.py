"""Everybody's own view, and what leads see in private, from Slack: `/standup`, `report`, `export`."""

from dataclasses import dataclass, replace

from bot.rules.reports import About, Asked, unpack
from bot.rules.reports.exports import Export
from bot.services import reports
from bot.services.standups import leading, overview, sharing
from bot.views.reports import told
from bot.views.standups import exports, feelings, ids, leads, nudges
from bot.views.standups import overview as views
from bot.views.standups.leads import Wanted
from handlers.command import Words
from handlers.escalations.looking import show
from handlers.reports.reporting import chosen_period, coming, period_of, today_of
from handlers.request import Json, Reply, Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Leading(db)
    words[""] = handlers.open
    words["report"] = handlers.report
    words["export"] = handlers.file
    router.clicks |= {
        ids.OVERVIEW: handlers.turn,
        ids.NUDGE: handlers.nudge,
        ids.MISSING: handlers.see_missing,
        ids.PARTICIPATION: handlers.see_participation,
        ids.CONSENT: handlers.share_mood,
        ids.EXPORT: handlers.export,
    }
    router.submissions[ids.EXPORT_FORM] = handlers.export_chosen


@dataclass(frozen=True, slots=True)
class Leading:
    db: Database

    async def open(self, request: Request) -> None:
        """`/standup` alone."""
        await show(request, await self.overview(request, 0))

    async def turn(self, request: Request) -> None:
        """Another page of it; or from the Home tab, the first."""
        view = await self.overview(request, views.page_of(request.value))
        if _on_modal(request, ids.OVERVIEW):
            await _replace(request, view)
        else:
            await show(request, view)

    async def overview(self, request: Request, page: int, told: str = "") -> Json:
        """The reader's own page as it is now; `told` says what has just been done."""
        seen = await overview.see_overview(self.db, request.person, page=page, now=request.now)
        return views.overview(seen, request.t, told)

    async def nudge(self, request: Request) -> None:
        done = await leading.nudge(
            self.db, request.person, request.value, key=request.key, now=request.now
        )
        await self._again(request, nudges.nudged(done.count, done.before, request.t))

    async def see_missing(self, request: Request) -> None:
        one, person_ids = await leading.see_missing(self.db, request.person, request.value)
        await show(request, views.missing(one, person_ids, request.t))

    async def report(self, request: Request) -> None:
        """`/standup report`, with a period or alone."""
        _report, _space, words = request.words.partition(" ")
        period = period_of(request, words) if words.strip() else None
        await show(request, await self._participation(request, Wanted(period=period)))

    async def see_participation(self, request: Request) -> None:
        view = await self._participation(request, leads.unpack(request.value))
        if _on_modal(request, ids.PARTICIPATION):
            await _replace(request, view)
        else:
            await show(request, view)

    async def share_mood(self, request: Request) -> None:
        shares = request.value == feelings.YES
        await sharing.share_mood(
            self.db, request.person, shares=shares, key=request.key, now=request.now
        )
        await self._again(request, feelings.shared(request.t, shares=shares))

    async def file(self, request: Request) -> Reply | None:
        """`/standup export`, with a period or alone: then the form asks for it."""
        _export, _space, words = request.words.partition(" ")
        if words.strip():
            export = await self._want(request, Asked(period_of(request, words)))
            return coming(export, request)
        led = await leading.see_led(self.db, request.person)
        await show(request, exports.form(led, today_of(request), request.t))
        return None

    async def export_chosen(self, request: Request) -> Reply:
        held = request.fields
        chosen: list[str] = held.get("teams") or []
        asked = Asked(chosen_period(request, held), tuple(sorted(set(chosen))))
        export = await self._want(request, asked)
        return Reply(response_action="update", view=told.coming_modal(export, request.t))

    async def export(self, request: Request) -> None:
        """The button beside who took part: the same team and days."""
        export = await self._want(request, unpack(request.value))
        await show(request, told.coming_modal(export, request.t))

    async def _want(self, request: Request, asked: Asked) -> Export:
        asked = replace(asked, about=About.STANDUPS)
        return await reports.want(self.db, request.person, asked, key=request.key, now=request.now)

    async def _again(self, request: Request, told: str) -> None:
        """The same page as it is now, with what was done on top."""
        view = await self.overview(request, views.page_of(request.metadata), told)
        await _replace(request, view)

    async def _participation(self, request: Request, wanted: Wanted) -> Json:
        seen = await leading.see_participation(self.db, request.person, wanted, now=request.now)
        return leads.participation(seen, wanted.page, request.t)


def _on_modal(request: Request, callback_id: str) -> bool:
    return bool(request.body.get("view", {}).get("callback_id") == callback_id)


async def _replace(request: Request, view: Json) -> None:
    """In place, so that nothing piles up."""
    await request.client.views_update(view_id=request.body["view"]["id"], view=view)
