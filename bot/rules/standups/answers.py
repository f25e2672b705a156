"""What a good answer is: cleaned and checked by kind, begun for somebody, or given again in one click."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from bot.errors import Refused
from bot.rules.escalations.words import clean
from bot.rules.standups.blockers import BLOCKER_LIMIT, Blocker
from bot.rules.standups.questions import (
    ANSWER_LIMIT,
    BLOCKERS_AT_ONCE,
    MOOD_TOP,
    Kind,
    Purpose,
    Question,
    Said,
    with_purpose,
)
from bot.rules.standups.rounds import Round, RoundState, Seat, SeatState, Via
from bot.text import _

PLEASE_ANSWER = _("Please answer this one.")
PLEASE_CHOOSE = _("Please choose one of the list.")
TOO_LONG = _("Please keep it under {limit} characters.")
TOO_MANY = _("Please name the {limit} that matter most, one on each line.")
LINE_TOO_LONG = _("Please keep each line under {limit} characters.")
NOTHING_WORDS = frozenset(
    {"-", "–", "—", "0", "no", "none", "nothing", "nope", "n/a", "na", "nil"}
    | {"όχι", "οχι", "τίποτα", "τιποτα", "τίποτε", "κανένα", "κανενα", "κανείς"}
    | {"ні", "немає", "нема", "нічого", "жодного", "жодних"}
)
"""What people write to say that there is nothing: that is no blocker, and no note to anybody."""
MORE, STILL = "more", "still"
YES, NO = "yes", "no"
SOLVED = "solved"
"""What fields are called and hold, beside the kinds of questions."""
NO_ANSWERS: Mapping[str, Said] = MappingProxyType({})
NO_STILL: Mapping[str, bool] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form holds: answers by question id, and of older blockers, by id, whether they still stand."""

    answers: Mapping[str, Said] = field(default_factory=lambda: NO_ANSWERS)
    still: Mapping[str, bool] = field(default_factory=lambda: NO_STILL)


def field_of(question: Question) -> str:
    """Where a form holds the answer to a question; it says of which kind that is."""
    return f"{question.kind}:{question.id}"


def follow_up_of(question: Question) -> str:
    """Where a form holds what is asked beneath a yes/no question."""
    return f"{MORE}:{question.id}"


def still_of(blocker: Blocker) -> str:
    """Where a form holds whether an older blocker still stands."""
    return f"{STILL}:{blocker.id}"


def read_form(fields: Mapping[str, object]) -> Draft:
    """What a form holds, by the names above. Whatever else is in it is left alone."""
    answers: dict[str, Said] = {}
    still: dict[str, bool] = {}
    for name, value in fields.items():
        kind, _colon, key = name.partition(":")
        typed = "" if value is None else str(value)
        if kind == STILL and typed:
            still[key] = typed == STILL
        elif kind == MORE:
            answers[key] = replace(answers.get(key, Said()), text=typed)
        elif kind == Kind.YES_NO and typed:
            answers[key] = replace(answers.get(key, Said()), yes=typed == YES)
        elif kind == Kind.CHOICE:
            answers[key] = Said(choice=typed)
        elif kind in {Kind.SCALE, Kind.MOOD}:
            answers[key] = Said(number=int(typed) if typed.isdecimal() else None)
        elif kind in {Kind.TEXT, Kind.BLOCKER}:
            answers[key] = Said(text=typed)
    return Draft(answers, still)


def top_of(question: Question) -> int:
    """The best place on a scale, or the best mood."""
    return MOOD_TOP if question.kind is Kind.MOOD else question.top


def asks_more(question: Question, said: Said) -> bool:
    """Whether the follow-up of a yes/no question is asked after this answer."""
    return bool(question.follow_up) and said.yes is question.follow_up_on


def cleaned(questions: Iterable[Question], answers: Mapping[str, Said]) -> dict[str, Said]:
    """What belongs to these questions and to their kinds, without what is empty."""
    found = {one.id: _of_kind(one, answers[one.id]) for one in questions if one.id in answers}
    return {name: said for name, said in found.items() if not said.is_empty}


def problems(
    questions: Iterable[Question],
    answers: Mapping[str, Said],
    still: Mapping[str, bool] = NO_STILL,
) -> dict[str, Refused]:
    """One refusal for each field of a cleaned draft that needs another look.

    Who says of an older blocker whether it still stands has answered what blocks them.
    """
    found: dict[str, Refused] = {}
    for one in questions:
        said = answers.get(one.id, Said())
        if one.is_required and said.is_empty and not (one.kind is Kind.BLOCKER and still):
            found[field_of(one)] = Refused(PLEASE_ANSWER)
        elif one.is_required and asks_more(one, said) and not said.text:
            found[follow_up_of(one)] = Refused(PLEASE_ANSWER)
        elif fault := fault_of(one, said):
            name = follow_up_of if one.kind is Kind.YES_NO else field_of
            found[name(one)] = fault
    return found


def fault_of(question: Question, said: Said) -> Refused | None:
    """What is wrong with one answer, if there is one."""
    if question.kind is Kind.BLOCKER:
        return _fault_of_lines(said.text.splitlines())
    if len(said.text) > ANSWER_LIMIT:
        return Refused(TOO_LONG, limit=ANSWER_LIMIT + 1)
    is_known = not said.choice or said.choice in question.options
    on_scale = said.number is None or 1 <= said.number <= top_of(question)
    return None if is_known and on_scale else Refused(PLEASE_CHOOSE)


def missing(questions: Iterable[Question], answers: Mapping[str, Said]) -> list[Question]:
    """What has to be answered and is not."""
    return [one for one in questions if one.is_required and one.id not in answers]


def new_blockers(questions: Iterable[Question], answers: Mapping[str, Said]) -> list[str]:
    """What was named as standing in the way, in order."""
    lines = [
        line
        for one in questions
        if one.kind is Kind.BLOCKER and one.id in answers
        for line in answers[one.id].text.splitlines()
    ]
    return [line for line in lines if not says_nothing(line)]


def for_next_shift(questions: Sequence[Question], answers: Mapping[str, Said]) -> str:
    """What the next shift needs to know; empty if that is nothing."""
    text = _text_for(questions, Purpose.NEXT_SHIFT, answers)
    return "" if says_nothing(text) else text


def focus_of(questions: Sequence[Question], answers: Mapping[str, Said]) -> str:
    """What somebody set out to do."""
    return _text_for(questions, Purpose.FOCUS, answers)


def says_nothing(text: str) -> bool:
    return text.strip(" .!\t\n").casefold() in NOTHING_WORDS | {""}


def prefilled(questions: Sequence[Question], focus: str, items: Iterable[str]) -> dict[str, Said]:
    """What a form begins with: looking back at the last `focus`, and ahead to the `items` that somebody holds, a line each."""
    begun = {
        Purpose.LOOK_BACK: focus[:ANSWER_LIMIT],
        Purpose.FOCUS: "\n".join(_fitting(items)),
    }
    found = {}
    for purpose, text in begun.items():
        question = with_purpose(questions, purpose)
        if question and text:
            found[question.id] = Said(text=text)
    return found


def same(questions: Sequence[Question], focus: str) -> dict[str, Said]:
    """“Nothing new”: the last focus stands. What was about that day alone, such as a mood, is not said for anybody."""
    question = with_purpose(questions, Purpose.FOCUS)
    return {question.id: Said(text=focus)} if question and focus else {}


def answered(seat: Seat, answers: Mapping[str, Said], via: Via, *, now: datetime) -> Seat:
    """The seat with these answers. When it was first answered stays."""
    return replace(
        seat,
        state=SeatState.ANSWERED,
        answers=answers,
        via=via,
        answered_at=seat.answered_at or now,
        edited_at=now if seat.answered_at else None,
    )


def is_late(round_: Round, seat: Seat) -> bool:
    """Whether an answer now is this person's first, and the round had closed without it."""
    return round_.state is RoundState.CLOSED and seat.answered_at is None


def _of_kind(question: Question, said: Said) -> Said:
    text = clean(said.text.replace("\r\n", "\n"))
    if question.kind is Kind.TEXT:
        return Said(text=text)
    if question.kind is Kind.BLOCKER:
        lines = (" ".join(line.split()) for line in text.splitlines())
        return Said(text="\n".join(line for line in lines if line))
    if question.kind is Kind.CHOICE:
        return Said(choice=said.choice)
    if question.kind is Kind.YES_NO:
        return Said(text=text if asks_more(question, said) else "", yes=said.yes)
    return Said(number=said.number)


def _fault_of_lines(lines: Sequence[str]) -> Refused | None:
    if len(lines) > BLOCKERS_AT_ONCE:
        return Refused(TOO_MANY, limit=BLOCKERS_AT_ONCE)
    if any(len(line) > BLOCKER_LIMIT for line in lines):
        return Refused(LINE_TOO_LONG, limit=BLOCKER_LIMIT + 1)
    return None


def _text_for(questions: Sequence[Question], purpose: Purpose, answers: Mapping[str, Said]) -> str:
    question = with_purpose(questions, purpose)
    return answers[question.id].text if question and question.id in answers else ""


def _fitting(items: Iterable[str]) -> list[str]:
    """As many whole lines as a field holds."""
    found: list[str] = []
    for one in items:
        if sum(len(line) + 1 for line in [*found, one]) > ANSWER_LIMIT + 1:
            break
        found.append(one)
    return found
