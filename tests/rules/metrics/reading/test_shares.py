"""Percentages beside counts give back the whole number that they were made of; what is of another count is left out, and said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.metrics.importing.asking.questions import Asks
from bot.rules.metrics.importing.counting.shares import part_of
from bot.rules.metrics.importing.mapping import NOTHING, Problem, Use, Wrong
from bot.rules.metrics.importing.reading.rejecting import Reason
from bot.rules.metrics.importing.recognising.roles import Role
from bot.rules.metrics.store.facts import SCALE
from tests.rules.metrics.lines import proposed, read, rows, taken


@pytest.mark.parametrize(
    ("headers", "lines", "sums"),
    [
        ("Calls | Service level", "37 | 81%", {"contacts": 37, "in_time": 30, "offered_timed": 37}),
        ("Calls | Service level %", "37 | 81.1 ; 9 | 33.3", {"contacts": 46, "in_time": 33, "offered_timed": 46}),
        ("Calls | SLA %", "37 | 0.810810810810811 ; 9 | 0.333333333333333", {"contacts": 46, "in_time": 33, "offered_timed": 46}),
        ("Calls | % within SLA", "37 | 0.81 ; 10 | 0.3", {"contacts": 47, "in_time": 33, "offered_timed": 47}),
        ("Answered | Abandoned | Service level", "7 | 2 | 33%", {"contacts": 9, "answered": 7, "abandoned": 2, "queued": 9, "in_time": 3, "offered_timed": 9}),
        ("Calls | SL%", "37 | 81.1 ; 9 | 33.3", {"contacts": 46, "in_time": 33, "offered_timed": 46}),
        ("Calls | Answer rate", "9 | 77.8%", {"contacts": 9, "answered": 7}),
        ("Calls | Abandon rate", "9 | 22%", {"contacts": 9, "answered": 7, "abandoned": 2, "queued": 9}),
        ("Calls | Abandoned", "9 | 22%", {"contacts": 9, "answered": 7, "abandoned": 2, "queued": 9}),
        ("Calls | Abandoned", "9 | 0.2222 ; 4 | 0.5", {"contacts": 13, "answered": 9, "abandoned": 4, "queued": 13}),
        ("Calls | Answered %| Abandoned %", "9 | 66.7% | 22.2%", {"contacts": 9, "answered": 6, "abandoned": 2, "queued": 9}),
        ("Calls | Abandoned | Abandon rate", "9 | 3 | 22%", {"contacts": 9, "answered": 6, "abandoned": 3, "queued": 9}),
        ("Calls | Abandon rate", "250 | 0.4% ; 250 | 0.8%", {"contacts": 500, "answered": 497, "abandoned": 3, "queued": 500}),
        ("Surveys | CSAT %", "7 | 85.7%", {"ratings": 7, "ratings_good": 6}),
        ("Surveys | CSAT", "7 | 85.7%", {"ratings": 7, "ratings_good": 6}),
        ("Responses | CSAT", "7 | 0.857142857142857 ; 3 | 1", {"ratings": 10, "ratings_good": 9}),
        ("Calls | Service level", "0 | 100% ; 5 | 80% ; 6 | 50%", {"contacts": 11, "in_time": 7, "offered_timed": 11}),
        ("Calls | Service level", "1,234,567 | 80.00%", {"contacts": 1_234_567, "in_time": 987_654, "offered_timed": 1_234_567}),
        ("Calls | Resolved", "9 | 22%", {"contacts": 9}),
        ("Calls | Occupancy", "9 | 22%", {"contacts": 9}),
    ],
)  # fmt: skip
def test_a_percentage_gives_back_its_count(
    headers: str, lines: str, sums: dict[str, float]
) -> None:
    days = "\n".join(f"2023-04-{day} | {one}" for day, one in enumerate(lines.split(";"), 10))
    proposal = proposed(rows(f"Date | {headers} \n {days}"))
    assert Asks.SCALE not in {one.asks for one in proposal.questions}
    found = taken(f"Date | {headers} \n {days}")
    assert found.sums == sums
    assert found.remarks == []


@given(st.integers(0, 5_000), st.integers(0, 5_000), st.integers(0, 3))
def test_what_was_divided_and_shown_is_found_again(part: int, more: int, digits: int) -> None:
    whole = part + more
    if not whole:
        return
    shown = round(100 * part / whole, digits)
    found = part_of(round(shown * SCALE), whole * SCALE, digits)
    assert found is not None
    assert abs(found / SCALE - part) <= whole / 100 * 10**-digits
    if whole * 10**-digits < 100:
        assert found == part * SCALE


def test_of_another_count_the_column_is_left_out_and_said() -> None:
    lines = "\n".join(f"2023-04-{day} | {calls} | 76.28%" for day, calls in ((10, 217), (11, 209), (12, 110)))  # fmt: skip
    table = rows(f"Date | Calls | Service level \n {lines}")
    proposal = proposed(table)
    assert proposal.strange == ("Service level",)
    assert proposal.mapping.columns[2].use == NOTHING
    chosen = proposal.mapping.with_use(2, Use(Role.SERVICE_LEVEL))
    found = read(table, chosen)
    assert "in_time" not in found.sums
    assert {one.reason for one in found.remarks} == {Reason.NOT_OF_COUNT}


def test_one_line_that_does_not_fit_counts_without_it() -> None:
    lines = "\n".join(f"2023-04-{day} | 9 | 33.3%" for day in range(10, 25))
    found = taken(f"Date | Calls | Service level \n {lines} \n 2023-04-25 | 9 | 50.0%")
    assert [one.reason for one in found.remarks] == [Reason.NOT_OF_COUNT]
    assert (found.sums["in_time"], found.sums["offered_timed"]) == (45, 135)


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        ("Handled | Service level", "9 | 33%"),
        ("Handled | Abandon rate", "9 | 33%"),
        ("Calls | CSAT %", "9 | 33%"),
    ],
)
def test_without_the_count_it_is_left_out(headers: str, cells: str) -> None:
    table = rows(f"Date | {headers} \n 2023-04-10 | {cells}")
    mapping = proposed(table).mapping
    assert not mapping.columns[2].use
    role = {"S": Role.SERVICE_LEVEL, "A": Role.ABANDON_RATE, "C": Role.CSAT_SHARE}[table[0][2][0]]
    problem = Problem(Wrong.SHARE_WITHOUT_COUNT, 2)
    assert mapping.with_use(2, Use(role)).problems() == [problem]
