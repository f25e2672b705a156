"""What people are told in private about their stand-ups: a reminder, what became of a reply, what they are not asked."""

from collections.abc import Sequence
from datetime import datetime

from bot.rules.standups import Question
from bot.rules.standups.replies import Unread
from bot.rules.standups.seen import OutSeen, Replied
from bot.text import Text, escape, when
from bot.views import blocks as b
from bot.views.escalations.words import short
from bot.views.handovers.words import Message, within
from bot.views.standups import said
from bot.views.standups.ask import answer_button

QUOTED = 300


def reminder(name: str, round_id: str, until: datetime, t: Text) -> Message:
    """Once, to somebody who was asked and has not said anything."""
    told = t(
        "“{name}” is open until {when}. “Nothing new” is an answer too.",
        name=short(name, 60),
        when=when(until, t),
    )
    return told, [b.section(told), b.actions(answer_button(t("Answer"), round_id))]


def kept(replied: Replied, t: Text) -> Message:
    """What became of a plain reply, question by question, and how to add what is left."""
    numbers = {one.id: number for number, one in enumerate(replied.questions, start=1)}
    name = short(replied.name, 60)
    given = ", ".join(str(numbers[one.id]) for one in replied.given)
    lines = [t("Nothing is kept for “{name}” yet.", name=name)]
    if given:
        lines = [t("Thank you. Kept for “{name}”: {numbers}.", name=name, numbers=given)]
    for question, fault in replied.wrong:
        told = t(
            "{number}. {question} – not kept: {why}",
            number=numbers[question.id],
            question=escape(question.words),
            why=t.of(fault),
        )
        lines.append(told)
    lines += [_unread(one, numbers, t) for one in replied.unread]
    lines += [_missing(one, numbers[one.id], t) for one in replied.missing]
    if replied.next_name:
        another = short(replied.next_name, 60)
        lines.append(t("“{name}” asks you too: your next message answers it.", name=another))
    text = within(lines)
    return text, [b.section(text)]


def _unread(one: Unread, numbers: dict[str, int], t: Text) -> str:
    words = short(one.words, QUOTED)
    if one.question is None:
        return t("I could not place “{words}”.", words=words)
    return t(
        "{number}. {question} – I could not read “{words}”. Please write `{number}.` and then {expected}.",
        number=numbers[one.question.id],
        question=escape(one.question.words),
        words=words,
        expected=said.expected(one.question, t),
    )


def _missing(question: Question, number: int, t: Text) -> str:
    return t(
        "{number}. {question} – is still open. Please write `{number}.` and then {expected}.",
        number=number,
        question=escape(question.words),
        expected=said.expected(question, t),
    )


def answered_before(name: str, t: Text) -> Message:
    """They wrote something, and their answer was in already."""
    told = t(
        "Your answer to “{name}” is in already, so I changed nothing. To change it press *Change* above, "
        "or write the number of the question first, such as `2.` and then your words.",
        name=short(name, 60),
    )
    return told, [b.section(told)]


def nothing_asked(t: Text) -> Message:
    """Somebody writes, and no stand-up asks anything of them."""
    told = t(
        "I read what you write here as the answer to a stand-up, and none asks you anything now. "
        "This is what I can do: `/standup help`, `/escalate help`, `/baton help`."
    )
    return told, [b.section(told)]


def skipped(names: Sequence[str], t: Text) -> str:
    """What a command answers."""
    if not names:
        return t(
            "No stand-up asks you anything now. `/standup early` lets you answer or skip the next one."
        )
    return t(
        "Skipped: {names}. If something comes up, press *Answer after all* on the message that asked you.",
        names=_listed(names),
    )


def out(seen: OutSeen, t: Text) -> str:
    """What a command or a button answers."""
    if not seen.names:
        return t("You are out today, and no stand-up would ask you anything today.")
    return t(
        "You are out today: {names}. Nothing more is asked of you until tomorrow. "
        "Your shifts stay as they are; `/baton away` notes an absence.",
        names=_listed(seen.names),
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(short(one, 60) for one in names)
