"""Notes beside a team's numbers, from `/metrics note` and from what the team sets."""

from dataclasses import dataclass

from bot.rules.metrics.comparison.notes import NoteDraft
from bot.services.metrics.comparison import noting
from bot.views.metrics import ids
from bot.views.metrics import noting as views
from handlers.command import Words
from handlers.escalations.raising import show
from handlers.request import Request
from handlers.router import Router
from handlers.shifts import fields
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Noting(db)
    words["note"] = handlers.command
    router.clicks[ids.NOTES_OPEN] = handlers.open_form
    router.submissions[ids.NOTE_FORM] = handlers.save


@dataclass(frozen=True, slots=True)
class Noting:
    db: Database

    async def command(self, request: Request) -> None:
        await self._open(request, "")

    async def open_form(self, request: Request) -> None:
        await self._open(request, request.value)

    async def save(self, request: Request) -> None:
        team_id, seen_at = views.carried(request.metadata)
        held = request.fields
        draft = NoteDraft(
            str(held.get("metric") or ""),
            str(held.get("words") or ""),
            fields.day(held.get("until")),
        )
        await noting.save(
            self.db,
            request.person,
            team_id or str(held.get("team") or ""),
            draft,
            seen_at,
            key=request.key,
            now=request.now,
        )

    async def _open(self, request: Request, team_id: str) -> None:
        seen = await noting.open_notes(self.db, request.person, team_id, now=request.now)
        await show(request, views.form(seen, request.t))
