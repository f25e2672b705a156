"""The questions of a stand-up from Slack: the form of one, and the buttons beside each."""

from dataclasses import dataclass

from bot.rules.standups import drafts
from bot.rules.standups.drafts import QuestionDraft
from bot.rules.standups.questions import find
from bot.services.standups import outlooks, setting
from bot.services.standups.setting import ChangedMeanwhile, Seen
from bot.views.standups import questions
from handlers.request import Json, Reply, Request
from handlers.standups.set_ups import SetUps, named, push, redraw
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Questioning:
    db: Database
    set_ups: SetUps

    async def open(self, request: Request) -> None:
        """The question of the button, or a new one. Whoever opens the form sees the newest."""
        of = named(request)
        _team, listed = await outlooks.open_form(self.db, request.person, of.team_id, of.standup_id)
        assert listed is not None
        standup = listed.standup
        question = find(standup.questions, question_id(request))
        draft = drafts.question_draft_of(question) if question else QuestionDraft()
        held = questions.Carried(
            of.team_id, of.standup_id, standup.version, question.id if question else ""
        )
        await push(request, questions.question_form(draft, held, request.t))

    async def change_kind(self, request: Request) -> None:
        """The fields that the chosen kind needs, and everything typed so far."""
        held = questions.carried(request.metadata)
        await redraw(request, questions.question_form(question_draft(request), held, request.t))

    async def save(self, request: Request) -> Reply | None:
        """If somebody else saved the stand-up meanwhile, the form says so and stays."""
        held, draft = questions.carried(request.metadata), question_draft(request)
        of = Seen(held.team, held.standup, held.version)
        try:
            saved = await setting.put_question(
                self.db, request.person, of, held.question, draft, key=request.key, now=request.now
            )
        except ChangedMeanwhile as stale:
            view = _again(stale, held, draft, request)
            return Reply(response_action="update", view=view)
        await self.set_ups.redraw_below(request, saved.team_id, saved.id)
        return None

    async def move_up(self, request: Request) -> None:
        async with self.set_ups.drawn_anew(request):
            await setting.move_question_up(
                self.db,
                request.person,
                named(request),
                question_id(request),
                key=request.key,
                now=request.now,
            )

    async def remove(self, request: Request) -> None:
        async with self.set_ups.drawn_anew(request):
            await setting.remove_question(
                self.db,
                request.person,
                named(request),
                question_id(request),
                key=request.key,
                now=request.now,
            )


def question_draft(request: Request) -> QuestionDraft:
    """What the form holds; of what its kind does not show, what was typed there before."""
    held, before = request.fields, questions.carried(request.metadata).typed
    purpose, top, on = held.get("purpose"), held.get("top"), held.get("follow_up_on")
    return QuestionDraft(
        str(held.get("kind") or ""),
        str(held.get("words") or "").strip(),
        before.purpose if purpose is None else questions.purpose_of(purpose),
        bool(held.get("is_required")),
        str(held.get("options") or "") if "options" in held else before.options,
        before.top if top is None else int(top),
        str(held.get("follow_up") or "") if "follow_up" in held else before.follow_up,
        before.follow_up_on if on is None else on == questions.YES,
    )


def question_id(request: Request) -> str:
    """Which question a button stands beside; none for a new one."""
    return (*request.value.split(":"), "")[3]


def _again(
    stale: ChangedMeanwhile, held: questions.Carried, mine: QuestionDraft, request: Request
) -> Json:
    standup = stale.standup
    now = find(standup.questions, held.question) if held.question else None
    return questions.question_form(
        mine,
        questions.Carried(held.team, held.standup, standup.version, held.question),
        request.t,
        questions.changed_meanwhile(standup.made_by, held.question, now, request.t),
    )
