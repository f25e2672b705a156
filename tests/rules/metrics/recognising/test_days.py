"""Files in which no column holds the day: it is put together, or asked for, or refused where nobody can know it."""

from datetime import date

import pytest

from bot.rules.metrics.importing.asking.asking_days import unreadable_days
from bot.rules.metrics.importing.asking.questions import NO_COLUMN, Asks, answer, is_answer
from bot.rules.metrics.importing.cells import moments, periods
from bot.rules.metrics.importing.cells.moments import Order
from bot.rules.metrics.importing.mapping import Mapping, Problem, Wrong
from bot.rules.metrics.importing.reading.days import grain_of
from bot.rules.metrics.importing.reading.rejecting import Reason, Why
from bot.rules.metrics.importing.recognising.roles import Role
from tests.rules.metrics.lines import columns, proposed, read, rows

SUMMARY = """
Agent | Calls | Talk time (s)
Ann | 7 | 700
Bo | 8 | 900
Total | 15 | 1600
Report made by Cleo | |
"""


@pytest.mark.parametrize(
    ("text", "first", "grain"),
    [
        ("2024-02", "2024-02-01", "month"),
        ("2024/2", "2024-02-01", "month"),
        ("02/2024", "2024-02-01", "month"),
        ("Feb 2024", "2024-02-01", "month"),
        ("Feb-24", "2024-02-01", "month"),
        ("Feb '24", "2024-02-01", "month"),
        ("February, 2024", "2024-02-01", "month"),
        ("2024 February", "2024-02-01", "month"),
        ("Febrero 2024", "2024-02-01", "month"),
        ("Лютий 2024", "2024-02-01", "month"),
        ("Φεβρουάριος 2024", "2024-02-01", "month"),
        ("2024-W05", "2024-01-29", "week"),
        ("2024W5", "2024-01-29", "week"),
        ("Week 5, 2024", "2024-01-29", "week"),
        ("W05/2024", "2024-01-29", "week"),
        ("KW 5 2024", "2024-01-29", "week"),
        ("2026-W53", "2026-12-28", "week"),
        ("2024-01-29 - 2024-02-04", "2024-01-29", "span"),
        ("29/01/2024 to 04/02/2024", "2024-01-29", "span"),
        ("2024-01-29", "2024-01-29", None),
        ("2024-01-29 -05:00", None, None),
        ("2024-02-04 - 2024-01-29", None, "span-less"),
        ("2024-W53", None, None),
        ("2024-13", None, None),
        ("Settings 2024", None, None),
        ("Jan 24", None, None),
        ("Week 5", None, None),
        ("5/24", None, None),
        ("Q1 2024", None, None),
    ],
)
def test_months_weeks_and_spans_begin_on_their_first_day(
    text: str, first: str | None, grain: str | None
) -> None:
    found = moments.read(text)
    assert (found.date().isoformat() if found else None) == first
    assert moments.grain_of(text, Order.DAY_FIRST) == (grain if first else None)


@pytest.mark.parametrize(
    ("headers", "cells", "days"),
    [
        ("Year | Month | Day", "2024 | 2 | 29", "2024-02-29"),
        ("year | month | day", "2024 | February | 29", "2024-02-29"),
        ("Año | Mes | Día", "2024 | febrero | 29", "2024-02-29"),
        ("Year | Month", "2024 | Feb", "2024-02-01"),
        ("Month | Year", "02 - February | 2024", "2024-02-01"),
        ("Year | Week", "2024 | 5", "2024-01-29"),
        ("Year | Date", "2024 | Feb 29", "2024-02-29"),
        ("Year | Week", "2024 | Week 5", "2024-01-29"),
        ("Jahr | KW", "2024 | KW 5", "2024-01-29"),
        ("Year | Month | Week", "2024 | 1 | 5", "2024-01-01"),
        ("Year | Month | Week", "2024 | 2 | 6", "2024-02-05"),
        ("Year | Quarter | Month", "2024 | Q1 | 2", "2024-02-01"),
        ("Month", "2024-02", "2024-02-01"),
        ("Month", "2024-02-01", "2024-02-01"),
        ("Week", "2024-W05", "2024-01-29"),
        ("Week of", "2024-01-29", "2024-01-29"),
        ("Period", "Feb 2024", "2024-02-01"),
        ("Date | Month | Year", "2024-02-29 | 2 | 2024", "2024-02-29"),
        ("Year | Month | Last login", "2024 | 2 | 2024-05-17", "2024-02-01"),
    ],
)
def test_the_day_is_put_together(headers: str, cells: str, days: str) -> None:
    table = rows(f"{headers} | Agent | Calls \n {cells} | Ann | 7")
    proposal = proposed(table)
    assert proposal.mapping.problems() == []
    assert {one.asks for one in proposal.questions} <= {Asks.ORDER}
    found = read(table, proposal.mapping)
    assert [one.day.isoformat() for one in found.facts] == [days]
    assert found.facts[0].hour is None


def test_an_hour_belongs_to_the_day_that_was_put_together() -> None:
    table = rows("Year | Month | Day | Hour | Calls \n 2024 | 2 | 29 | 17 | 7")
    fact = read(table, proposed(table).mapping).facts[0]
    assert (fact.day, fact.hour) == (date(2024, 2, 29), 17)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("2023 | 2 | 29", Reason.NOT_A_MOMENT),
        ("2023 | | 29", Reason.NO_DAY),
        ("2023 | 13 | 29", Reason.NOT_A_MOMENT),
    ],
)
def test_a_day_that_does_not_exist_rejects_the_line(cells: str, reason: Reason) -> None:
    good = "\n".join(f"2023 | 2 | {day} | 5" for day in range(1, 5))
    table = rows(f"Year | Month | Day | Calls \n {cells} | 7 \n {good} \n Total | | | 27")
    found = read(table, proposed(table).mapping)
    assert [one.reason for one in found.rejects] == [reason]
    assert [one.why for one in found.left] == [Why.TOTAL]
    assert len(found.facts) == 4


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        ("Quarter", "Q1 2024"),
        ("Year | Quarter", "2024 | 1"),
        ("Year | Quarter", "2024 | Q1"),
        ("Year", "2024"),
        ("Period", "2024-Q1"),
        ("When", "Q1 2024"),
        ("Period", "2024"),
    ],
)
def test_quarters_and_years_are_refused(headers: str, cells: str) -> None:
    proposal = proposed(rows(f"{headers} | Agent | Calls \n {cells} | Ann | 7"))
    place = len(headers.split("|")) - 1
    assert proposal.mapping.problems() == [Problem(Wrong.TOO_LONG, place)]
    assert not {Asks.FILE_DAY, Asks.FILE_YEAR} & {one.asks for one in proposal.questions}


def about_one_day(text: str, day: str, *, about: str = "") -> Mapping:
    proposal = proposed(rows(text), about=about)
    asked = next(one for one in proposal.questions if one.asks in {Asks.FILE_DAY, Asks.FILE_YEAR})
    assert asked.likely == about
    assert proposal.mapping.problems() == [Problem(Wrong.NO_DAY)]
    assert is_answer(asked, day)
    assert not any(is_answer(asked, one) for one in ("", "soon", "0001-01-01", "2024-13-01"))
    return answer(proposal.mapping, asked, day)


def test_a_file_without_a_date_is_about_the_day_that_somebody_names() -> None:
    mapping = about_one_day(SUMMARY, "2024-03-31", about="2024-03-30")
    found = read(rows(SUMMARY), mapping)
    assert {one.day for one in found.facts} == {date(2024, 3, 31)}
    assert [one.why for one in found.left] == [Why.TOTAL, Why.NOTHING]
    assert found.sums["contacts"] == 15
    assert Mapping.unpack(mapping.packed()) == mapping


def test_the_same_summary_of_another_day_is_another() -> None:
    first, second = (about_one_day(SUMMARY, day) for day in ("2024-03-31", "2024-04-30"))
    table = rows(SUMMARY)
    keys = [{one.key for one in read(table, mapping).facts} for mapping in (first, second)]
    assert not keys[0] & keys[1]
    assert {one.key for one in read(table, first, "another file").facts} == keys[0]


@pytest.mark.parametrize("cell", ["3/14", "Tuesday", "soon", "31-Feb"])
def test_a_column_of_days_that_cannot_be_read_is_not_put_on_one_day(cell: str) -> None:
    table = rows(f"Date | Agent | Calls \n {cell} | Ann | 7")
    proposal = proposed(table)
    assert Asks.FILE_DAY not in {one.asks for one in proposal.questions}
    assert proposal.mapping.problems() == [Problem(Wrong.NO_DAY)]
    assert [one.header for one in unreadable_days(proposal.mapping, columns(table))] == ["Date"]


@pytest.mark.parametrize("headers", ["Jan 2026 | Feb 2026", "2026-03-01 | 2026-03-02", "W10 2026 | W11 2026"])  # fmt: skip
def test_days_beside_each_other_are_refused(headers: str) -> None:
    proposal = proposed(rows(f"Agent | {headers} \n Ann | 4 | 5 \n Bo | 3 | 2"))
    assert Problem(Wrong.DAYS_ACROSS, 1) in proposal.mapping.problems()
    assert not {Asks.FILE_DAY, Asks.FILE_YEAR} & {one.asks for one in proposal.questions}


def test_months_are_known_without_a_header() -> None:
    text = "Column A | Year | Calls \n January | 2024 | 7 \n February | 2024 | 8"
    found = read(rows(text), proposed(rows(text)).mapping)
    assert [one.day.isoformat() for one in found.facts] == ["2024-01-01", "2024-02-01"]


def test_hours_without_a_date_are_of_that_day() -> None:
    text = "Hour | Calls \n 9 | 7 \n 10 | 8"
    found = read(rows(text), about_one_day(text, "2024-03-31"))
    assert [(one.day, one.hour) for one in found.facts] == [(date(2024, 3, 31), 9), (date(2024, 3, 31), 10)]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "cells", "expected"),
    [
        ("Month", "February", "2021-02-01"),
        ("Month | Day", "2 | 17", "2021-02-17"),
        ("Week", "Week 5", "2021-02-01"),
        ("Day", "17", "2021-03-17"),
        ("Period", "February", "2021-02-01"),
        ("Period", "Week 5", "2021-02-01"),
        ("Date", "17-Feb", "2021-02-17"),
        ("Date", "Wed, 17 Feb", "2021-02-17"),
        ("Day", "February 17th", "2021-02-17"),
        ("Date | Month", "17 февраля | 2", "2021-02-17"),
    ],
)
def test_the_year_is_asked_where_nothing_says_it(headers: str, cells: str, expected: str) -> None:
    text = f"{headers} | Agent | Calls \n {cells} | Ann | 7"
    found = read(rows(text), about_one_day(text, "2021-03-31"))
    assert [one.day.isoformat() for one in found.facts] == [expected]


def test_a_moment_of_another_thing_is_not_taken_for_the_day_of_totals() -> None:
    text = "Agent | Calls | Checked \n Ann | 7 | 2024-03-30 \n Bo | 8 | 2024-02-11"
    proposal = proposed(rows(text))
    asked = next(one for one in proposal.questions if one.asks is Asks.DAY)
    assert ([one.value for one in asked.choices], asked.likely) == (["2", NO_COLUMN], "")
    mapping = answer(proposal.mapping, asked, NO_COLUMN)
    assert mapping.is_of_one_day
    assert mapping.problems() == [Problem(Wrong.NO_DAY)]
    assert Role.DAY not in mapping.places


@pytest.mark.parametrize("header", ["Hire date", "Last login", "Date of birth"])
def test_a_hire_date_alone_is_no_date(header: str) -> None:
    text = f"Agent | {header} | Calls \n Ann | 2019-03-30 | 7"
    assert read(rows(text), about_one_day(text, "2024-03-31")).facts[0].day == date(2024, 3, 31)


@pytest.mark.parametrize(
    ("headers", "cells", "grain"),
    [
        ("Month", "2024-02", "month"),
        ("Year | Month", "2024 | 2", "month"),
        ("Year | Month | Day", "2024 | 2 | 3", None),
        ("Year | Week", "2024 | 2", "week"),
        ("Year | Date", "2024 | 3-Feb", None),
        ("Period", "2024-01-29 - 2024-02-04", "span"),
        ("Date", "2024-02-01", None),
        ("Interval", "3/1/2024 - 3/7/2024", "span"),
    ],
)
def test_for_how_long_a_line_stands(headers: str, cells: str, grain: str | None) -> None:
    table = rows(f"{headers} | Calls \n {cells} | 7")
    mapping = proposed(table).mapping
    place = mapping.places.get(Role.DAY)
    assert grain_of(mapping.places, None if place is None else columns(table)[place]) == grain


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        (["Agent summary 2026-03.csv"], "2026-03-31"),
        (["agents_march_2026.xlsx"], "2026-03-31"),
        (["Report for 03/01/2026 - 03/31/2026"], "2026-03-31"),
        (["Report for 01.03.2026 - 31.03.2026"], "2026-03-31"),
        (["agents_20260401.csv"], "2026-04-01"),
        (["Made on 2026-04-02", "March 2026"], "2026-03-31"),
        (["week 2026-W10"], "2026-03-08"),
        (["2026-03-01_2026-03-31.csv"], "2026-03-31"),
        (["On 03/04/2026"], None),
        (["calls 2026"], None),
        (["Sales of 12345678"], None),
        ([], None),
    ],
)
def test_a_title_or_a_name_may_speak_of_a_day(texts: list[str], day: str | None) -> None:
    found = periods.last_day_in(texts)
    assert (found.isoformat() if found else None) == day
