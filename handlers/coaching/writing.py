"""Writing coaching notes from Slack: the form, by command, shortcut or button; the draft that it saves, and sharing it."""

from asyncio import gather
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.rules.coaching import Kind, Part, Promiser
from bot.rules.coaching.commitments import MOST_OF_AGENT, MOST_OF_LEAD
from bot.rules.coaching.drafts import (
    NoteDraft,
    Promise,
    carry_field,
    day_field,
    part_field,
    promise_field,
    refitted,
)
from bot.rules.coaching.forms import FormSeen
from bot.rules.escalations import from_message
from bot.services.coaching import opening, writing
from bot.text import _
from bot.views.blocks import shorten
from bot.views.coaching import draft as draft_views
from bot.views.coaching import form as views
from bot.views.coaching import ids, words
from bot.views.coaching.form import Carried
from handlers.command import MENTION, PEOPLE, Words
from handlers.escalations.raising import permalink, show
from handlers.people import learn
from handlers.request import Json, Reply, Request
from handlers.router import Router
from handlers.shifts import fields
from storage.database import Database

QUOTE_MAX = 2000
ALSO_CALLED = {"1:1": Kind.ONE_TO_ONE, "qa": Kind.REVIEW}
CARRY = carry_field("")
NOT_OF_YOURS = _(
    "You can only coach those whom you lead, and who wrote this message is not among them. Please choose somebody."
)


def register(router: Router, db: Database, known: Words) -> None:
    handlers = Writing(db)
    known[PEOPLE] = handlers.command
    router.shortcuts[ids.MESSAGE_SHORTCUT] = handlers.coach_from_message
    router.clicks |= {
        ids.FORM_AGENT: handlers.redraw,
        ids.FORM_TEAM: handlers.redraw,
        ids.FORM_KIND: handlers.redraw,
    }
    router.submissions[ids.FORM] = handlers.save


@dataclass(frozen=True, slots=True)
class Writing:
    db: Database

    async def command(self, request: Request) -> None:
        """`/coach @anna`, and if the kind follows, it is chosen already."""
        first, _space, rest = request.words.partition(" ")
        named = MENTION.match(first)
        assert named
        kind = _kind_called(rest, request)
        await self.open_for(request, named[1], kind=kind)

    async def open_for(
        self,
        request: Request,
        agent_id: str,
        *,
        team_id: str = "",
        follows: str = "",
        kind: str = "",
    ) -> None:
        """The form for this agent, by itself or on top of what is open. `follows` is the note whose follow-up it is."""
        await learn(self.db, request, [agent_id])
        seen, draft = await opening.open_for(
            self.db, request.person, agent_id, team_id=team_id, follows=follows
        )
        draft = replace(draft, kind=kind or draft.kind)
        await show(request, views.form(seen, draft, request.t, Carried(below=below(request))))

    async def coach_from_message(self, request: Request) -> None:
        """The form with what the message says, and its permalink, for who wrote it if they can be coached."""
        message = request.body["message"]
        author = str(message.get("user") or "")
        source, seen = await gather(
            permalink(request), opening.open_form(self.db, request.person, author)
        )
        told = ""
        if not seen.teams:
            told, seen = request.t(NOT_OF_YOURS), FormSeen()
        quote = shorten(from_message(str(message.get("text") or "")), QUOTE_MAX)
        said = {Part.SITUATION: f"“{quote}”"} if quote else {}
        draft = NoteDraft(seen.agent_id, parts=said, evidence=source)
        await show(request, views.form(seen, draft, request.t, told=told))

    async def redraw(self, request: Request) -> None:
        """Another person, team or kind was chosen in the open form. What was typed stays."""
        view, drawn = request.body["view"], await self._redrawn(request)
        await request.client.views_update(view_id=view["id"], hash=view["hash"], view=drawn)

    async def save(self, request: Request) -> Reply:
        """It becomes a draft, which is shown as it will be read.

        Who changes the kind and is faster than the form gets the form of that kind first.
        """
        carried, draft = views.unpack(request.metadata), note_draft(request)
        if any(part_field(one) not in request.fields for one in draft.asked):
            return Reply(response_action="update", view=await self._redrawn(request))
        person, key, now = request.person, request.key, request.now
        if carried.note_id:
            version = carried.version
            seen = await writing.save_again(
                self.db, person, carried.note_id, draft, version=version, key=key, now=now
            )
        else:
            await learn(self.db, request, [draft.agent_id] if draft.agent_id else [])
            up_to = datetime.fromtimestamp(carried.up_to, UTC) if carried.up_to else None
            seen = await writing.save(self.db, person, draft, up_to=up_to, key=key, now=now)
        return Reply(
            response_action="update", view=draft_views.draft(seen, request.t, carried.below)
        )

    async def _redrawn(self, request: Request) -> Json:
        """The open form with what was typed, each text where it fits."""
        carried, draft = views.unpack(request.metadata), refitted(note_draft(request))
        if carried.note_id:
            seen = await opening.open_again(self.db, request.person, carried.note_id)
        else:
            seen = await opening.open_form(
                self.db, request.person, draft.agent_id, team_id=draft.team_id
            )
        return views.form(seen, draft, request.t, carried)


def note_draft(request: Request) -> NoteDraft:
    """What the form holds. What it carries unseen stands where there is no field."""
    held, carried = request.fields, views.unpack(request.metadata)
    return NoteDraft(
        str(held.get("agent") or carried.agent_id),
        str(held.get("team") or carried.team_id),
        str(held.get("kind") or ""),
        str(held.get("skill") or ""),
        carried.topic,
        {one: str(held.get(part_field(one)) or "") for one in Part},
        str(held.get("evidence") or ""),
        _promises(held, Promiser.AGENT, MOST_OF_AGENT),
        _promises(held, Promiser.LEAD, MOST_OF_LEAD),
        {
            name.removeprefix(CARRY): day
            for name, chosen in held.items()
            if name.startswith(CARRY) and (day := fields.day(chosen))
        },
        fields.day(held.get("follow_up")),
        str(held.get("visibility") or ""),
    )


def _promises(held: dict[str, Any], promiser: Promiser, most: int) -> tuple[Promise, ...]:
    return tuple(
        Promise(
            str(held.get(promise_field(promiser, index)) or ""),
            fields.day(held.get(day_field(promiser, index))),
        )
        for index in range(most)
    )


def _kind_called(typed: str, request: Request) -> str:
    """The kind whose word was typed, in English or in the reader's language; or nothing."""
    wanted = typed.strip().casefold()
    names = {str(one): {str(one), request.t(words.KINDS[one]).casefold()} for one in Kind}
    found = next((one for one, called in names.items() if wanted in called), "")
    return found or ALSO_CALLED.get(wanted, "")


def below(request: Request) -> str:
    """The list on which a form or a draft is put, as `draft.read_below` reads it; empty for any other place."""
    view = request.body.get("view") or {}
    is_list = view.get("callback_id") in {ids.INBOX, ids.DRAFTS}
    return f"{view['callback_id']}|{view.get('private_metadata') or ''}" if is_list else ""
