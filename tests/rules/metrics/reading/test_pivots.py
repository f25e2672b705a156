"""Pivots and reports: a name that stands once and is left out below, and lines that add up those above."""

import pytest

from bot.rules.metrics.importing.asking.asking import asked_of
from bot.rules.metrics.importing.asking.questions import Asks, FillChoice, Question, answer
from bot.rules.metrics.importing.files import Look
from bot.rules.metrics.importing.mapping import Mapping
from bot.rules.metrics.importing.reading.rejecting import Why
from tests.rules.metrics.lines import Rows, columns, proposed, read, rows

PIVOT = """
Agent | Date | Calls
Ann | 2024-03-01 | 7
 | 2024-03-02 | 8
 | 2024-03-03 | 9
Ann Total | | 24
Bo | 2024-03-01 | 1
 | 2024-03-02 | 2
Total for Bo | | 3
Grand Total | | 27
"""


def asked(text: str) -> tuple[Rows, Mapping, list[Question]]:
    table = rows(text)
    mapping = proposed(table).mapping
    first = tuple((number, tuple(cells)) for number, cells in enumerate(table[1:6], 2))
    look = Look(tuple(table[0]), tuple(columns(table)), first, len(table) - 1)
    return table, mapping, [one for one in asked_of(look, mapping) if one.asks is Asks.FILL]


def test_what_an_empty_cell_below_a_name_means_is_asked() -> None:
    table, mapping, [question] = asked(PIVOT)
    assert (question.places, question.likely) == ((0,), FillChoice.DOWN)
    left = read(table, answer(mapping, question, FillChoice.LEAVE))
    assert [one.person for one in left.facts] == ["Ann", "", "", "Bo", ""]
    filled = read(table, answer(mapping, question, FillChoice.DOWN))
    assert [one.person for one in filled.facts] == ["Ann", "Ann", "Ann", "Bo", "Bo"]
    assert [one.why for one in filled.left] == [Why.TOTAL] * 3
    assert filled.sums["contacts"] == left.sums["contacts"] == 27
    mapping = answer(mapping, question, FillChoice.DOWN)
    assert Mapping.unpack(mapping.packed()) == mapping


def test_a_day_that_stands_once_goes_on_below() -> None:
    text = "Date | Agent | Calls \n 2024-03-01 | Ann | 7 \n | Bo | 8 \n 2024-03-02 | Ann | 9 \n | Bo | 1"
    table, mapping, [question] = asked(text)
    found = read(table, answer(mapping, question, FillChoice.DOWN))
    assert [one.day.day for one in found.facts] == [1, 1, 2, 2]
    assert len(read(table, mapping).rejects) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Agent | Date | Calls \n Ann | 2024-03-01 | 7 \n Bo | 2024-03-01 | 8 \n Cleo | 2024-03-01 | 8 \n | 2024-03-01 | 1",
        "Agent | Date | Calls \n | 2024-03-01 | 7 \n Bo | 2024-03-01 | 8 \n | 2024-03-01 | 8 \n Cy | 2024-03-01 | 1",
        "Agent | Date | Calls \n Ann | 2024-03-01 | 7 \n | 2024-03-01 | 8 \n Ann | 2024-03-02 | 8 \n | 2024-03-02 | 1",
        "Id | Agent | Date | Answered \n 1 | Ann | 2024-03-01 | Y \n 2 | | 2024-03-01 | Y \n 3 | Bo | 2024-03-02 | Y",
    ],
    ids=["few are empty", "the first is empty", "names come again", "each line is one contact"],
)  # fmt: skip
def test_empty_cells_that_look_like_no_pivot_are_empty(text: str) -> None:
    assert asked(text)[2] == []


def test_only_lines_that_add_up_a_name_above_are_totals() -> None:
    text = "Topic | Date | Calls \n Order total | 2024-03-01 | 7 \n Order | 2024-03-01 | 8 \n Order Total | | 15"
    found = read(rows(text), proposed(rows(text)).mapping)
    assert [one.topic for one in found.facts] == ["Order total", "Order"]
    assert [one.why for one in found.left] == [Why.TOTAL]
