"""Whose day it is: only who wants it told, in whole years, in one team."""

from datetime import date

import pytest

from bot.rules.kudos import Taste
from bot.rules.kudos.anniversaries import told_in, years_on
from bot.rules.teams import Team
from tests.cast import WORKSPACE


def taste(started: date | None, *, celebrates: bool = True) -> Taste:
    return Taste(WORKSPACE, "u1", started_on=started, celebrates=celebrates)


@pytest.mark.parametrize(
    ("started", "day", "years"),
    [
        (date(2023, 3, 6), date(2026, 3, 6), 3),
        (date(2023, 3, 6), date(2026, 3, 5), 0),
        (date(2023, 3, 6), date(2026, 3, 7), 0),
        (date(2026, 3, 6), date(2026, 3, 6), 0),
        (date(2027, 3, 6), date(2026, 3, 6), -1),
        (date(2024, 2, 29), date(2026, 2, 28), 2),
        (date(2024, 2, 29), date(2026, 3, 1), 0),
        (date(2024, 2, 29), date(2028, 2, 29), 4),
        (date(2024, 2, 29), date(2028, 2, 28), 0),
        (None, date(2026, 3, 6), 0),
    ],
)
def test_years(started: date | None, day: date, years: int) -> None:
    assert years_on(taste(started), day) == max(0, years)


def test_who_does_not_want_it_told_has_no_day() -> None:
    assert years_on(taste(date(2023, 3, 6), celebrates=False), date(2026, 3, 6)) == 0


def test_one_of_several_teams_hears_of_it() -> None:
    first, second = Team(WORKSPACE, "b", "alpha"), Team(WORKSPACE, "a", "Beta", team_channel="C1")
    third = Team(WORKSPACE, "c", "Gamma", team_channel="C2")
    assert told_in([third, first, second]) == "a"
    assert told_in([first]) == ""
