"""The form of one question. Its fields go by its kind; what was typed for another kind is kept unseen."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.rules.standups import Kind, Purpose, Question
from bot.rules.standups.drafts import QuestionDraft
from bot.rules.standups.questions import OPTION_LIMIT, OPTIONS_AT_MOST, SCALES, WORDS_LIMIT
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.standups import ids
from bot.views.standups import setup_words as words

REQUIRED, YES, NO = "required", "yes", "no"
METADATA_LIMIT = 3000
OPTIONS_LIMIT = OPTIONS_AT_MOST * (OPTION_LIMIT + 1)


@dataclass(frozen=True, slots=True)
class Carried:
    """For what the form was opened, and the draft as it was drawn last, for the fields that its kind does not show."""

    team: str
    standup: str
    version: int
    question: str = ""
    typed: QuestionDraft = field(default_factory=QuestionDraft)


def carried(metadata: str) -> Carried:
    found: dict[str, Any] = json.loads(metadata)
    return Carried(**found | {"typed": QuestionDraft(**found["typed"])})


def question_form(
    draft: QuestionDraft, held: Carried, t: Text, above: Sequence[Block] = ()
) -> Block:
    """The form with what is typed in it."""
    blocks = [*above, *_fields(draft, t)]
    return b.modal(
        ids.QUESTION_FORM,
        t("Edit question") if held.question else t("New question"),
        blocks,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=_metadata(replace(held, typed=draft)),
    )


def purpose_of(chosen: str) -> str:
    return "" if chosen == NONE else chosen


def changed_meanwhile(by: str, question_id: str, now: Question | None, t: Text) -> list[Block]:
    """Somebody else saved the stand-up first; `now` is what a known question has become, or nothing if it was taken out."""
    told = t(
        "⚠️ {who} changed this stand-up while you had it open. Nothing of yours was saved yet. "
        "What you typed is still here; *Save* again if it is right.",
        who=mention(by),
    )
    if now:
        saved = t("As it is saved now: {question}", question=f"_{escape(now.words)}_")
        told = f"{told}\n{saved}"
    elif question_id:
        gone = t("This question was taken out. Saving it puts it at the end.")
        told = f"{told}\n{gone}"
    return [b.section(told)]


def _metadata(held: Carried) -> str:
    """Within what Slack carries: quotation marks by the hundred would need more room than there is."""
    written = json.dumps(asdict(held), ensure_ascii=False)
    if len(written) <= METADATA_LIMIT:
        return written
    room = METADATA_LIMIT - len(_metadata(replace(held, typed=replace(held.typed, options=""))))
    return _metadata(
        replace(held, typed=replace(held.typed, options=held.typed.options[: room // 6]))
    )


def _fields(draft: QuestionDraft, t: Text) -> Iterator[Block]:
    question = b.text_input(initial=draft.words, max_length=WORDS_LIMIT)
    yield b.field("words", t("What is asked?"), question)
    kinds = [b.option(t(words.KINDS[one]), one) for one in Kind]
    choice = b.radios(kinds, draft.kind) | {"action_id": ids.QUESTION_KIND}
    yield b.field("kind", t("How is it answered?"), choice) | {"dispatch_action": True}
    yield from _of_kind(draft, t)
    box = [b.option(t("It has to be answered"), REQUIRED)]
    ticked = [REQUIRED] * draft.is_required
    yield b.field("is_required", t("Required"), b.checkboxes(box, ticked), optional=True)


def _of_kind(draft: QuestionDraft, t: Text) -> Iterator[Block]:
    match draft.kind:
        case Kind.TEXT:
            purposes = [b.option(t(words.PURPOSES[one]), one or NONE) for one in Purpose]
            yield b.field(
                "purpose", t("What is it for?"), b.radios(purposes, draft.purpose or NONE)
            )
        case Kind.CHOICE:
            yield b.field(
                "options",
                t("The answers to choose from"),
                b.text_input(multiline=True, initial=draft.options, max_length=OPTIONS_LIMIT),
                hint=t("One a line."),
            )
        case Kind.SCALE:
            tops = [b.option(t("from 1 to {top}", top=one), str(one)) for one in SCALES]
            yield b.field(
                "top", t("How far does the scale go?"), b.select(tops, initial=str(draft.top))
            )
        case Kind.YES_NO:
            more = b.text_input(initial=draft.follow_up, max_length=WORDS_LIMIT)
            yield b.field(
                "follow_up",
                t("A second question"),
                more,
                hint=t("It appears beneath once the answer is given. Leave it empty for none."),
                optional=True,
            )
            on = [b.option(t("After a yes"), YES), b.option(t("After a no"), NO)]
            chosen = YES if draft.follow_up_on else NO
            yield b.field("follow_up_on", t("When is it asked?"), b.radios(on, chosen))


NONE = "none"
"""The choice of no purpose: an option cannot be empty."""
