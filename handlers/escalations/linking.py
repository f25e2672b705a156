"""Linking cases: asking another department, moving to another team, merging two. A click opens the form, and it is sent."""

from dataclasses import dataclass

from bot.rules.escalations import Action, a_day_later, drafted
from bot.services import escalations
from bot.views.escalations import linking as views
from handlers.escalations import forms
from handlers.escalations.acting import Acting
from handlers.escalations.looking import show
from handlers.request import Reply, Request


@dataclass(frozen=True, slots=True)
class Linking(Acting):
    """What else can be done with a case: the forms that bind it to others."""

    async def ask_department(self, request: Request) -> None:
        """The form with what the other department may need to know, to be looked over."""
        seen = await self._about_to(request, Action.ASK_DEPARTMENT)
        case, now = seen.escalation, request.now
        until = a_day_later(seen.team, case.severity, start=now)
        await show(request, views.ask_form(case, drafted(case, now=now), until, request.t))

    async def ask_move(self, request: Request) -> None:
        await self._ask(request, Action.MOVE, views.move_form)

    async def ask_merge(self, request: Request) -> None:
        await self._ask(request, Action.MERGE, views.merge_form)

    async def ask(self, request: Request) -> Reply:
        return await self._submit(request, escalations.ask_department, forms.asking(request))

    async def move(self, request: Request) -> Reply:
        return await self._submit(
            request, escalations.move, forms.chosen_team(request), forms.why(request)
        )

    async def merge(self, request: Request) -> Reply:
        return await self._submit(request, escalations.merge, forms.into(request))

    async def find_team(self, request: Request) -> Reply:
        number = forms.carried(request).escalation_id
        typed = str(request.body.get("value") or "")
        found = await escalations.teams_to_hand(self.db, request.person, number, typed)
        return Reply(options=views.team_options(found))

    async def find_case(self, request: Request) -> Reply:
        number = forms.carried(request).escalation_id
        typed = str(request.body.get("value") or "")
        found = await escalations.cases_to_merge(self.db, request.person, number, typed)
        return Reply(options=views.case_options(found))
