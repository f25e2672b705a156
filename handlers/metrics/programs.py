"""Programs that send numbers: the list of those that are let in, new ones, and taking back a token."""

from dataclasses import dataclass

from bot.rules.metrics.program.programs import ProgramDraft
from bot.services.metrics.program import tokens
from bot.views.blocks import Block
from bot.views.metrics import ids, programs
from handlers.command import Words
from handlers.escalations.afterwards import try_to
from handlers.escalations.raising import show
from handlers.request import Reply, Request
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Programs(db)
    words["programs"] = handlers.open
    router.clicks |= {
        ids.PROGRAMS_OPEN: handlers.open,
        ids.PROGRAM_NEW: handlers.open_form,
        ids.PROGRAM_REVOKE: handlers.revoke,
    }
    router.options[ids.PROGRAM_TEAM] = handlers.find_team
    router.submissions[ids.PROGRAM_FORM] = handlers.make


@dataclass(frozen=True, slots=True)
class Programs:
    db: Database

    async def open(self, request: Request) -> None:
        await show(request, await self._drawn(request))

    async def open_form(self, request: Request) -> None:
        await tokens.check_may_make(self.db, request.person)
        await show(request, programs.form(request.t))

    async def find_team(self, request: Request) -> Reply:
        found = await tokens.find_teams(self.db, request.person, request.body["value"])
        return Reply(options=programs.team_options(found))

    async def make(self, request: Request) -> Reply:
        """The token is shown in place of the form, and nowhere else."""
        held = request.fields
        draft = ProgramDraft(
            " ".join(str(held.get("name") or "").split()),
            " ".join(str(held.get("feed") or "").split()),
            str(held.get("team") or ""),
        )
        made = await tokens.make(self.db, request.person, draft, key=request.key, now=request.now)
        below = request.body["view"].get("previous_view_id")
        if below:
            await try_to(self._redraw(request, below))
        return Reply(response_action="update", view=programs.made(made, request.t))

    async def revoke(self, request: Request) -> None:
        await tokens.revoke(
            self.db, request.person, request.value, key=request.key, now=request.now
        )
        await try_to(self._redraw(request, request.body["view"]["id"]))

    async def _redraw(self, request: Request, view_id: str) -> None:
        """The list as it is now."""
        await request.client.views_update(view_id=view_id, view=await self._drawn(request))

    async def _drawn(self, request: Request) -> Block:
        return programs.programs(await tokens.list_programs(self.db, request.person), request.t)
