"""Acting on a case: one click, or one small form. What was clicked in a modal is drawn anew in it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.rules.escalations import Action, Escalation
from bot.services import escalations
from bot.text import Text
from bot.views.escalations import closing, ids
from bot.views.escalations import form as form_views
from handlers.escalations import forms
from handlers.escalations.afterwards import redraw_home, try_to
from handlers.escalations.looking import Looking, show
from handlers.request import Json, Reply, Request
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Acting:
    db: Database
    looking: Looking

    async def claim(self, request: Request) -> None:
        number = int(request.value)
        await escalations.claim(self.db, request.person, number, key=request.key, now=request.now)
        await self._redraw_modal(request, number)

    async def withdraw(self, request: Request) -> None:
        number = int(request.value)
        await escalations.withdraw(
            self.db, request.person, number, key=request.key, now=request.now
        )
        await self._redraw_modal(request, number)

    async def ask_return(self, request: Request) -> None:
        await self._ask(request, Action.RETURN, closing.return_form)

    async def ask_resolve(self, request: Request) -> None:
        await self._ask(request, Action.RESOLVE, closing.resolve_form)

    async def ask_reopen(self, request: Request) -> None:
        await self._ask(request, Action.REOPEN, closing.reopen_form)

    async def ask_missing(self, request: Request) -> None:
        seen = await self._about_to(request, Action.RESUBMIT)
        await show(request, form_views.edit_form(seen.escalation, seen.team, request.t))

    async def give_back(self, request: Request) -> Reply:
        return await self._submit(request, escalations.give_back, forms.returning(request))

    async def resolve(self, request: Request) -> Reply:
        return await self._submit(request, escalations.resolve, forms.verdict(request))

    async def reopen(self, request: Request) -> Reply:
        return await self._submit(request, escalations.reopen, forms.why(request))

    async def resubmit(self, request: Request) -> Reply:
        return await self._submit(request, escalations.resubmit, forms.draft(request))

    async def _submit(
        self, request: Request, act: Callable[..., Awaitable[object]], *given: Any, **named: Any
    ) -> Reply:
        """What a form asks for, about the case that it carries."""
        number = forms.carried(request).escalation_id
        await act(
            self.db, request.person, number, *given, key=request.key, now=request.now, **named
        )
        return await self._done(request)

    async def _ask(
        self, request: Request, action: Action, form: Callable[[Escalation, Text], Json]
    ) -> None:
        seen = await self._about_to(request, action)
        await show(request, form(seen.escalation, request.t))

    async def _about_to(self, request: Request, action: Action) -> escalations.Seen:
        return await escalations.see_to(
            self.db, request.person, int(request.value), action, now=request.now
        )

    async def _redraw_modal(self, request: Request, number: int) -> None:
        """After a click in the details: they, and the Home tab that may lie below."""
        if request.body.get("view", {}).get("callback_id") == ids.DETAILS:
            await try_to(self.looking.refresh(request, number))
            await redraw_home(self.db, request)

    async def _done(self, request: Request) -> Reply:
        """Close the form and what it was opened from, below which may lie the Home tab."""
        view = request.body["view"]
        if view.get("root_view_id") != view["id"]:
            await redraw_home(self.db, request)
        return Reply(response_action="clear")
