"""What numbers mean, from Slack: `/metrics define`, the list of all, and the form of one's own."""

from dataclasses import dataclass

from bot.rules.metrics.definition.own import OwnDraft, draft_of
from bot.rules.metrics.definition.registry import Direction, Unit
from bot.rules.metrics.look.seen import Defined
from bot.services.metrics.look import defining
from bot.views.metrics import define, ids, own
from handlers.command import Words
from handlers.escalations.raising import show
from handlers.metrics.places import put
from handlers.request import Reply, Request
from handlers.router import Router
from handlers.shifts import fields
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Defining(db)
    words["define"] = handlers.command
    router.clicks |= {
        ids.DEFINE: handlers.open,
        ids.DEFINITIONS: handlers.open_list,
        ids.OWN_OPEN: handlers.open_form,
        ids.OWN_TRY: handlers.try_out,
        ids.OWN_RETIRE: handlers.retire,
    }
    router.submissions[ids.OWN_FORM] = handlers.save


@dataclass(frozen=True, slots=True)
class Defining:
    db: Database

    async def command(self, request: Request) -> Reply | None:
        """`/metrics define`, alone or with what the metric is called."""
        _define, _space, typed = request.words.partition(" ")
        if not typed.strip():
            await self._list(request, 0)
            return None
        found, near = await defining.find(self.db, request.person, typed)
        if found is None:
            text, blocks = define.unknown(typed, near, request.t)
            return Reply(text=text, blocks=blocks)
        await show(request, define.definition(found, request.t))
        return None

    async def open(self, request: Request) -> None:
        await put(request, ids.DEFINE, define.definition(await self._get(request), request.t))

    async def open_list(self, request: Request) -> None:
        await self._list(request, int(request.value or 0))

    async def open_form(self, request: Request) -> None:
        found = await defining.open_form(self.db, request.person, request.value)
        draft = draft_of(found) if found else OwnDraft()
        await show(request, own.own_form(draft, found, request.t))

    async def try_out(self, request: Request) -> None:
        """What was typed stays, with what it comes to beside it."""
        view = request.body["view"]
        tried = await defining.try_out(self.db, request.person, _draft(request), now=request.now)
        drawn = own.own_form(_draft(request), None, request.t, tried)
        drawn["private_metadata"] = view["private_metadata"]
        await request.client.views_update(view_id=view["id"], hash=view["hash"], view=drawn)

    async def save(self, request: Request) -> Reply:
        definition_id, version = own.carried(request.metadata)
        saved = await defining.save(
            self.db,
            request.person,
            definition_id,
            version,
            _draft(request),
            key=request.key,
            now=request.now,
        )
        view = define.definition(Defined(saved.metric, saved, may_edit=True), request.t)
        return Reply(response_action="update", view=view)

    async def retire(self, request: Request) -> None:
        how, _space, definition_id = request.value.partition(" ")
        saved = await defining.retire(
            self.db,
            request.person,
            definition_id,
            is_retired=how == "retire",
            key=request.key,
            now=request.now,
        )
        view = define.definition(Defined(saved.metric, saved, may_edit=True), request.t)
        await put(request, ids.DEFINE, view)

    async def _list(self, request: Request, page: int) -> None:
        seen = await defining.list_all(self.db, request.person)
        await put(request, ids.DEFINITIONS, define.definitions(seen, page, request.t))

    async def _get(self, request: Request) -> Defined:
        return await defining.get(self.db, request.person, request.value)


def _draft(request: Request) -> OwnDraft:
    """What the form holds, also half-way."""
    held = request.fields
    return OwnDraft(
        str(held.get("name") or ""),
        str(held.get("words") or ""),
        str(held.get("numerator") or ""),
        str(held.get("denominator") or ""),
        Unit(held.get("unit") or Unit.PERCENT),
        Direction(held.get("direction") or Direction.UP),
        fields.whole(held.get("decimals")),
    )
