"""Thanking somebody from Slack: `/kudos`, with words or without, the form, and the way back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from bot.errors import FormProblems
from bot.rules.escalations import from_message
from bot.rules.kudos import KudosDraft, Via
from bot.services.kudos import easing, giving, looking, undoing
from bot.views.kudos import form, ids, told
from handlers.command import MENTION, PEOPLE, Words
from handlers.escalations.raising import show
from handlers.kudos.mine import Own, open_below
from handlers.people import learn
from handlers.request import Reply, Request
from handlers.router import Router
from storage.database import Database

RECEIVERS = re.compile(rf"(?:{MENTION.pattern}[\s,]*)+")

NAMED = re.compile(r"<@\w+\|([^>]+)>")


def register(router: Router, db: Database, words: Words) -> None:
    handlers = Giving(db)
    words[""] = handlers.open_form
    words[PEOPLE] = handlers.answer
    router.clicks |= {
        ids.OPEN_FORM: handlers.open_form,
        ids.WHOM: handlers.change_receivers,
        ids.GIVE: handlers.give,
        ids.IN_FORM: handlers.go_on_in_form,
        ids.UNDO: handlers.undo,
        ids.THANK: handlers.thank,
    }
    router.submissions[ids.FORM] = handlers.submit


@dataclass(frozen=True, slots=True)
class Giving:
    db: Database

    async def open_form(self, request: Request) -> None:
        """The form, from the command alone or from a button, which may carry whom it is about."""
        chosen = request.value if "actions" in request.body else ""
        await self.open_for(request, [chosen] if chosen else [])

    async def open_for(
        self,
        request: Request,
        receivers: Sequence[str] = (),
        source: str = "",
        via: Via = Via.FORM,
    ) -> None:
        """The form with these people in it, and what it is about."""
        await self._open(request, KudosDraft(tuple(receivers), via=via, source=source))

    async def thank(self, request: Request) -> None:
        """The form for whoever made something easier."""
        draft = await easing.to_thank(self.db, request.person, request.value)
        await self._open(request, draft)

    async def answer(self, request: Request) -> Reply:
        """`/kudos @anna reason`: once more what it will say, and the values to choose from."""
        draft = draft_of(request.words)
        await learn(self.db, request, draft.receivers)
        try:
            draft, offered = await looking.check_offer(
                self.db, request.person, draft, now=request.now
            )
        except FormProblems as refused:
            problems = why_not(refused, request)
            typed = f"{ids.COMMAND} {as_typed(request.words)}"
            return Reply(text=form.refused(problems, typed, request.t))
        text, blocks = form.offer(draft, offered, request.t)
        return Reply(text=text, blocks=blocks)

    async def give(self, request: Request) -> None:
        """A value of a command's offer was chosen. What has changed since is said in words: there is no form to show it in."""
        draft = form.unpacked(request.value)
        try:
            kudos = await giving.give(
                self.db, request.person, draft, key=request.key, now=request.now
            )
        except FormProblems as refused:
            await request.whisper("\n".join(why_not(refused, request)))
        else:
            await (request.become or request.whisper)(*told.given(kudos, request.t))

    async def go_on_in_form(self, request: Request) -> None:
        """The offer of a command, in the form: there it can be changed, and given in private."""
        await self._open(request, replace(form.unpacked(request.value), via=Via.FORM))

    async def change_receivers(self, request: Request) -> None:
        """Other people may be of another team, with values of its own. What was typed stays."""
        draft = draft_from(request)
        view = request.body["view"]
        offered = await looking.offered(self.db, request.person, draft.receivers, now=request.now)
        await request.client.views_update(
            view_id=view["id"],
            hash=view["hash"],
            view=form.kudos_form(draft, offered, request.t, form.below(request.metadata)),
        )

    async def submit(self, request: Request) -> None:
        """The form closes, and a private message says what became of it; what lies below says so, too."""
        draft = draft_from(request)
        await learn(self.db, request, draft.receivers)
        await giving.give(self.db, request.person, draft, key=request.key, now=request.now)
        if below := form.below(request.metadata):
            await Own(self.db).redraw_view(request, below)

    async def undo(self, request: Request) -> None:
        await undoing.undo(self.db, request.person, request.value, key=request.key, now=request.now)
        await Own(self.db).redraw(request)
        if not request.body.get("view"):
            await (request.become or request.whisper)(told.taken_back(request.t))

    async def _open(self, request: Request, draft: KudosDraft) -> None:
        offered = await looking.offered(self.db, request.person, draft.receivers, now=request.now)
        view = form.kudos_form(draft, offered, request.t, open_below(request))
        await show(request, view)


def draft_of(words: str) -> KudosDraft:
    """The people who are named first, and the rest as the reason."""
    found = RECEIVERS.match(words)
    named = found.group() if found else ""
    receivers = tuple(MENTION.findall(named))
    reason = from_message(words[len(named) :])
    return KudosDraft(receivers, reason=reason, via=Via.COMMAND, id=uuid4().hex).cleaned()


def why_not(refused: FormProblems, request: Request) -> list[str]:
    """One sentence for each thing that is wrong."""
    return [request.t.of(one) for one in refused.problems.values()]


def as_typed(words: str) -> str:
    """The same as it can be typed again."""
    return from_message(NAMED.sub(r"@\1", words))


def draft_from(request: Request) -> KudosDraft:
    """What the form holds, also half-way."""
    fields = request.fields
    return replace(
        form.carried(request.metadata),
        receivers=tuple(fields.get("receivers") or ()),
        value=str(fields.get("value") or ""),
        reason=str(fields.get("reason") or ""),
        is_public=fields.get("how") != form.PRIVATE,
    )
