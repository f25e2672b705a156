"""Answers: cleaned and checked by kind, read from a form, begun for somebody, given again in one click, late or in time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules.standups import Kind, Question, Round, RoundState, Said, Seat, SeatState, Via
from bot.rules.standups import answers as rules
from bot.rules.standups.questions import ANSWER_LIMIT
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

SEAT = Seat("r", ALICE.id, NOON, NOON + timedelta(hours=2), SeatState.ASKED)
ROUND = Round(
    WORKSPACE, "r", "s", BILLING, "k", NOON.date(), NOON, NOON + timedelta(hours=2), "Floor", FLOOR
)  # fmt: skip
TOO_LONG = "x" * (ANSWER_LIMIT + 1)


@pytest.mark.parametrize(
    ("question", "said", "kept"),
    [
        (FOCUS, Said(text="  Refunds\r\nReturns \n"), Said(text="Refunds\nReturns")),
        (FOCUS, Said(text=" \x00 ", choice="Office", number=3, yes=True), None),
        (BLOCKERS, Said(text="\n Printer  is out \n\nLift\n"), Said(text="Printer is out\nLift")),
        (PLACE, Said(text="x", choice="Office", number=1), Said(choice="Office")),
        (LOAD, Said(text="x", number=7, choice="Office"), Said(number=7)),
        (MOOD, Said(number=4), Said(number=4)),
        (TOOLS, Said(text="CRM", yes=False), Said(text="CRM", yes=False)),
        (TOOLS, Said(text="CRM", yes=True), Said(yes=True)),  # which is not asked then
        (TOOLS, Said(text="CRM"), None),
        (replace(TOOLS, follow_up=""), Said(text="CRM", yes=False), Said(yes=False)),
    ],
)
def test_an_answer_holds_what_belongs_to_its_kind(
    question: Question, said: Said, kept: Said | None
) -> None:
    found = rules.cleaned([question], {question.id: said, "gone": Said(text="x")})
    assert found == ({question.id: kept} if kept else {})


@pytest.mark.parametrize(
    ("question", "said", "field"),
    [
        (FOCUS, Said(), "text:focus"),
        (FOCUS, Said(text=TOO_LONG), "text:focus"),
        (FOCUS, Said(text="x" * ANSWER_LIMIT), ""),
        (YESTERDAY, Said(), ""),
        (BLOCKERS, Said(text="a\nb\nc\nd\ne"), ""),
        (BLOCKERS, Said(text="a\nb\nc\nd\ne\nf"), "blocker:blockers"),
        (BLOCKERS, Said(text="x" * 501), "blocker:blockers"),
        (PLACE, Said(choice="Office"), ""),
        (PLACE, Said(choice="The moon"), "choice:place"),
        (LOAD, Said(number=10), ""),
        (LOAD, Said(number=11), "scale:load"),
        (LOAD, Said(number=0), "scale:load"),
        (MOOD, Said(number=5), ""),
        (MOOD, Said(number=6), "mood:mood"),
        (TOOLS, Said(yes=False), ""),
        (replace(TOOLS, is_required=True), Said(), "yes_no:tools"),
        (replace(TOOLS, is_required=True), Said(yes=False), "more:tools"),
        (replace(TOOLS, is_required=True), Said(yes=True), ""),
        (TOOLS, Said(yes=False, text=TOO_LONG), "more:tools"),
    ],
)
def test_each_problem_stands_at_its_field(question: Question, said: Said, field: str) -> None:
    assert list(rules.problems([question], {question.id: said})) == ([field] if field else [])


def test_who_says_that_an_old_blocker_stands_has_answered_what_blocks_them() -> None:
    required = replace(BLOCKERS, is_required=True)
    assert rules.problems([required], {})
    assert rules.problems([required], {}, {"b1": True}) == {}
    assert rules.missing([required, FOCUS, MOOD], {FOCUS.id: Said(text="x")}) == [required]


def test_a_form_is_read_by_the_names_of_its_fields() -> None:
    fields: dict[str, object] = {
        "text:focus": "Refunds",
        "text:back": None,
        "blocker:blockers": "Printer",
        "choice:place": "Office",
        "scale:load": "7",
        "mood:mood": "nonsense",
        "more:tools": "CRM",
        "yes_no:tools": "no",
        "still:b1": "still",
        "still:b2": "solved",
        "still:b3": None,
        "other": "x",
    }
    draft = rules.read_form(fields)
    assert draft.answers == {
        "focus": Said(text="Refunds"),
        "back": Said(),
        "blockers": Said(text="Printer"),
        "place": Said(choice="Office"),
        "load": Said(number=7),
        "mood": Said(),
        "tools": Said(text="CRM", yes=False),
    }
    assert draft.still == {"b1": True, "b2": False}


@pytest.mark.parametrize("word", ["none", "No.", " - ", "Nothing", "όχι", "Немає", ""])
def test_nothing_is_no_blocker_and_no_note(word: str) -> None:
    answers = {BLOCKERS.id: Said(text=word), NEXT_SHIFT.id: Said(text=word)}
    assert rules.new_blockers(FLOOR, answers) == []
    assert rules.for_next_shift(FLOOR, answers) == ""


def test_each_line_is_a_blocker() -> None:
    answers = {BLOCKERS.id: Said(text="Printer\nnone\nLift"), NEXT_SHIFT.id: Said(text="Gate 3")}
    assert rules.new_blockers(FLOOR, answers) == ["Printer", "Lift"]
    assert rules.for_next_shift(FLOOR, answers) == "Gate 3"
    assert rules.new_blockers(FLOOR, {}) == []


def test_a_form_begins_with_the_last_focus_and_with_what_is_held() -> None:
    begun = rules.prefilled(FLOOR, "Refunds", ["#1 Parcel lost", "#2 Lift"])
    assert begun == {"back": Said(text="Refunds"), "focus": Said(text="#1 Parcel lost\n#2 Lift")}
    assert rules.prefilled(FLOOR, "", []) == {}
    assert rules.prefilled([MOOD], "Refunds", ["#1"]) == {}


def test_what_is_held_is_cut_between_lines() -> None:
    text = rules.prefilled(FLOOR, "", ["x" * 1499, "y" * 1500, "z"])["focus"].text
    assert text == "x" * 1499 + "\n" + "y" * 1500
    assert len(text) == ANSWER_LIMIT


def test_nothing_new_keeps_the_focus_and_speaks_for_no_mood() -> None:
    assert rules.same(FLOOR, "Refunds") == {"focus": Said(text="Refunds")}
    assert rules.same(FLOOR, "") == {}
    assert rules.same([MOOD], "Refunds") == {}
    last = {"focus": Said(text="Refunds"), "mood": Said(number=1)}
    assert rules.focus_of(FLOOR, last) == "Refunds"
    assert rules.focus_of(FLOOR, {}) == rules.focus_of([MOOD], last) == ""


def test_the_first_time_of_an_answer_stays() -> None:
    said = {"focus": Said(text="x")}
    first = rules.answered(SEAT, said, Via.SAME, now=NOON)
    assert (first.state, first.answered_at, first.edited_at) == (SeatState.ANSWERED, NOON, None)
    later = NOON + timedelta(minutes=5)
    again = rules.answered(first, {}, Via.FORM, now=later)
    assert (again.answered_at, again.edited_at, again.via) == (NOON, later, Via.FORM)


@pytest.mark.parametrize(
    ("state", "is_first", "late"),
    [
        (RoundState.OPEN, True, False),
        (RoundState.OPEN, False, False),
        (RoundState.CLOSED, True, True),
        (RoundState.CLOSED, False, False),
    ],
)
def test_late_is_a_first_answer_after_the_end(
    state: RoundState, is_first: bool, late: bool
) -> None:
    seat = SEAT if is_first else replace(SEAT, answered_at=NOON)
    assert rules.is_late(replace(ROUND, state=state), seat) is late


def test_kinds_without_a_top_of_their_own() -> None:
    assert rules.top_of(replace(MOOD, top=9)) == 5
    assert rules.top_of(LOAD) == 10
    assert {one.kind for one in (*FLOOR, TOOLS, PLACE, LOAD)} == set(Kind)
