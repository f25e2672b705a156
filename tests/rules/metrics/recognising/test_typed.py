"""Answers that are typed as options: which question each is for, what it may say, and what is open still."""

from datetime import date

import pytest

from bot.errors import Refused
from bot.rules.metrics.importing.asking.questions import Asks
from bot.rules.metrics.importing.asking.typed import (
    Answers,
    Settled,
    answers,
    choices_of,
    name_of,
    settle,
)
from bot.rules.metrics.importing.files import Decided, Look
from tests.rules.metrics.lines import columns, proposed, rows

UNITS = "Id | Date | Talk time | Resolution time \n 1 | 2024-03-13 | 120 | 25 \n 2 | 2024-03-14 | 340 | 300"


def settled(text: str, said: Answers, *, is_remembered: bool = False, about: str = "") -> Settled:
    table = rows(text)
    first = tuple((number, tuple(cells)) for number, cells in enumerate(table[1:6], 2))
    look = Look(tuple(table[0]), tuple(columns(table)), first, len(table) - 1, about=about)
    decided = Decided(proposed(table).mapping, has_team=True, is_remembered=is_remembered)
    return settle(look, decided, said, has_earlier=False)


@pytest.mark.parametrize(
    ("typed", "taken", "left"),
    [
        ([], {}, {"unit:Talk time", "unit:Resolution time"}),
        (["unit=minutes"], {"minutes"}, set()),
        (["unit:Talk time=seconds"], {"seconds"}, {"unit"}),
        (["unit:talk TIME=seconds", "unit:Resolution time=hours"], {"seconds", "hours"}, set()),
        (["unit:Elsewhere=seconds"], {}, {"unit:Talk time", "unit:Resolution time"}),
        (["dates=day-first", "unit=hours"], {"hours"}, set()),
    ],
)
def test_an_answer_is_for_one_column_or_for_all(
    typed: list[str], taken: set[str], left: set[str]
) -> None:
    found = settled(UNITS, answers(typed, day=None, is_yes=False))
    mapping = found.decided.mapping
    assert {value for _question, value in found.taken} == set(taken)
    assert {name_of(one, mapping, found.left) for one in found.left} == left


def test_yes_takes_what_is_likeliest_and_nothing_where_nothing_is() -> None:
    found = settled(UNITS, answers(["unit:Talk time=minutes"], day=None, is_yes=True))
    assert [value for _question, value in found.taken] == ["minutes", "hours"]
    undated = "Agent | Calls \n Ann | 7"
    assert [one.asks for one in settled(undated, Answers(is_yes=True)).left] == [Asks.FILE_DAY]
    guessed = settled(undated, Answers(is_yes=True), about="2024-03-31")
    assert (guessed.left, guessed.decided.mapping.day) == ((), date(2024, 3, 31))


def test_a_day_of_its_own_and_a_day_that_is_typed_are_one_too_many() -> None:
    undated = "Agent | Calls \n Ann | 7"
    assert settled(undated, Answers(day=date(2024, 3, 31))).left == ()
    with pytest.raises(Refused) as refused:
        settled("Date | Calls \n 2024-03-13 | 7", Answers(day=date(2024, 3, 31)))
    assert "--date" in refused.value.message


def test_which_column_is_the_day_is_said_by_its_header() -> None:
    text = "First thing | Second = thing | Answered \n 2023-04-13 | 2023-04-14 | Y"
    [question] = settled(text, Answers()).left
    typed = choices_of(question, proposed(rows(text)).mapping)
    assert typed == {"0": "First thing", "1": "Second = thing", "none": "none"}
    found = settled(text, answers(["day=Second = thing"], day=None, is_yes=False))
    assert (found.left, found.decided.mapping.problems()) == ((), [])
    none = settled(text, answers(["day=none"], day=date(2024, 3, 31), is_yes=False))
    assert (none.left, none.decided.mapping.problems()) == ((), [])


@pytest.mark.parametrize("typed", ["colour=red", "unit", "unit=parsecs", "=seconds"])
def test_what_is_no_answer_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        settled(UNITS, answers([typed], day=None, is_yes=False))


def test_what_was_said_of_an_earlier_file_is_not_asked_again_but_for_the_day() -> None:
    assert settled(UNITS, Answers(), is_remembered=True).left == ()
    undated = settled("Agent | Calls \n Ann | 7", Answers(), is_remembered=True, about="2024-03-31")
    assert [one.asks for one in undated.left] == [Asks.FILE_DAY]
