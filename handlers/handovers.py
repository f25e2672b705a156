"""Handovers from Slack: `/handover`, the form, the answers, and the history."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.rules import handovers as rules
from bot.rules.escalations import Action
from bot.rules.handovers import Draft, ItemDraft
from bot.services import escalations
from bot.services import handovers as service
from bot.services.handovers import Answered
from bot.views.escalations import ids as escalation_ids
from bot.views.escalations import working
from bot.views.handovers import form, history, ids
from bot.views.handovers.history import Scope
from bot.views.handovers.usage import usage
from handlers.escalations.looking import show
from handlers.request import Json, Reply, Request
from handlers.router import Router
from storage.database import Database

LISTS = {"history": Scope.MINE, "team": Scope.TEAM}


def register(router: Router, db: Database) -> None:
    handlers = HandoverHandlers(db)
    router.clicks[escalation_ids.HAND_OVER] = handlers.from_case
    router.commands[ids.COMMAND] = handlers.command
    router.clicks |= {
        ids.OPEN_FORM: handlers.open_form,
        ids.ACCEPT: handlers.accept,
        ids.DECLINE: handlers.ask_decline,
        ids.WITHDRAW: handlers.withdraw,
        ids.ASKED_AGAIN: handlers.ask_again,
        ids.SEE_HISTORY: handlers.turn_history,
    }
    router.submissions |= {ids.FORM: handlers.offer, ids.DECLINE_FORM: handlers.decline}


@dataclass(frozen=True, slots=True)
class HandoverHandlers:
    db: Database

    async def command(self, request: Request) -> Reply | None:
        """`/handover`, alone or with words."""
        words = request.words.casefold()
        if not words:
            await self._open(request, None)
            return None
        if words in LISTS:
            await show(request, await self._history(request, LISTS[words], 0))
            return None
        return Reply(text=usage(request.t, "" if words == "help" else request.words))

    async def open_form(self, request: Request) -> None:
        """From a message or a card; a button that carries a number is about that case."""
        await self._open(request, int(request.value) if request.value else None)

    async def from_case(self, request: Request) -> None:
        """Its owner offers it, and keeps it until it is accepted. Others who work on it choose another owner at once."""
        number, person = int(request.value), request.person
        seen = await escalations.see_to(self.db, person, number, Action.ASSIGN, now=request.now)
        if seen.escalation.owner_id == person.id:
            await self.open_form(request)
        else:
            await show(request, working.owner_form(seen.escalation, request.t))

    async def offer(self, request: Request) -> None:
        await service.offer(
            self.db, request.person, _draft(request), key=request.key, now=request.now
        )

    async def accept(self, request: Request) -> None:
        handover_id, number = ids.carried(request.value)
        answered = await service.accept(
            self.db, request.person, handover_id, number, key=request.key, now=request.now
        )
        if answered.settled:
            await request.whisper(_settled(answered, request))

    async def ask_decline(self, request: Request) -> None:
        handover_id, number = ids.carried(request.value)
        items = await service.see_to_decline(
            self.db, request.person, handover_id, number, now=request.now
        )
        await show(request, form.decline_form(handover_id, items, number, request.t))

    async def decline(self, request: Request) -> None:
        handover_id, number = ids.carried(request.metadata)
        why = str(request.fields.get("why") or "")
        await service.decline(
            self.db, request.person, handover_id, number, why, key=request.key, now=request.now
        )

    async def withdraw(self, request: Request) -> None:
        handover_id, _number = ids.carried(request.value)
        await service.withdraw(
            self.db, request.person, handover_id, key=request.key, now=request.now
        )

    async def ask_again(self, request: Request) -> None:
        """In the history the page is drawn anew; a message does so by itself."""
        handover_id, number = ids.carried(request.value)
        await service.ask_again(
            self.db, request.person, handover_id, number or 0, key=request.key, now=request.now
        )
        if "view" in request.body:
            await self._update(request, request.metadata)

    async def turn_history(self, request: Request) -> None:
        await self._update(request, request.value)

    async def _open(self, request: Request, only: int | None) -> None:
        found = await service.prefill(self.db, request.person, only=only, now=request.now)
        view = form.form(found.held, found.draft, found.follower, request.t)
        await show(request, view)

    async def _update(self, request: Request, carried: str) -> None:
        view = await self._history(request, *history.page_of(carried))
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)

    async def _history(self, request: Request, scope: Scope, page: int) -> Json:
        found = await service.see_history(
            self.db, request.person, scope, page=page, now=request.now
        )
        return history.history(
            scope,
            found.page.items,
            found.page.total,
            found.measures,
            request.person.id,
            request.t,
            page=page,
        )


def _draft(request: Request) -> Draft:
    """The form as it was filled in, its cases in the order in which they stand there."""
    fields = request.fields
    numbers = [
        int(block["block_id"].partition(":")[2])
        for block in request.body["view"]["blocks"]
        if str(block["block_id"]).startswith("goes:")
    ]
    return Draft(
        to=str(fields.get("to") or ""),
        note=str(fields.get("note") or ""),
        items=tuple(_item(fields, one) for one in numbers),
    )


def _item(fields: dict[str, Any], number: int) -> ItemDraft:
    by = fields.get(f"promise:{number}")
    return ItemDraft(
        number,
        goes=bool(fields.get(f"goes:{number}")),
        next_step=str(fields.get(f"next:{number}") or ""),
        waiting_on=str(fields.get(f"waiting:{number}") or ""),
        promised_by=datetime.fromtimestamp(int(by), UTC) if by else None,
    )


def _settled(answered: Answered, request: Request) -> str:
    """What could not be accepted any more, a line for each."""
    return "\n".join(request.t(rules.SETTLED, number=one.number) for one in answered.settled)
