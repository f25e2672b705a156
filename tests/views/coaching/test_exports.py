"""The form of the Excel file: what it holds at first, and what it remembers of what was ticked."""

from datetime import date
from typing import Any

import pytest

from bot.rules.reports import Choice
from bot.rules.reports.choices import EVERYTHING
from bot.text import Text, languages
from bot.views.coaching import exports
from bot.views.coaching.columns import COMMITMENTS
from bot.views.kudos import exports as kudos
from bot.views.reports import formats
from sandbox.block_kit import check
from tests.casebook import OTHER_TEAM, TEAM

TODAY = date(2026, 3, 2)


def held(choice: Choice) -> dict[str, Any]:
    """What the form would send if nobody touched it."""
    found: dict[str, Any] = {}
    for block in exports.form(choice, TODAY, Text())["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            ticked = element.get("initial_options")
            one = element.get("initial_option")
            found[block["block_id"]] = (
                [option["value"] for option in ticked] if ticked else one and one["value"]
            )
    return found


@pytest.mark.parametrize(
    "choice",
    [
        EVERYTHING,
        Choice(kinds=("praise",), states=("shared", "closed"), is_1904=True),
        Choice(no_sheets=(COMMITMENTS,), without=("coach", "impact", "due")),
    ],
)
def test_what_was_chosen_is_ticked_the_next_time(choice: Choice) -> None:
    known = tuple(one for one in choice.without if one != "due")  # which is always in the file
    assert exports.chosen(held(choice)) == Choice(
        choice.people, choice.kinds, choice.states, choice.no_sheets, known, choice.is_1904
    )


@pytest.mark.parametrize("language", languages())
def test_the_forms_are_whole_in_every_language(language: str) -> None:
    t = Text(language)
    assert check.view(exports.form(EVERYTHING, TODAY, t), "modal") == []
    assert check.view(kudos.form([TEAM, OTHER_TEAM], TODAY, t), "modal") == []
    assert "teams" not in str(
        [one.get("block_id") for one in kudos.form([TEAM], TODAY, t)["blocks"]]
    )


def test_nothing_ticked_leaves_out_all_that_can_be() -> None:
    choice = exports.chosen({"people": ["U2", "U1", "U2"], "sheets": []})
    assert choice.people == ("U1", "U2")
    assert len(choice.no_sheets) == 3
    assert {"coach", "goal", "amendments", "words"} <= set(choice.without)
    assert not {"agent", "date", "state", "promise_state"} & set(choice.without)


@pytest.mark.parametrize(
    ("locale", "day", "moment"),
    [
        ("en-US", "m/d/yyyy", "m/d/yyyy h:mm AM/PM"),
        ("en-GB", "dd/mm/yyyy", "dd/mm/yyyy hh:mm"),
        ("de-DE", "d.m.yyyy", "d.m.yyyy hh:mm"),
        ("el-GR", "d/m/yyyy", "d/m/yyyy h:mm AM/PM"),
        ("ko-KR", "yyyy. m. d.", "yyyy. m. d. h:mm AM/PM"),
        ("bg-BG", 'd.mm.yyyy "г".', 'd.mm.yyyy "г". hh:mm'),
        ("xx-XX", "m/d/yyyy", "m/d/yyyy h:mm AM/PM"),
    ],
)
def test_days_in_excels_letters(locale: str, day: str, moment: str) -> None:
    assert (formats.day(Text(locale)), formats.moment(Text(locale))) == (day, moment)
