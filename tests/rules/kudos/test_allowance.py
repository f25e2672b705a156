"""How often one may thank: a truth table over midnights, weeks, zones and the nights when clocks change."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.kudos import KudosSettings, Spent
from bot.rules.kudos.allowance import left_today, problem, week_begins
from tests.cast import BILLING, SHIPPING, WORKSPACE

BERLIN, HONOLULU, KIRITIMATI = "Europe/Berlin", "Pacific/Honolulu", "Pacific/Kiritimati"


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def settings(team_id: str = BILLING, per_day: int = 2, per_pair: int = 2) -> KudosSettings:
    return KudosSettings(WORKSPACE, team_id, per_day=per_day, per_pair=per_pair)


def why(spent: list[Spent], now: datetime, zone: str, *receivers: str, **values: int) -> str:
    wanted = dict.fromkeys(receivers or ("U1",), settings(BILLING, **values))
    names = {"U1": "Anna"}
    return str(problem(wanted, spent, zone, names=names, now=now) or "")


WEEKS = [
    # now, zone, when its week began
    (at(2026, 3, 2, 12), BERLIN, at(2026, 3, 1, 23)),
    (at(2026, 3, 1, 22, 59), BERLIN, at(2026, 2, 22, 23)),  # still Sunday there
    (at(2026, 3, 1, 23), BERLIN, at(2026, 3, 1, 23)),
    (
        at(2026, 3, 29, 12),
        BERLIN,
        at(2026, 3, 22, 23),
    ),  # the night before had no hour from two to three
    (at(2026, 3, 30, 12), BERLIN, at(2026, 3, 29, 22)),
    (at(2026, 10, 25, 12), BERLIN, at(2026, 10, 18, 22)),  # this one had it twice
    (at(2026, 10, 26, 12), BERLIN, at(2026, 10, 25, 23)),
    (at(2026, 3, 2, 9), HONOLULU, at(2026, 2, 23, 10)),
    (at(2026, 3, 2, 10), HONOLULU, at(2026, 3, 2, 10)),
    (at(2026, 3, 1, 9, 59), KIRITIMATI, at(2026, 2, 22, 10)),
    (at(2026, 3, 1, 10), KIRITIMATI, at(2026, 3, 1, 10)),
]


@pytest.mark.parametrize(("now", "zone", "begins"), WEEKS)
def test_a_week_begins_on_the_givers_monday(now: datetime, zone: str, begins: datetime) -> None:
    assert week_begins(now, zone) == begins


DAYS = [
    # given, now, zone, how many of 2 are left
    (at(2026, 3, 2, 12), at(2026, 3, 2, 22, 59), BERLIN, 1),
    (at(2026, 3, 2, 12), at(2026, 3, 2, 23), BERLIN, 2),
    (at(2026, 3, 1, 22, 59), at(2026, 3, 1, 23, 1), BERLIN, 2),
    (at(2026, 3, 1, 23), at(2026, 3, 1, 23, 1), BERLIN, 1),
    (at(2026, 3, 2, 9, 59), at(2026, 3, 2, 10, 1), HONOLULU, 2),
    (at(2026, 3, 2, 10, 0), at(2026, 3, 3, 9, 59), HONOLULU, 1),
    (at(2026, 3, 28, 23), at(2026, 3, 29, 21, 59), BERLIN, 1),  # a day of 23 hours
    (at(2026, 3, 28, 23), at(2026, 3, 29, 22), BERLIN, 2),
    (at(2026, 10, 24, 22), at(2026, 10, 25, 22, 59), BERLIN, 1),  # a day of 25
    (at(2026, 10, 24, 22), at(2026, 10, 25, 23), BERLIN, 2),
]


@pytest.mark.parametrize(("given", "now", "zone", "left"), DAYS)
def test_a_day_is_the_givers(given: datetime, now: datetime, zone: str, left: int) -> None:
    assert left_today(2, [Spent("U2", given)], zone, now=now) == left


NOW = at(2026, 3, 4, 12)


def test_each_receiver_counts() -> None:
    assert why([], NOW, BERLIN, "U1", "U2") == ""
    assert "2 thanks a day, and you have 2 left" in why([], NOW, BERLIN, "U1", "U2", "U3")
    spent = [Spent("U5", NOW)]
    assert why(spent, NOW, BERLIN, "U1") == ""
    assert "you have 1 left" in why(spent, NOW, BERLIN, "U1", "U2")
    assert "From midnight on" in why([*spent, *spent], NOW, BERLIN, "U1")


def test_the_same_person_only_so_often_a_week() -> None:
    monday, sunday = at(2026, 3, 1, 23), at(2026, 3, 1, 22, 59)
    assert why([Spent("U1", monday)], NOW, BERLIN) == ""
    assert "thanked Anna as often this week as their team allows (2). From Monday on" in why(
        [Spent("U1", monday), Spent("U1", monday)], NOW, BERLIN
    )
    assert why([Spent("U1", monday), Spent("U1", sunday)], NOW, BERLIN) == ""
    assert why([Spent("U2", monday), Spent("U1", monday)], NOW, BERLIN) == ""
    assert "Anna" in why([Spent("U1", monday)], NOW, BERLIN, "U2", "U1", per_pair=1)


def test_the_strictest_team_has_its_way() -> None:
    wanted = {"U1": settings(per_day=5), "U2": settings(SHIPPING, per_day=1)}
    assert "1 thanks a day" in str(problem(wanted, [], BERLIN, names={}, now=NOW))
    had = [Spent("U3", NOW - timedelta(hours=1))]
    assert problem({"U1": settings(per_day=5)}, had, BERLIN, names={}, now=NOW) is None
    assert problem({"U2": settings(SHIPPING, per_day=1)}, had, BERLIN, names={}, now=NOW)
