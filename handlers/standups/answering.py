"""Answering from Slack: the form, one click, a plain reply, and what is said ahead."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.errors import FormProblems, Refused
from bot.rules.standups import Kind
from bot.rules.standups.answers import MORE, Draft, read_form
from bot.services.standups import ahead, answering, replying
from bot.views.standups import early, form, ids, told
from handlers.command import Words
from handlers.escalations.afterwards import try_to
from handlers.escalations.looking import show
from handlers.request import Json, Reply, Request
from handlers.router import Router
from handlers.standups.leading import Leading
from storage.database import Database

WRITTEN = frozenset({"", "file_share", "thread_broadcast"})
"""What Slack calls messages that somebody wrote; edits, joins and the like have other subtypes."""
Ahead = Callable[..., Awaitable[None]]


def register(router: Router, db: Database, words: Words) -> None:
    handlers = AnsweringHandlers(db)
    words |= {"early": handlers.early, "skip": handlers.skip_all, "out": handlers.say_out}
    router.clicks |= {
        ids.ANSWER: handlers.open_form,
        ids.NOTHING_NEW: handlers.nothing_new,
        ids.SKIP: handlers.skip,
        ids.OUT: handlers.out,
        ids.YES_NO: handlers.follow_up,
        ids.AHEAD: handlers.open_ahead,
        ids.AHEAD_SKIP: handlers.skip_ahead,
        ids.TAKE_BACK: handlers.take_back,
    }
    router.submissions |= {ids.FORM: handlers.answer, ids.AHEAD_FORM: handlers.answer_ahead}
    router.events["message.im"] = handlers.hear


@dataclass(frozen=True, slots=True)
class AnsweringHandlers:
    db: Database

    async def open_form(self, request: Request) -> None:
        await show(request, await self._form(request, request.value, _clicked_on(request)))

    async def answer(self, request: Request) -> None:
        try:
            await answering.answer(
                self.db,
                request.person,
                form.round_of(request.metadata),
                read_form(request.fields),
                key=request.key,
                now=request.now,
            )
        except FormProblems as refused:
            raise FormProblems(_shown(refused.problems, request)) from refused
        await self._redraw_below(request)

    async def follow_up(self, request: Request) -> None:
        """A yes or no was chosen: the form asks what follows, with everything that was typed."""
        view, typed = request.body["view"], read_form(request.fields)
        held, over = request.metadata, form.below(request.metadata)
        if view["callback_id"] == ids.AHEAD_FORM:
            drawn = await self._ahead_form(request, held, over, typed)
        else:
            drawn = await self._form(request, form.round_of(held), over, typed)
        await request.client.views_update(view_id=view["id"], hash=view["hash"], view=drawn)

    async def nothing_new(self, request: Request) -> None:
        await answering.nothing_new(
            self.db, request.person, request.value, key=request.key, now=request.now
        )

    async def skip(self, request: Request) -> None:
        await answering.skip(
            self.db, request.person, request.value, key=request.key, now=request.now
        )

    async def skip_all(self, request: Request) -> Reply:
        """`/standup skip`."""
        names = await answering.skip_all(self.db, request.person, key=request.key, now=request.now)
        return Reply(text=told.skipped(names, request.t))

    async def out(self, request: Request) -> None:
        await request.whisper(await self._out(request))

    async def say_out(self, request: Request) -> Reply:
        """`/standup out`."""
        return Reply(text=await self._out(request))

    async def early(self, request: Request) -> None:
        """`/standup early`."""
        await show(request, await self._early(request))

    async def open_ahead(self, request: Request) -> None:
        await show(request, await self._ahead_form(request, request.value, _clicked_on(request)))

    async def answer_ahead(self, request: Request) -> None:
        standup_id, day = form.ahead_of(request.metadata)
        try:
            await ahead.answer_ahead(
                self.db,
                request.person,
                standup_id,
                day,
                read_form(request.fields),
                key=request.key,
                now=request.now,
            )
        except FormProblems as refused:
            raise FormProblems(_shown(refused.problems, request)) from refused
        await self._redraw_below(request)

    async def skip_ahead(self, request: Request) -> None:
        await self._change(request, ahead.skip_ahead)

    async def take_back(self, request: Request) -> None:
        await self._change(request, ahead.take_back)

    async def hear(self, request: Request) -> None:
        """What a person writes in their own conversation with Baton. What apps say is nobody's answer."""
        event = request.body["event"]
        if event.get("bot_id") or str(event.get("subtype") or "") not in WRITTEN:
            return
        thread_ts = str(event.get("thread_ts") or "")
        text = str(event.get("text") or "")
        await replying.reply(
            self.db, request.person, text, thread_ts, key=request.key, now=request.now
        )

    async def _form(
        self, request: Request, round_id: str, over: str, typed: Draft | None = None
    ) -> Json:
        seen = await answering.see_form(self.db, request.person, round_id, now=request.now)
        seen = seen if typed is None else replace(seen, draft=typed)
        return form.form(seen, round_id, request.t, over)

    async def _ahead_form(
        self, request: Request, value: str, over: str, typed: Draft | None = None
    ) -> Json:
        standup_id, day = form.ahead_of(value)
        seen = await ahead.see_ahead_form(self.db, request.person, standup_id, day, now=request.now)
        seen = seen if typed is None else replace(seen, draft=typed)
        return form.ahead_form(seen, standup_id, day, request.t, over)

    async def _early(self, request: Request) -> Json:
        seen = await ahead.see_ahead(self.db, request.person, now=request.now)
        return early.early(seen, request.t)

    async def _out(self, request: Request) -> str:
        seen = await ahead.out_today(self.db, request.person, key=request.key, now=request.now)
        return told.out(seen, request.t)

    async def _change(self, request: Request, act: Ahead) -> None:
        """Skip a round to come, or take back what was said for it; the list is drawn anew."""
        standup_id, day = form.ahead_of(request.value)
        await act(self.db, request.person, standup_id, day, key=request.key, now=request.now)
        await try_to(self._redraw(request, request.body["view"]["id"], ids.EARLY))

    async def _redraw_below(self, request: Request) -> None:
        """What lies below a form that was sent, as it is now."""
        if view_id := request.body["view"].get("previous_view_id"):
            await try_to(self._redraw(request, view_id, form.below(request.metadata)))

    async def _redraw(self, request: Request, view_id: str, kind: str) -> None:
        """One of the modals that show how the reader's rounds stand; others do not."""
        if kind == ids.EARLY:
            view = await self._early(request)
        elif kind == ids.OVERVIEW:
            view = await Leading(self.db).overview(request, 0)
        else:
            return
        await request.client.views_update(view_id=view_id, view=view)


def _clicked_on(request: Request) -> str:
    """The kind of modal that a button stands on; empty for a message."""
    return str((request.body.get("view") or {}).get("callback_id") or "")


def _shown(problems: Mapping[str, Refused], request: Request) -> dict[str, Refused]:
    """By fields that the form has: a follow-up that it does not show yet is complained of at its question."""
    fields = request.fields
    found = {}
    for name, problem in problems.items():
        kind, _colon, question_id = name.partition(":")
        is_hidden = kind == MORE and name not in fields
        found[f"{Kind.YES_NO}:{question_id}" if is_hidden else name] = problem
    return found
