"""The file with escalations: six sheets, rows by the team's clock, and a summary that says what the message says."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.people import Person
from bot.rules.reports import Asked, Fact, Period
from bot.rules.reports.exports import MOST_ROWS, Export
from bot.rules.severities import Severity
from bot.text import Text
from bot.views.reports import told
from bot.workbooks import EscalationBook
from tests.casebook import DRAFT, TEAM
from tests.cast import ALICE, BOB, NOON
from tests.rules.reports.stories import REFUND, Story

MARCH = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)))
TODAY = Asked(Period(date(2026, 3, 2), date(2026, 3, 2)))
BUDGET = replace(TEAM, budget_minor=2000, budget_currency="EUR")
NAMES = {ALICE.id: "Alice", BOB.id: "Bob"}
EVIL = replace(DRAFT, summary="=HYPERLINK(1)", ticket="https://x.example/48213", customer="+Jo")


def wall(shown: str) -> datetime:
    """What the clock on a wall shows."""
    return datetime.fromisoformat(shown)


def facts(*stories: Story) -> list[Fact]:
    return [Fact(one.case, one.events) for one in stories]


def make(path: Path, *stories: Story, asked: Asked = MARCH, person: Person = BOB) -> Any:
    book = EscalationBook(path, asked, [BUDGET], person)
    for story in stories:
        book.add(facts(story), NAMES, now=NOON + timedelta(days=20))
    book.finish(now=NOON + timedelta(days=20))
    return load_workbook(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


def table(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_an_escalation_is_a_row_with_real_dates_numbers_links_and_lengths(path: Path) -> None:
    book = make(path, Story(team=BUDGET, draft=EVIL).claim(10).resolve(90))
    assert book.sheetnames == [
        *("Summary", "Escalations", "Timeline", "Concessions", "Returns", "About"),
    ]
    [row] = table(book["Escalations"])
    assert row == row | {
        "Number": 1,
        "Team": "Billing",
        "Summary": "=HYPERLINK(1)",
        "Ticket": "https://x.example/48213",
        "Customer": "+Jo",
        "Severity": "High",
        "State": "Resolved",
        "Raised by": "Alice",
        "Raised": wall("2026-03-02 13:00"),
        "Last claimed": None,
        "Time to claim": timedelta(minutes=10),
        "Claimed in time": "yes",
        "News in time": "no",
        "Promise kept": None,
        "Closed by": "Bob",
        "Closed": wall("2026-03-02 14:30"),
        "Time to resolve": timedelta(minutes=90),
        "Decision": "Refund",
        "Amount": 25,
        "Currency": "EUR",
        "Times returned": 0,
        "Time zone": "Europe/Berlin",
    }
    assert book["Escalations"]["D2"].hyperlink.target == "https://x.example/48213"
    assert book["Escalations"]["C2"].data_type == "s"


def test_the_timeline_tells_it_in_plain_words(path: Path) -> None:
    story = (
        Story(team=BUDGET)
        .give_back(5, missing="customer")
        .resubmit(10, customer="Jo & <Co>")
        .claim(20)
    )
    rows = table(make(path, story)["Timeline"])
    assert [(row["When"].minute, row["Who"], row["What happened"]) for row in rows] == [
        (0, "Alice", "Alice raised it"),
        (5, "Bob", "Bob returned it (Some information is missing)"),
        (10, "Alice", "Alice added what was missing"),
        (20, "Bob", "Bob claimed it"),
    ]
    assert rows[1]["Why"] == "Which bank?"
    assert rows[2]["What changed"] == "Customer: Jo Doe → Jo & <Co>"


def test_concessions_and_returns_have_a_row_each(path: Path) -> None:
    pounds = replace(REFUND, currency="GBP", amount_minor=100)
    story = Story(team=BUDGET).claim(1).resolve(2).reopen(3).claim(4).resolve(5, pounds).reopen(6)
    book = make(path, story.give_back(7).resubmit(8, tried="more"))
    assert [
        (row["Amount"], row["Currency"], row["Counts against the budget"])
        for row in table(book["Concessions"])
    ] == [(25, "EUR", "yes"), (1, "GBP", "no")]
    [row] = table(book["Returns"])
    assert row == row | {
        "Returned by": "Bob",
        "Reason": "Some information is missing",
        "What was asked": "Which bank?",
        "What the form should have held": "What was tried",
    }


def test_only_what_happened_in_these_days_is_listed(path: Path) -> None:
    day = 24 * 60
    before = Story(team=BUDGET, begin=NOON - timedelta(days=40)).claim(1)
    during = Story(team=BUDGET, number=2, begin=NOON - timedelta(days=40)).claim(40 * day)
    book = make(path, before, during, asked=TODAY)
    assert [row["Number"] for row in table(book["Escalations"])] == [2]
    assert len(table(book["Timeline"])) == 2


def test_a_case_that_went_to_another_team_meanwhile_is_left_out(path: Path) -> None:
    gone = Story(team=BUDGET, number=2)
    gone.case = replace(gone.case, team_id="another")
    book = make(path, Story(team=BUDGET), gone)
    assert [row["Number"] for row in table(book["Escalations"])] == [1]


def test_a_severity_is_called_as_its_team_calls_it(path: Path) -> None:
    story = Story(team=BUDGET)
    story.case = replace(story.case, severity_names={Severity.HIGH: "Rot & laut"})
    assert [row["Severity"] for row in table(make(path, story)["Escalations"])] == ["Rot & laut"]


def words(sheet: Any) -> list[list[Any]]:
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def test_the_summary_has_the_numbers_as_numbers(path: Path) -> None:
    stories = [Story(team=BUDGET).claim(10).resolve(60) for _ in range(12)]
    rows = words(make(path, *stories)["Summary"])
    assert rows[0] == ["Escalations of Billing, Mar 1, 2026 to Mar 31, 2026"]
    for expected in (
        ["Raised", 12],
        ["Time to claim", timedelta(minutes=10), timedelta(minutes=10), 12],
        ["Claimed in time", 1, 12, 12],
        ["Billing", "March 2026", "EUR", 300, 12, 20, "over the budget"],
        ["With money", 30, "EUR", 12, timedelta(hours=12)],
    ):
        assert expected in rows


def test_of_a_few_no_share_is_given(path: Path) -> None:
    rows = words(make(path, Story(team=BUDGET).claim(10))["Summary"])
    assert ["Claimed in time", 1, 1, "too few to rank"] in rows


def test_about_says_who_when_what_and_how_it_is_counted(path: Path) -> None:
    berlin = replace(BOB, zone="Europe/Berlin")
    rows = words(make(path, Story(team=BUDGET), person=berlin)["About"])
    assert rows[:5] == [
        ["Made for", "Bob"],
        ["Made at", wall("2026-03-22 13:00"), "Europe/Berlin"],
        ["Teams", "Billing"],
        ["Days", "Mar 1, 2026 to Mar 31, 2026"],
        ["Escalations", 1],
    ]
    assert any("met ÷ (met + breached)" in str(row) for row in rows)


def test_the_file_speaks_its_readers_language(path: Path) -> None:
    book = make(path, Story(team=BUDGET).claim(10).resolve(60), person=replace(BOB, locale="uk-UA"))
    assert book.sheetnames[0] != "Summary"
    assert len(set(book.sheetnames)) == 6


def test_past_what_it_can_hold_it_says_so() -> None:
    export = Export("T1", "x", BOB.id, NOON, MARCH)
    assert "only the newest 50,000" in told.with_file(export, MOST_ROWS + 1, Text())
    assert "newest" not in told.with_file(export, MOST_ROWS, Text())
