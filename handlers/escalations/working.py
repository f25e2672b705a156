"""Working on a case: its small forms, the answers to what Baton asks, and messages that are kept in its timeline."""

from dataclasses import dataclass

from bot.rules.escalations import Action, from_message
from bot.services import escalations
from bot.views.escalations import news
from bot.views.escalations import working as views
from handlers.escalations import forms
from handlers.escalations.acting import Acting
from handlers.escalations.looking import show
from handlers.escalations.raising import permalink
from handlers.request import Reply, Request


@dataclass(frozen=True, slots=True)
class Working(Acting):
    """What is clicked in a modal is drawn anew in it; what is asked in a message is answered beside it."""

    async def ask_wait(self, request: Request) -> None:
        seen = await self._about_to(request, Action.WAIT)
        view = views.wait_form(seen.escalation, seen.team, request.t, now=request.now)
        await show(request, view)

    async def wait(self, request: Request) -> Reply:
        return await self._submit(request, escalations.wait, forms.wait(request))

    async def resume(self, request: Request) -> None:
        number = int(request.value)
        await escalations.resume(self.db, request.person, number, key=request.key, now=request.now)
        await self._redraw_modal(request, number)

    async def ask_update(self, request: Request) -> None:
        seen = await self._about_to(request, Action.UPDATE)
        view = views.update_form(seen.escalation, seen.team, request.t, now=request.now)
        await show(request, view)

    async def update(self, request: Request) -> Reply:
        return await self._submit(
            request, escalations.update, forms.update(request), remind_at=forms.remind_at(request)
        )

    async def keep(self, request: Request) -> None:
        """“Still on it.” It is said when the next word is due, since nothing else shows that the click was heard."""
        number = int(request.value)
        after = await escalations.keep(
            self.db, request.person, number, key=request.key, now=request.now
        )
        await self._answer(request, number, news.still_yours(after, request.t))

    async def ask_release(self, request: Request) -> None:
        await self._ask(request, Action.RELEASE, views.release_form)

    async def release(self, request: Request) -> Reply:
        return await self._submit(request, escalations.release, forms.why(request))

    async def assign(self, request: Request) -> Reply:
        return await self._submit(
            request, escalations.assign, forms.chosen(request, "owner"), forms.why(request)
        )

    async def ask_severity(self, request: Request) -> None:
        seen = await self._about_to(request, Action.CHANGE_SEVERITY)
        await show(request, views.severity_form(seen.escalation, seen.team, request.t))

    async def change_severity(self, request: Request) -> Reply:
        return await self._submit(
            request,
            escalations.change_severity,
            forms.chosen(request, "severity"),
            forms.why(request),
        )

    async def ask_followers(self, request: Request) -> None:
        await self._ask(request, Action.FOLLOW, views.followers_form)

    async def follow(self, request: Request) -> Reply:
        added, removed = forms.followers(request)
        return await self._submit(request, escalations.follow, added, remove=removed)

    async def unfollow(self, request: Request) -> None:
        number = int(request.value)
        await escalations.unfollow(
            self.db, request.person, number, key=request.key, now=request.now
        )
        await self._answer(request, number, news.unfollowed(number, request.t))

    async def ask_note(self, request: Request) -> None:
        await self._ask(request, Action.NOTE, views.note_form)

    async def write_note(self, request: Request) -> Reply:
        return await self._submit(request, escalations.write_note, forms.chosen(request, "text"))

    async def keep_message(self, request: Request) -> None:
        """A message of the thread below a card becomes a note, with its permalink."""
        said = request.body["message"]
        message = escalations.Message(
            channel=request.body["channel"]["id"],
            thread_ts=str(said.get("thread_ts") or said["ts"]),
            author=str(said.get("user") or ""),
            text=from_message(str(said.get("text") or "")),
            link=await permalink(request),
        )
        after = await escalations.keep_message(
            self.db, request.person, message, key=request.key, now=request.now
        )
        await request.whisper(news.noted(after, request.t))

    async def ask_escalate(self, request: Request) -> None:
        await self._ask(request, Action.ESCALATE, views.escalate_form)

    async def escalate_further(self, request: Request) -> Reply:
        return await self._submit(request, escalations.escalate_further, forms.why(request))

    async def ask_deescalate(self, request: Request) -> None:
        await self._ask(request, Action.DEESCALATE, views.deescalate_form)

    async def take_down(self, request: Request) -> Reply:
        return await self._submit(request, escalations.take_down, forms.why(request))

    async def rate(self, request: Request) -> None:
        number, _colon, rating = request.value.partition(":")
        after = await escalations.rate(
            self.db, request.person, int(number), rating, key=request.key, now=request.now
        )
        await self._answer(request, after.id, news.thanked(after, request.t))

    async def _answer(self, request: Request, number: int, text: str) -> None:
        """Beside the message that was clicked. Details show by themselves what is done."""
        if "view" in request.body:
            await self._redraw_modal(request, number)
        else:
            await request.whisper(text)
