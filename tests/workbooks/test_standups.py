"""The file with stand-ups: whole answers, who took part, blockers, and mood only of those who share it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.rules.reports import About, Asked, Period
from bot.rules.reports.exports import MOST_ROWS, Export
from bot.rules.standups import (
    Blocker,
    BlockerState,
    Kind,
    Question,
    Round,
    RoundState,
    Said,
    Seat,
    SeatState,
    Via,
)
from bot.rules.standups.held import Held
from bot.text import Text
from bot.views.reports import told
from bot.workbooks import StandUpBook
from bot.workbooks.writing import FIRST_LETTERS
from tests.casebook import TEAM
from tests.cast import ALICE, BEN, BILLING, BOB, NOON, WORKSPACE

MARCH = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)), about=About.STANDUPS)
NAMES = {ALICE.id: "Alice", BEN.id: "Ben", BOB.id: "bob"}
FOCUS = Question("focus", Kind.TEXT, "What is your focus?")
TOOLS = Question("tools", Kind.YES_NO, "Did all tools work?", follow_up="Which did not?")
BUSY = Question("busy", Kind.SCALE, "How busy is it?", top=10)
MOOD = Question("mood", Kind.MOOD, "How do you feel?")
LONG = "=1+1 " + "long " * 598 + "end."
SAID = {
    FOCUS.id: Said(text=LONG),
    TOOLS.id: Said(yes=False, text="The phone"),
    BUSY.id: Said(number=7),
    MOOD.id: Said(number=2),
}
ROUND = Round(
    WORKSPACE, "r1", "floor", BILLING, "k", date(2026, 3, 2), NOON, NOON + timedelta(hours=2),
    "Floor", (FOCUS, TOOLS, BUSY, MOOD), state=RoundState.CLOSED,
)  # fmt: skip
SEAT = Seat("r1", ALICE.id, NOON, NOON + timedelta(hours=2), asked_at=NOON)
ANSWERED = replace(
    SEAT,
    state=SeatState.ANSWERED,
    answered_at=NOON + timedelta(minutes=5),
    via=Via.MESSAGE,
    answers=SAID,
)


def seat(person_id: str, state: SeatState) -> Seat:
    return replace(SEAT, person_id=person_id, state=state)


def wall(shown: str) -> datetime:
    return datetime.fromisoformat(shown)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


def make(path: Path, *rounds: Held, locale: str = "en-US") -> Any:
    berlin = replace(BOB, zone="Europe/Berlin", locale=locale)
    book = StandUpBook(path, MARCH, [TEAM], berlin)
    for one in rounds:
        book.add([one], NAMES, now=NOON)
    book.finish(now=NOON)
    return load_workbook(path)


def table(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_what_was_said_is_whole_and_never_a_formula(path: Path) -> None:
    book = make(path, Held(ROUND, [ANSWERED]))
    assert book.sheetnames == ["Answers", "Participation", "Blockers", "About"]
    rows = table(book["Answers"])
    assert rows[0] == {
        "Team": "Billing",
        "Stand-up": "Floor",
        "Day": datetime(2026, 3, 2),  # noqa: DTZ001 - a sheet knows no zones
        "Person": "Alice",
        "State": "Answered in time",
        "Asked at": wall("2026-03-02 13:00"),
        "Answered at": wall("2026-03-02 13:05"),
        "Changed at": None,
        "How": "Message",
        "Question": "What is your focus?",
        "Answer": LONG,
        "Number": None,
        "Mood": None,
        "Time zone": "Europe/Berlin",
    }
    cell = book["Answers"]["K2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert [(row["Answer"], row["Number"]) for row in rows[1:]] == [
        ("no\nThe phone", None),
        (None, 7),
    ]


@pytest.mark.parametrize("first", FIRST_LETTERS)
def test_whatever_somebody_begins_with_stays_a_text(path: Path, first: str) -> None:
    evil = f"{first}HYPERLINK(1)"
    said = replace(ANSWERED, answers={FOCUS.id: Said(text=evil)})
    blocker = Blocker(WORKSPACE, "b1", BILLING, "r1", ALICE.id, evil, NOON, NOON)
    round_ = replace(ROUND, name=evil, questions=(replace(FOCUS, words=evil),))
    book = make(path, Held(round_, [said], [blocker]))
    found = [book["Answers"][at] for at in ("B2", "J2", "K2")] + [book["Blockers"]["F2"]]
    assert {(cell.data_type, cell.quotePrefix) for cell in found} == {("s", True)}


def test_mood_is_there_only_of_those_who_share_it(path: Path) -> None:
    ben = replace(ANSWERED, person_id=BEN.id)
    rows = table(make(path, Held(ROUND, [ANSWERED, ben], sharing=frozenset({BEN.id})))["Answers"])
    assert [(row["Person"], row["Mood"]) for row in rows if row["Question"] == MOOD.words] == [
        ("Ben", 2)
    ]
    assert {row["Mood"] for row in rows if row["Person"] == "Alice"} == {None}


def test_who_only_spoke_of_a_mood_that_is_not_shared_is_a_line_without_words(path: Path) -> None:
    said = replace(ANSWERED, answers={MOOD.id: Said(number=1)})
    [row] = table(make(path, Held(ROUND, [said]))["Answers"])
    assert (row["State"], row["Question"], row["Number"], row["Mood"]) == (
        "Answered in time",
        None,
        None,
        None,
    )


@pytest.mark.parametrize("state", SeatState)
def test_everybody_has_a_line_and_their_state_has_a_name(path: Path, state: SeatState) -> None:
    [row] = table(make(path, Held(ROUND, [seat(ALICE.id, state)]))["Answers"])
    assert row["Person"] == "Alice"
    assert row["State"]


def test_who_took_part_adds_up_and_is_sorted_by_name(path: Path) -> None:
    late = replace(ANSWERED, answered_at=SEAT.until)
    away = seat(BEN.id, SeatState.AWAY)
    rounds = [Held(ROUND, [ANSWERED, away, seat(BOB.id, SeatState.SKIPPED)]) for _ in range(4)]
    rounds += [Held(ROUND, [late, away]), Held(ROUND, [seat(ALICE.id, SeatState.SILENT)])]
    rows = [list(row.values()) for row in table(make(path, *rounds)["Participation"])]
    assert rows == [
        ["Billing", "The whole team", 10, 4, 1, 1, 4, pytest.approx(5 / 6)],
        ["Billing", "Alice", 6, 4, 1, 1, 0, pytest.approx(5 / 6)],
        ["Billing", "bob", 4, 0, 0, 0, 4, None],
    ]


def test_a_round_that_still_runs_is_listed_and_not_counted(path: Path) -> None:
    book = make(path, Held(replace(ROUND, state=RoundState.OPEN), [ANSWERED]))
    assert len(table(book["Answers"])) == 3
    assert table(book["Participation"]) == []


def test_blockers_have_their_story(path: Path) -> None:
    solved = Blocker(
        WORKSPACE, "b1", BILLING, "r1", ALICE.id, "No access", NOON, NOON, BlockerState.SOLVED, BEN.id, 12,
        NOON + timedelta(hours=1), BOB.id, "Given",
    )  # fmt: skip
    [row] = table(make(path, Held(ROUND, [], [solved]))["Blockers"])
    assert list(row.values())[3:] == [
        "Alice", wall("2026-03-02 13:00"), "No access", "Solved", "Ben", 12, wall("2026-03-02 14:00"), "bob", "Given",
        "Europe/Berlin",
    ]  # fmt: skip


def test_about_says_who_when_and_how_it_is_counted(path: Path) -> None:
    about = make(path, Held(ROUND, [ANSWERED]))["About"]
    rows = [[cell for cell in row if cell is not None] for row in about.iter_rows(values_only=True)]
    assert rows[:5] == [
        ["Made for", "Bob"],
        ["Made at", wall("2026-03-02 13:00"), "Europe/Berlin"],
        ["Teams", "Billing"],
        ["Days", "Mar 1, 2026 to Mar 31, 2026"],
        ["Lines", 3],
    ]
    assert any("Mood is here only of those who share it" in str(row) for row in rows)


@pytest.mark.parametrize("locale", ["el-GR", "uk-UA"])
def test_the_file_speaks_its_readers_language(path: Path, locale: str) -> None:
    names = make(path, Held(ROUND, [ANSWERED]), locale=locale).sheetnames
    assert names[0] != "Answers"
    assert len(set(names)) == 4


def test_past_what_it_can_hold_it_says_so() -> None:
    export = Export("T1", "x", BOB.id, NOON, MARCH)
    assert "only the newest 50,000 lines" in told.with_file(export, MOST_ROWS + 1, Text())
    assert "newest" not in told.with_file(export, MOST_ROWS, Text())
