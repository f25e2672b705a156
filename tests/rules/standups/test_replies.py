"""Plain replies: which round they are for, which line answers what, and what is said back because nobody could read it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.rules.standups import Question, Round, RoundState, Said, Seat, SeatState
from bot.rules.standups.replies import Reading, Unread, chosen, read, read_as
from tests.cast import ALICE, BILLING, NOON, WORKSPACE
from tests.standups import (
    BLOCKERS,
    FLOOR,
    FOCUS,
    LOAD,
    MOOD,
    NEXT_SHIFT,
    PLACE,
    TOOLS,
    YESTERDAY,
)

HOUR = timedelta(hours=1)
MIXED = (FOCUS, TOOLS, NEXT_SHIFT)


def texts(reading: Reading) -> dict[str, str]:
    return {name: said.text or str(said.number) for name, said in reading.answers.items()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # one line for each question, in order
        ("Fine\nRefunds\nPrinter\nGate 3\n4", {"back": "Fine", "focus": "Refunds", "blockers": "Printer", "next": "Gate 3", "mood": "4"}),
        ("Fine\n\n  Refunds  \n", {"back": "Fine", "focus": "Refunds"}),
        # numbers
        ("2. Refunds", {"focus": "Refunds"}),
        ("2) Refunds\n5. 4", {"focus": "Refunds", "mood": "4"}),
        ("3: Printer\nLift\n1.Fine", {"blockers": "Printer\nLift", "back": "Fine"}),
        ("Hello\n2. Refunds", {"focus": "Hello\nRefunds"}),
        # what only looks like a number of a question
        ("1.5 hours of refunds", {"focus": "1.5 hours of refunds"}),
        ("9. Refunds", {"focus": "9. Refunds"}),
        ("12 boxes", {"focus": "12 boxes"}),
        # one line: nobody calls the next shift in passing
        ("Boxes at gate 3", {"focus": "Boxes at gate 3"}),
        ("4", {"mood": "4"}),
        ("4/5", {"mood": "4"}),
        ("9", {"focus": "9"}),
        # more lines than questions
        ("a\nb\nc\nd\n5\ne\nf", {"back": "a", "focus": "b", "blockers": "c", "next": "d\ne\nf", "mood": "5"}),
        ("", {}),
    ],
)  # fmt: skip
def test_lines_find_their_questions(text: str, found: dict[str, str]) -> None:
    reading = read(FLOOR, text, {})
    assert texts(reading) == found
    assert reading.unread == ()


def test_a_line_that_answers_no_question_is_said_back() -> None:
    reading = read(FLOOR, "a\nb\nc\nd\nwonderful", {})
    assert "mood" not in reading.answers
    assert reading.unread == (Unread("wonderful", MOOD),)
    assert read([MOOD], "great", {}) == Reading({}, (Unread("great", MOOD),))
    assert read([MOOD, LOAD], "great", {}) == Reading({}, (Unread("great"),))
    assert read([MOOD], "4\nthanks", {}).unread == (Unread("thanks"),)


def test_what_does_not_fit_an_optional_choice_goes_to_the_next_words() -> None:
    assert read(MIXED, "Refunds\nGate 3", {}).answers == {
        "focus": Said(text="Refunds"),
        "next": Said(text="Gate 3"),
    }
    assert read(MIXED, "Refunds\nyes\nGate 3", {}).answers["tools"] == Said(yes=True)
    required = replace(TOOLS, is_required=True)
    reading = read((FOCUS, required, NEXT_SHIFT), "Refunds\nGate 3", {})
    assert reading.unread == (Unread("Gate 3", required),)


def test_a_single_line_is_added_and_takes_nothing_back() -> None:
    before = {"focus": Said(text="Gate 3"), "mood": Said(number=2)}
    assert read(FLOOR, "Key is at the desk", before).answers == {
        "focus": Said(text="Gate 3\nKey is at the desk")
    }
    # The mood is known, so that a number is free text.
    assert read(FLOOR, "4", before).answers == {"focus": Said(text="Gate 3\n4")}
    assert read((NEXT_SHIFT, MOOD), "Gate 3", {}).answers == {"next": Said(text="Gate 3")}
    assert read((BLOCKERS, MOOD), "Printer", {}).answers == {"blockers": Said(text="Printer")}
    assert read((FOCUS,), "Refunds", {"focus": Said(text="x")}).answers == {
        "focus": Said(text="Refunds")
    }


def test_several_lines_to_one_question_are_its_text() -> None:
    assert read((FOCUS,), "Refunds\nReturns", {}).answers == {
        "focus": Said(text="Refunds\nReturns")
    }


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        (MOOD, "5", Said(number=5)),
        (MOOD, "0", None),
        (MOOD, "6", None),
        (MOOD, "-1", None),
        (MOOD, "good", None),
        (LOAD, "10", Said(number=10)),
        (LOAD, "10.", Said(number=10)),
        (LOAD, "11", None),
        (TOOLS, "yes", Said(yes=True)),
        (TOOLS, "Yep!", Said(yes=True)),
        (TOOLS, "ΝΑΙ", Said(yes=True)),
        (TOOLS, "так", Said(yes=True)),
        (TOOLS, "No", Said(yes=False)),
        (TOOLS, "όχι", Said(yes=False)),
        (TOOLS, "ні", Said(yes=False)),
        (TOOLS, "no, the CRM - again", Said(yes=False, text="the CRM - again")),
        (TOOLS, "no – CRM", Said(yes=False, text="CRM")),
        (TOOLS, "yes, all of them", None),  # there is no room for the rest
        (TOOLS, "maybe", None),
        (TOOLS, "3", None),
        (TOOLS, "", None),
        (PLACE, "office", Said(choice="Office")),
        (PLACE, "at  HOME.", Said(choice="At home")),
        (PLACE, "off", Said(choice="Office")),
        (PLACE, "o", None),  # Office or On the way
        (PLACE, "the moon", None),
        (YESTERDAY, "4", Said(text="4")),
    ],
)
def test_each_kind_is_read_from_its_line(question: Question, text: str, said: Said | None) -> None:
    assert read_as(question, text) == said


def asked(name: str, state: SeatState, at: datetime = NOON, hours: int = 2) -> tuple[Round, Seat]:
    ended = state not in {SeatState.ASKED, SeatState.DUE}
    until = at + hours * HOUR
    one = Round(WORKSPACE, name, "s", BILLING, name, NOON.date(), at, until, name, FLOOR)
    if ended:
        one = replace(one, state=RoundState.CLOSED, closed_at=until)
    return one, Seat(name, ALICE.id, at, until, state)


LATER = NOON + 3 * HOUR


@pytest.mark.parametrize(
    ("states", "text", "is_below", "found"),
    [
        ([], "x", False, None),
        ([asked("a", SeatState.ASKED, hours=4), asked("b", SeatState.ASKED)], "x", False, "b"),
        ([asked("a", SeatState.ASKED), asked("b", SeatState.SILENT, NOON + HOUR)], "x", False, "a"),
        ([asked("a", SeatState.SILENT), asked("b", SeatState.SILENT, NOON - HOUR)], "x", False, "a"),
        ([asked("a", SeatState.SILENT, NOON - 30 * HOUR)], "x", False, None),
        ([asked("a", SeatState.ANSWERED)], "thanks", False, None),
        ([asked("a", SeatState.ANSWERED)], "thanks", True, "a"),
        ([asked("a", SeatState.ANSWERED)], "2. Refunds", False, "a"),
        ([asked("a", SeatState.SKIPPED)], "x", False, None),
        ([asked("a", SeatState.OUT)], "x", True, "a"),
        ([asked("a", SeatState.AWAY)], "1. x", False, "a"),
        ([asked("a", SeatState.DUE)], "1. x", True, None),
        ([asked("a", SeatState.LEFT)], "1. x", True, None),
    ],
)  # fmt: skip
def test_which_round_is_meant(
    states: list[tuple[Round, Seat]], text: str, is_below: bool, found: str | None
) -> None:
    meant = chosen(states, text, is_below=is_below, now=LATER)
    assert (meant[0].id if meant else None) == found
