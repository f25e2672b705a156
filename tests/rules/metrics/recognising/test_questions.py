"""What is asked about a file that only a person can say, and what comes of each answer."""

import pytest

from bot.rules.metrics.importing.asking.questions import Asks, answer
from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.cells.moments import Order
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.importing.mapping import NOTHING, Keys, Lines, Problem, Wrong
from bot.rules.metrics.importing.recognising.recognising import Proposal
from bot.rules.metrics.importing.recognising.roles import Role
from tests.rules.metrics.lines import proposed, read, rows


def question(text: str, asks: Asks) -> tuple[Proposal, str]:
    """The choices and their examples, in one line."""
    proposal = proposed(rows(text))
    found = [one for one in proposal.questions if one.asks is asks]
    assert len(found) == 1
    shown = [f"{one.value}:{','.join(as_ for _cell, as_ in one.examples)}" for one in found[0].choices]  # fmt: skip
    return proposal, " ".join(shown) + f" → {found[0].likely}"


def test_day_or_month_first_is_asked_with_what_would_come_of_it() -> None:
    text = """
    Created | Closed | Agent
    03/04/2023 10:00 | 05/04/2023 10:00 | Ann
    """
    proposal, shown = question(text, Asks.ORDER)
    assert shown == "dmy:2023-04-03,2023-04-05 mdy:2023-03-04,2023-05-04 → dmy"
    asked = next(one for one in proposal.questions if one.asks is Asks.ORDER)
    mapping = answer(proposal.mapping, asked, Order.MONTH_FIRST)
    assert read(rows(text), mapping).facts[0].day.isoformat() == "2023-03-04"
    with pytest.raises(ValueError):
        answer(mapping, asked, "sideways")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Date | Agent \n 03/04/2023 | Ann \n 26/04/2023 | Ann", ["2023-04-03", "2023-04-26"]),
        ("Date | Agent \n 03/04/2023 | Ann \n 04/26/2023 | Ann", ["2023-03-04", "2023-04-26"]),
        ("Date | Agent \n 03.04.2023 | Ann \n 05.04.2023 | Ann", ["2023-04-03", "2023-04-05"]),
        ("Date | Agent \n 2023-04-03 | Ann \n 2023-05-04 | Ann", ["2023-04-03", "2023-05-04"]),
        ("Date | Due \n 03/04/2023 | 26/04/2023 \n 05/04/2023 | 27/04/2023", ["2023-04-03", "2023-04-05"]),
        ("Date | Agent \n 45019 | Ann \n 45020.5 | Ann", ["2023-04-03", "2023-04-04"]),
        ("Date | Agent \n 1680480000 | Ann \n 1680566400000 | Ann", ["2023-04-03", "2023-04-04"]),
    ],
)  # fmt: skip
def test_the_file_itself_says_which_comes_first(text: str, days: list[str]) -> None:
    proposal = proposed(rows(text))
    assert Asks.ORDER not in {one.asks for one in proposal.questions}
    found = read(rows(text), proposal.mapping)
    assert [one.day.isoformat() for one in found.facts] == days


def test_the_decimal_sign_is_asked_unless_another_column_says_it() -> None:
    text = "Date | Agent | Calls | Talk time (s) \n 2023-04-03 | Ann | 1.234 | 5.678"
    proposal, shown = question(text, Asks.SIGN)
    assert shown == ".:1.234,5.678 ,:1234,5678 → ."
    asked = next(one for one in proposal.questions if one.asks is Asks.SIGN)
    mapping = answer(proposal.mapping, asked, DecimalSign.COMMA)
    assert read(rows(text), mapping).sums["contacts"] == 1234
    decided = text.replace("Agent", "Price").replace("Ann", "12,5")
    assert Asks.SIGN not in {one.asks for one in proposed(rows(decided)).questions}
    assert read(rows(decided), proposed(rows(decided)).mapping).sums["contacts"] == 1234


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("Talk time", "120 ; 340", "milliseconds seconds minutes hours days → seconds"),
        ("Talk time", "120000 ; 340000", "milliseconds seconds minutes hours days → milliseconds"),
        ("Talk time", "0.00138 ; 0.0021", "milliseconds seconds minutes hours days → days"),
        ("Talk time", "2:23 ; 14:01", "seconds hours → seconds"),
        ("Resolution time", "2:23 ; 14:01", "seconds hours → hours"),
        ("Resolution time", "25 ; 300", "milliseconds seconds minutes hours days → hours"),
        ("First response time", "25 ; 300", "milliseconds seconds minutes hours days → minutes"),
        ("First response time", "2500 ; 7000", "milliseconds seconds minutes hours days → seconds"),
        ("Talk time (sec)", "120 ; 340", ""),
        ("talk_time_ms", "120 ; 340", ""),
        ("Talk time", "0:02:23 ; 0:01:00", ""),
        ("Talk time", "2m 3s ; 5s", ""),
    ],
)
def test_what_a_bare_number_counts_is_asked(header: str, cells: str, expected: str) -> None:
    lines = [f"2023-04-{day} | {cell}" for day, cell in enumerate(cells.split(";"), 13)]
    proposal = proposed(rows("\n".join([f"Date | {header}", *lines])))
    asked = [one for one in proposal.questions if one.asks is Asks.UNIT]
    shown = [f"{' '.join(choice.value for choice in one.choices)} → {one.likely}" for one in asked]
    assert shown == ([expected] if expected else [])
    if asked:
        assert proposal.mapping.columns[1].style.unit == asked[0].likely
        assert answer(proposal.mapping, asked[0], Unit.HOURS).columns[1].style.unit is Unit.HOURS


def test_which_of_two_dates_is_asked_only_if_they_differ() -> None:
    text = """
    Date | Created at | Agent | Answered
    2023-04-13 | 2023-04-12 | Ann | Y
    """
    proposal, shown = question(text, Asks.DAY)
    assert shown == "1:2023-04-12 0:2023-04-13 → 1"
    asked = next(one for one in proposal.questions if one.asks is Asks.DAY)
    mapping = answer(proposal.mapping, asked, "0")
    assert (mapping.places[Role.DAY], mapping.columns[1].use) == (0, NOTHING)
    same = proposed(rows(text.replace("04-12", "04-13")))
    assert Asks.DAY not in {one.asks for one in same.questions}


def test_without_a_header_for_the_day_the_only_moments_are_it_and_of_several_one_is_asked() -> None:
    only = proposed(rows("When it was | Answered \n 2023-04-13 | Y"))
    assert only.mapping.places[Role.DAY] == 0
    text = "First thing | Second thing | Answered \n 2023-04-13 | 2023-04-14 | Y"
    proposal, shown = question(text, Asks.DAY)
    assert shown == "0:2023-04-13 1:2023-04-14 none: → "
    assert proposal.mapping.problems() == [Problem(Wrong.NO_DAY)]
    assert proposed(rows("Agent | Answered \n Ann | Y")).mapping.problems() == [
        Problem(Wrong.NO_DAY)
    ]


@pytest.mark.parametrize(
    ("header", "cells", "expected", "points"),
    [
        ("CSAT", "5 4 1", None, 10),
        ("CSAT", "5 4 7", None, 9),
        ("CSAT", "10 9 1", "5 100 10", 10.5),
        ("CSAT", "85 90 10", "5 10 100", 9.75),
        ("QA score", "0.95 0.8", "100 1", 175),
        ("QA score", "9 8 10", "100 10", 270),
        ("QA score", "95 80", None, 175),
    ],
)
def test_the_scale_of_scores_is_asked_if_it_is_not_the_usual(
    header: str, cells: str, expected: str | None, points: float
) -> None:
    lines = [f"2023-04-{day} | {cell}" for day, cell in enumerate(cells.split(), 13)]
    text = "\n".join([f"Date | {header}", *lines])
    proposal = proposed(rows(text))
    asked = [one for one in proposal.questions if one.asks is Asks.SCALE]
    assert [" ".join(choice.value for choice in one.choices) for one in asked] == ([expected] if expected else [])  # fmt: skip
    sums = read(rows(text), proposal.mapping).sums
    assert sums.get("rating_points", sums.get("review_points")) == points


@pytest.mark.parametrize(
    ("cells", "expected", "abandoned"),
    [
        ("0.5 0.8", "1: 100: → 100", 13),
        ("0.05 0.08", "", 130),
        ("0.5% 0.8%", "", 13),
        ("5 8", "", 130),
    ],
)
def test_half_of_them_is_not_half_a_percent(cells: str, expected: str, abandoned: float) -> None:
    lines = [f"2023-04-{day} | 1000 | {cell}" for day, cell in enumerate(cells.split(), 13)]
    text = "\n".join(["Date | Calls | Abandon rate", *lines])
    proposal = proposed(rows(text))
    asked = [one for one in proposal.questions if one.asks is Asks.SCALE]
    assert [" ".join(f"{choice.value}:" for choice in one.choices) + f" → {one.likely}" for one in asked] == ([expected] if expected else [])  # fmt: skip
    assert read(rows(text), proposal.mapping).sums["abandoned"] == abandoned


def test_what_names_a_line_is_asked_where_nothing_does_or_one_name_is_on_many() -> None:
    _proposal, shown = question("Date | Answered \n 2023-04-13 | Y", Asks.KEY)
    assert shown == "keep: replace: → keep"
    text = "Id | Date | Answered \n 7 | 2023-04-13 | Y \n 7 | 2023-04-14 | N"
    proposal, shown = question(text, Asks.KEY)
    assert shown == "column: keep: replace: → column"
    asked = next(one for one in proposal.questions if one.asks is Asks.KEY)
    for value, keys, replaces in (
        ("column", Keys.COLUMN, False),
        ("keep", Keys.PLACE, False),
        ("replace", Keys.PLACE, True),
    ):
        mapping = answer(proposal.mapping, asked, value)
        assert (mapping.keys, mapping.replaces) == (keys, replaces)
    updated = proposed(rows(text.replace("Answered", "Updated at").replace("| Y", "| 2023-05-01")))
    assert Asks.KEY not in {one.asks for one in updated.questions}


def test_what_each_line_is_is_asked_where_no_column_says_it() -> None:
    text = "Date | Agent | Topic \n 2023-04-13 | Ann | Bills"
    proposal, shown = question(text, Asks.LINES)
    assert shown == "calls: tickets: answers: totals: → calls"
    asked = next(one for one in proposal.questions if one.asks is Asks.LINES)
    mapping = answer(proposal.mapping, asked, Lines.TOTALS)
    assert (mapping.lines, mapping.keys) == (Lines.TOTALS, Keys.DIMENSIONS)
    assert mapping.problems() == [Problem(Wrong.NOTHING_COUNTED)]
