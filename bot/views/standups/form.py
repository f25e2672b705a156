"""The form of a stand-up: a block for each question, begun already, and older blockers with “still blocked?”."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.rules.coaching import Commitment
from bot.rules.standups import Blocker, Kind, Question, Said
from bot.rules.standups.answers import (
    NO,
    SOLVED,
    STILL,
    YES,
    Draft,
    asks_more,
    field_of,
    follow_up_of,
    still_of,
    top_of,
)
from bot.rules.standups.questions import ANSWER_LIMIT, BLOCKERS_AT_ONCE
from bot.rules.standups.seen import FormSeen
from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations.words import short
from bot.views.standups import ids, said

PROMISES_SHOWN = 6
BLOCKERS_SHOWN = 60
"""With ten questions, their follow-ups and the words around them, a form has room for some more."""


def form(seen: FormSeen, round_id: str, t: Text, over: str = "") -> Block:
    """For a round that asks, or asked. `over` is the kind of modal that it lies on, which shows how the round stands."""
    return b.modal(
        ids.FORM,
        t("Stand-up"),
        list(_blocks(seen, t)),
        submit=t("Send"),
        close=t("Cancel"),
        private_metadata=f"{round_id}:{over}",
    )


def round_of(metadata: str) -> str:
    """The round that a form is for."""
    return metadata.partition(":")[0]


def ahead_form(seen: FormSeen, standup_id: str, day: date, t: Text, over: str = "") -> Block:
    """For a round that is still to come; `over` as in the other form."""
    return b.modal(
        ids.AHEAD_FORM,
        t("Stand-up"),
        list(_blocks(seen, t)),
        submit=t("Send"),
        close=t("Cancel"),
        private_metadata=f"{ahead_value(standup_id, day)}:{over}",
    )


def ahead_value(standup_id: str, day: date) -> str:
    """What buttons and the form carry about a round to come; `ahead_of` reads it."""
    return f"{standup_id}:{day.isoformat()}"


def ahead_of(value: str) -> tuple[str, date]:
    """What such a button or form is for: a stand-up, and one of its days."""
    standup_id, day = value.split(":")[:2]
    return standup_id, date.fromisoformat(day)


def below(metadata: str) -> str:
    """The kind of modal that a form lies on."""
    return metadata.rpartition(":")[2]


def _blocks(seen: FormSeen, t: Text) -> Iterator[Block]:
    yield b.header(seen.name)
    yield from _promised(seen.commitments, t)
    stands = list(_stand(seen.blockers, seen.draft, t))
    for one in seen.questions:
        if one.kind is Kind.BLOCKER:  # the first of them
            yield from stands
            stands = []
        yield from _question(one, seen.draft.answers.get(one.id, Said()), t)


def _promised(commitments: Sequence[Commitment], t: Text) -> Iterator[Block]:
    """Nobody but the reader sees this; what they say of it is up to them."""
    if not commitments:
        return
    shown = [
        t("{words} · by {day}", words=short(one.words, 120), day=t.day(one.due_on))
        for one in commitments[:PROMISES_SHOWN]
    ]
    if more := len(commitments[PROMISES_SHOWN:]):
        shown.append(t.n("and {count} more", "and {count} more", more))
    title = t("You promised in your coaching (only you see this):")
    yield b.context("\n".join([title, *(f"• {one}" for one in shown)]))


def _question(question: Question, held: Said, t: Text) -> Iterator[Block]:
    if question.kind is Kind.YES_NO:
        yield from _yes_no(question, held, t)
        return
    optional = not question.is_required
    element, hint = _element(question, held, t)
    yield b.field(field_of(question), question.words, element, hint=hint, optional=optional)


def _element(question: Question, held: Said, t: Text) -> tuple[Block, str]:
    if question.kind is Kind.CHOICE:
        options = [b.option(one, one) for one in question.options]
        return b.select(options, initial=held.choice, placeholder=t("Choose one")), ""
    if question.kind in {Kind.SCALE, Kind.MOOD}:
        return _scale(question, held, t)
    hint = ""
    if question.kind is Kind.BLOCKER:
        hint = t("Something new? One on each line, {limit} at most.", limit=BLOCKERS_AT_ONCE)
    typed = held.text[:ANSWER_LIMIT]
    return b.text_input(multiline=True, initial=typed, max_length=ANSWER_LIMIT), hint


def _scale(question: Question, held: Said, t: Text) -> tuple[Block, str]:
    top = top_of(question)
    is_mood = question.kind is Kind.MOOD
    options = [
        b.option(t(said.MOODS[n]) if is_mood else t.number(n), str(n)) for n in range(1, top + 1)
    ]
    chosen = None if held.number is None else str(held.number)
    hint = "" if is_mood else t("{top} is the best.", top=t.number(top))
    if is_mood:
        hint = t("It is never shown in the summary.")
    return b.select(options, initial=chosen, placeholder=t("Choose one")), hint


def _yes_no(question: Question, held: Said, t: Text) -> Iterator[Block]:
    """With a follow-up the form is drawn anew as soon as something is chosen."""
    optional = not question.is_required
    chosen = None if held.yes is None else YES if held.yes else NO
    buttons = _radio([b.option(t("Yes"), YES), b.option(t("No"), NO)], chosen)
    name = field_of(question)
    if not question.follow_up:
        yield b.field(name, question.words, buttons, optional=optional)
        return
    element = buttons | {"action_id": ids.YES_NO}
    asked = b.field(name, question.words, element, optional=optional)
    yield asked | {"dispatch_action": True}
    if asks_more(question, held):
        typed = b.text_input(
            multiline=True, initial=held.text[:ANSWER_LIMIT], max_length=ANSWER_LIMIT
        )
        yield b.field(follow_up_of(question), question.follow_up, typed, optional=optional)


def _stand(blockers: Sequence[Blocker], draft: Draft, t: Text) -> Iterator[Block]:
    for one in blockers[:BLOCKERS_SHOWN]:
        chosen = STILL if draft.still.get(one.id, True) else SOLVED
        options = [b.option(t("It still blocks me"), STILL), b.option(t("It is solved"), SOLVED)]
        label = t("Still blocked? {words}", words=one.words)
        yield b.field(still_of(one), label, _radio(options, chosen), optional=True)
    if more := len(blockers[BLOCKERS_SHOWN:]):
        yield b.context(
            t.n(
                "{count} more stands: `/standup blockers` shows it.",
                "{count} more stand: `/standup blockers` shows them.",
                more,
            )
        )


def _radio(options: Sequence[Block], chosen: str | None) -> Block:
    element: Block = {"type": "radio_buttons", "options": list(options)}
    initial = [one for one in options if one["value"] == chosen]
    return element | ({"initial_option": initial[0]} if initial else {})
