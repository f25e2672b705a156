"""The ends that are planned: inside the time, with a word before, and none for somebody who works on elsewhere."""

from datetime import datetime, timedelta

from bot.rules.shifts import Span
from bot.rules.shifts.ends import ends, remind_at, works
from tests.cast import BEN, BOB, NOON


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def span(start: float, end: float) -> Span:
    return Span(at(start), at(end))


def test_ends_inside_the_time_and_none_twice() -> None:
    found = {BOB.id: [span(-8, 0), span(1, 5), span(20, 30)], BEN.id: [span(2, 6)]}
    first = list(ends(found, span(0, 5)))
    second = list(ends(found, span(5, 24)))
    assert first == [(BOB.id, span(1, 5))]
    assert second == [(BEN.id, span(2, 6))]


def test_the_word_comes_a_quarter_of_an_hour_before_the_end() -> None:
    assert remind_at(span(0, 8)) == at(7.75)
    assert remind_at(span(0, 0.1)) == at(0)


def test_who_goes_on_in_another_team_does_not_stop() -> None:
    billing, shipping = {BOB.id: [span(0, 4)]}, {BOB.id: [span(4, 8)], BEN.id: [span(0, 1)]}
    assert works([billing, shipping], BOB.id) == [span(0, 8)]
    assert works([billing], BEN.id) == []
