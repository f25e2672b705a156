"""A plain reply to a stand-up: which line answers which question, and what nobody could read."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.rules.standups.answers import asks_more, top_of
from bot.rules.standups.questions import Kind, Purpose, Question, Said
from bot.rules.standups.rounds import Round, RoundState, Seat, SeatState

NUMBERED = re.compile(r"(\d{1,2})[.):](?:\s+|(?=\D))(.+)")
NUMBER = re.compile(r"(\d{1,2})(?:\s*/\s*\d{1,2})?[.!]?")
WORD_AND_REST = re.compile(r"([^\W\d_]+)(?:\s*[,.;:!–—-]+\s*|\s+|$)(.*)", re.DOTALL)
YES = frozenset({"yes", "y", "yep", "yeah", "ναι", "так"})
NO = frozenset({"no", "n", "nope", "όχι", "οχι", "ні"})
IN_WORDS = frozenset({Kind.TEXT, Kind.BLOCKER})
"""Kinds that take whatever is written."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that are no answer to the question for which they stand; without a question, to none at all."""

    words: str
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """`answers` are those that the reply gives, by question id: the others are not touched."""

    answers: Mapping[str, Said] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()


def chosen(
    asked: Sequence[tuple[Round, Seat]], text: str, *, is_below: bool, now: datetime
) -> tuple[Round, Seat] | None:
    """Which round a reply answers: the one that asks now and closes first, else the last that was not answered in time.

    One that was answered, skipped or left out is only meant by a reply below its message, or one with numbered lines.
    """
    waiting = [
        (round_, seat)
        for round_, seat in asked
        if seat.state is SeatState.ASKED and round_.state is RoundState.OPEN
    ]
    if waiting:
        return min(waiting, key=lambda one: one[1].until)
    is_meant = is_below or bool(_numbered(text.splitlines()))
    late = [
        (round_, seat)
        for round_, seat in asked
        if round_.takes_answers(now)
        and (
            seat.state is SeatState.SILENT
            or (is_meant and seat.state not in {SeatState.DUE, SeatState.LEFT})
        )
    ]
    return max(late, key=lambda one: one[1].ask_at, default=None)


def read(questions: Sequence[Question], text: str, before: Mapping[str, Said]) -> Reading:
    """The answers in a reply. `before` is what was said already.

    Numbered lines go to their questions. Without numbers several lines go to one question after another, and a single
    one is free text for the last question that is answered so and is not for the next shift.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    reader = Reader(questions, before)
    if any(_number(line, questions) for line in lines):
        reader.take_numbered(lines)
    elif len(lines) == 1 and len(questions) > 1:
        reader.take_single(lines[0])
    else:
        reader.take_in_order(lines)
    return reader.reading()


class Reader:
    """Collects the lines of each question, and reads them in the end."""

    def __init__(self, questions: Sequence[Question], before: Mapping[str, Said]) -> None:
        self.questions, self.before = questions, before
        self.lines: dict[str, list[str]] = {}
        self.unread: list[Unread] = []

    def take_numbered(self, lines: Iterable[str]) -> None:
        """What follows a numbered line belongs to it; what comes before the first is free text."""
        current: Question | None = None
        for line in lines:
            current, words = _number(line, self.questions) or (current, line)
            if current is None:
                self._take_free(words)
            else:
                self._give(current, words)

    def take_single(self, line: str) -> None:
        """What is exactly the answer to an open question of another kind is that; anything else is free text."""
        for one in self.questions:
            is_open = one.kind not in IN_WORDS and one.id not in self.before
            if is_open and read_as(one, line):
                self._give(one, line)
                return
        self._take_free(line)

    def take_in_order(self, lines: Iterable[str]) -> None:
        """Further lines belong to the last question that is answered in words."""
        left = list(self.questions)
        for line in lines:
            if not left:
                self._take_further(line)
                continue
            question = left.pop(0)
            later = next((n for n, one in enumerate(left) if one.kind in IN_WORDS), None)
            if later is not None and not question.is_required and not read_as(question, line):
                question = left[later]
                del left[: later + 1]
            self._give(question, line)

    def reading(self) -> Reading:
        found = {}
        for one in self.questions:
            if one.id in self.lines:
                text = "\n".join(self.lines[one.id])
                if said := read_as(one, text):
                    found[one.id] = said
                else:
                    self.unread.append(Unread(text, one))
        return Reading(found, tuple(self.unread))

    def _give(self, question: Question, line: str) -> None:
        self.lines.setdefault(question.id, []).append(line)

    def _take_free(self, line: str) -> None:
        """For the last question that takes text, below what was said there before.

        The one for the next shift only if there is no other: what is said in passing calls nobody there.
        """
        question = (
            _last(self.questions, lambda one: one.kind is Kind.TEXT and not _leaves(one))
            or _last(self.questions, lambda one: one.kind is Kind.TEXT)
            or _last(self.questions, lambda one: one.kind in IN_WORDS)
        )
        if question is None:
            self.unread.append(Unread(line))
            return
        if question.id not in self.lines and (known := self.before.get(question.id)):
            self._give(question, known.text)
        self._give(question, line)

    def _take_further(self, line: str) -> None:
        question = _last(self.questions, lambda one: one.kind in IN_WORDS)
        if question is None:
            self.unread.append(Unread(line))
        else:
            self._give(question, line)


def read_as(question: Question, text: str) -> Said | None:
    """The words as an answer to this question; None if they are none."""
    if question.kind in IN_WORDS:
        return Said(text=text)
    if question.kind is Kind.YES_NO:
        return _yes_or_no(question, text)
    if question.kind is Kind.CHOICE:
        return _choice(question, text)
    found = NUMBER.fullmatch(text.strip())
    if found and 1 <= int(found.group(1)) <= top_of(question):
        return Said(number=int(found.group(1)))
    return None


def _yes_or_no(question: Question, text: str) -> Said | None:
    """What follows the yes or no answers the follow-up. If none is asked then, the whole would not be kept, and is no answer."""
    found = WORD_AND_REST.fullmatch(text.strip())
    word = found.group(1).casefold() if found else ""
    if not found or word not in YES | NO:
        return None
    said = Said(yes=word in YES)
    rest = found.group(2).strip()
    if not rest:
        return said
    return replace(said, text=rest) if asks_more(question, said) else None


def _choice(question: Question, text: str) -> Said | None:
    """The option, or the beginning of one and no other."""
    typed = " ".join(text.split()).casefold().rstrip(".!")
    options = {one.casefold(): one for one in question.options}
    begun = [one for known, one in options.items() if typed and known.startswith(typed)]
    if typed in options:
        return Said(choice=options[typed])
    return Said(choice=begun[0]) if len(begun) == 1 else None


def _numbered(lines: Iterable[str]) -> bool:
    return any(NUMBERED.fullmatch(line.strip()) for line in lines)


def _number(line: str, questions: Sequence[Question]) -> tuple[Question, str] | None:
    """The question whose number the line begins with, and the rest of it."""
    found = NUMBERED.fullmatch(line)
    if found and 1 <= int(found.group(1)) <= len(questions):
        return questions[int(found.group(1)) - 1], found.group(2).strip()
    return None


def _leaves(question: Question) -> bool:
    """The answer goes to other people than the team at this moment."""
    return question.purpose is Purpose.NEXT_SHIFT


def _last(questions: Sequence[Question], fits: Callable[[Question], bool]) -> Question | None:
    return next((one for one in reversed(questions) if fits(one)), None)
