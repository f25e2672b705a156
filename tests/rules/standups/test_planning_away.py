"""Whoever is away, or not to be disturbed, is asked when they are back, or not at all."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.rules.shifts import Span
from bot.rules.standups import Moment
from tests.rules.standups.floors import (
    ANNA,
    BEN,
    asked,
    at,
    floor,
    planned,
    shifts,
    standup,
)

MONDAY = Span(at(2), at(3))

AWAY = [
    # from, until, asked at; None is not at all
    (at(2, 8), at(2, 9), at(2, 9)),  # back in time
    (at(2, 8), at(2, 9, 1), at(2, 9, 1)),
    (at(2, 9), at(2, 10, 59), at(2, 10, 59)),
    (at(2, 9), at(2, 11), None),
    (at(2, 0), at(3, 0), None),
    (at(2, 9, 1), at(2, 12), at(2, 9)),  # they go after they were asked
    (at(2, 11), at(2, 12), at(2, 9)),
]


@pytest.mark.parametrize(("start", "end", "expected"), AWAY)
@pytest.mark.parametrize("kind", ["away", "statuses", "quiet"])
def test_who_is_away_is_asked_when_they_are_back(
    kind: str, start: datetime, end: datetime, expected: datetime | None
) -> None:
    busy = {ANNA: [Span(start, end)]}
    on = replace(
        floor(ANNA, BEN),
        away=busy if kind == "away" else {},
        statuses=busy if kind == "statuses" else {},
        quiet=busy if kind == "quiet" else {},
    )
    [found] = planned(standup(), on, MONDAY)
    [anna] = [ask for ask in found.asks if ask.person_id == ANNA]
    assert anna.until == at(2, 11)
    assert (None if anna.is_away else anna.at) == expected
    assert found.opens_at == at(2, 9)  # whoever is there
    assert (ANNA in found.away) is (expected is None)


def test_what_the_standup_does_not_heed_keeps_nobody_from_being_asked() -> None:
    busy = {ANNA: [Span(at(2, 8), at(2, 12))]}
    one = standup()
    assert planned(replace(one, heeds_status=False), floor(statuses=busy), MONDAY)
    assert planned(replace(one, heeds_dnd=False), floor(quiet=busy), MONDAY)
    deaf = replace(one, heeds_status=False, heeds_dnd=False)
    assert not planned(deaf, floor(away=busy), MONDAY)


def test_one_reason_after_the_other_is_one_absence() -> None:
    on = floor(
        away={ANNA: [Span(at(2, 8), at(2, 9, 30))]},
        statuses={ANNA: [Span(at(2, 9, 15), at(2, 10))]},
        quiet={ANNA: [Span(at(2, 10), at(2, 10, 45))]},
    )
    assert asked(planned(standup(), on, MONDAY)) == [(ANNA, at(2, 10, 45))]


def test_a_round_in_which_nobody_is_there_is_none() -> None:
    on = floor(away={ANNA: [Span(at(2), at(3))]})
    assert [one.day.day for one in planned(standup(), on, Span(at(2), at(4)))] == [3]


def test_away_or_not_the_round_is_the_same_one() -> None:
    duty = {ANNA: shifts((at(2, 6), 8)), BEN: shifts((at(2, 7), 8))}
    on = floor(*duty, duties=duty)
    [there] = planned(standup(Moment.SHIFT), on, MONDAY)
    [gone] = planned(standup(Moment.SHIFT), replace(on, away={ANNA: [Span(at(2), at(3))]}), MONDAY)
    assert (there.key, there.opens_at) == (gone.key, gone.opens_at)
    assert (gone.people, gone.away) == ((BEN,), (ANNA,))
