"""What a line says of its number: target, before, chance, catches, data that ends early; and who is in which order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.rules.metrics.comparison.comparing import Against, Held
from bot.rules.metrics.comparison.guards import Trend, Verdict
from bot.rules.metrics.comparison.lines import Asked, Line, alone, line, ranked
from bot.rules.metrics.definition.registry import BY_KEY, METRICS
from bot.rules.metrics.definition.values import Value
from bot.rules.metrics.digest.cadences import Cadence, period_of
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.facts import SCALE
from bot.rules.metrics.store.histograms import Histogram
from bot.rules.metrics.store.parts import PARTS, Way
from bot.rules.metrics.store.slices import Row

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
WEEK = 7 * DAY


def row(day: date, **sums: float) -> Row:
    return Row(day, "t", "", Bundle(1, {key: int(one * SCALE) for key, one in sums.items()}))


def asked(cadence: Cadence = Cadence.WEEKLY, day: date = MONDAY) -> Asked:
    return Asked(period_of(cadence, day), cadence, 10, BY_KEY)


def test_a_line_judges_and_compares() -> None:
    held = Held.of(
        row(MONDAY - ago * WEEK, ratings_good=good, ratings=all_)
        for ago, (good, all_) in enumerate([(80, 100), (90, 100), (5, 9)])
    )
    found = line(BY_KEY["csat"], held, asked(), target=75, note="New survey")
    assert (found.value.amount, found.verdict, found.is_few) == (80, Verdict.MET, False)
    assert [(one.against, one.trend) for one in found.compared] == [
        (Against.WEEK_BEFORE, Trend.WORSE),
        (Against.FOUR_WEEKS, Trend.CHANCE),
    ]
    assert (found.note, found.chance, found.last_day) == ("New survey", None, None)


def test_too_few_are_not_judged() -> None:
    held = Held.of(
        [row(MONDAY, ratings_good=8, ratings=9), row(MONDAY - WEEK, ratings_good=5, ratings=50)]
    )
    found = line(BY_KEY["csat"], held, asked(), target=75)
    assert (found.is_few, found.verdict) == (True, Verdict.OPEN)
    assert {one.trend for one in found.compared} == {Trend.UNKNOWN}


def test_what_is_not_known_before_is_not_compared() -> None:
    found = line(BY_KEY["csat"], Held.of([row(MONDAY, ratings_good=8, ratings=10)]), asked())
    assert found.compared == ()
    assert found.chance is not None


@pytest.mark.parametrize("key", [one.key for one in METRICS if not one.is_running])
def test_alone_it_is_the_line_of_which_nothing_is_known_before(key: str) -> None:
    """Of hundreds of people the short way is gone: it says the same, of any metric, with much, with little and with nothing."""
    parts = {one.key for one in PARTS if one.way is Way.SUM}
    for amount in (0, 1, 9, 5000):
        sums = dict.fromkeys(parts, amount * SCALE)
        held = Bundle(amount, sums, {"wait": Histogram({amount: 1})} if amount else {})
        whole = Held.of([Row(MONDAY, "t", "", held)])
        assert alone(BY_KEY[key], held, 10) == line(BY_KEY[key], whole, asked())
    assert alone(BY_KEY[key], Bundle(), 10) == line(BY_KEY[key], Held({}), asked())


def test_without_data_there_is_no_old_number() -> None:
    held = Held.of([row(MONDAY - WEEK, ratings_good=8, ratings=10)])
    found = line(BY_KEY["csat"], held, asked(), target=80)
    assert (found.is_known, found.compared, found.verdict) == (False, (), Verdict.NONE)


@pytest.mark.parametrize("cadence", Cadence)
def test_shorter_calls_that_bring_people_back_have_a_catch(cadence: Cadence) -> None:
    back = {Cadence.DAILY: WEEK, Cadence.WEEKLY: WEEK}.get(cadence, 92 * DAY)
    if cadence is Cadence.MONTHLY:
        back = 28 * DAY
    held = Held.of([
        row(MONDAY, talk_seconds=20_000, handled=100, reopened=90, resolved=1000),
        row(MONDAY - back, talk_seconds=22_500, handled=100, reopened=50, resolved=1000),
    ])  # fmt: skip
    [catch] = line(BY_KEY["aht"], held, asked(cadence), target=210).catches
    assert (catch.metric, catch.other) == ("aht", "reopen")
    assert line(BY_KEY["reopen"], held, asked(cadence)).catches == ()


def test_what_may_be_chance_has_no_catch() -> None:
    """9 of 100 that came back, after 5 of 100: nobody should be asked about that."""
    held = Held.of([
        row(MONDAY, talk_seconds=20_000, handled=100, reopened=9, resolved=100),
        row(MONDAY - WEEK, talk_seconds=22_500, handled=100, reopened=5, resolved=100),
    ])  # fmt: skip
    assert line(BY_KEY["aht"], held, asked()).catches == ()


@pytest.mark.parametrize(("answers", "is_caught"), [(40, False), (30, False), (20, True)])
def test_as_many_answers_as_in_any_week_before_have_no_catch(answers: int, is_caught: bool) -> None:
    """Four weeks have four times the answers of one, which is no fall."""
    before = [row(MONDAY - ago * WEEK, ratings_good=20, ratings=40) for ago in range(1, 5)]
    held = Held.of([row(MONDAY, ratings_good=answers, ratings=answers), *before])
    assert bool(line(BY_KEY["csat"], held, asked()).catches) == is_caught


def test_too_few_have_no_catch() -> None:
    held = Held.of([
        row(MONDAY, talk_seconds=20_000, handled=100, reopened=3, resolved=9),
        row(MONDAY - WEEK, talk_seconds=22_500, handled=100, reopened=50, resolved=1000),
    ])  # fmt: skip
    assert line(BY_KEY["aht"], held, asked()).catches == ()


def test_fewer_gave_up_because_fewer_came() -> None:
    held = Held.of([
        row(MONDAY, contacts=500, queued=500, abandoned=20),
        row(MONDAY - WEEK, contacts=1000, queued=1000, abandoned=100),
    ])  # fmt: skip
    [catch] = line(BY_KEY["abandonment"], held, asked()).catches
    assert catch.other == "contacts"


@pytest.mark.parametrize(
    ("cadence", "last", "last_before", "expected"),
    [
        # By how many days data ends before the period does, now and before.
        (Cadence.WEEKLY, 4, 2, True),
        (Cadence.WEEKLY, 2, 2, False),
        (Cadence.WEEKLY, 0, 2, False),
        (Cadence.MONTHLY, 3, 0, False),
        (Cadence.MONTHLY, 4, 0, True),
        (Cadence.DAILY, 0, 0, False),
    ],
)
def test_data_that_ends_earlier_than_usual(
    cadence: Cadence, last: int, last_before: int, *, expected: bool
) -> None:
    """A team that never works at weekends has whole weeks."""
    period = period_of(cadence, MONDAY)
    earlier = period_of(cadence, period.first - DAY)
    newest = period.last - last * DAY
    held = Held.of([
        row(newest, ratings_good=80, ratings=100),
        row(earlier.last - last_before * DAY, ratings_good=80, ratings=100),
    ])  # fmt: skip
    found = line(BY_KEY["csat"], held, asked(cadence))
    assert found.last_day == (newest if expected else None)


def test_in_order_are_only_those_with_enough() -> None:
    csat = Line(BY_KEY["csat"], Value(80, 10))
    lines = {
        "a": csat,
        "b": replace(csat, value=Value(90, 10)),
        "c": replace(csat, value=Value(100, 2), is_few=True),
        "d": replace(csat, value=Value()),
    }
    assert ranked(lines) == ["b", "a"]
    shorter = {who: replace(one, metric=BY_KEY["aht"]) for who, one in lines.items()}
    assert ranked(shorter) == ["a", "b"]


@pytest.mark.parametrize(
    ("key", "now", "then", "expected"),
    [
        ("csat", "ab", "ab", ()),
        ("csat", "a", "ab", ("b",)),
        ("csat", "ab", "a", ()),
        ("csat", "", "ab", ()),  # then there is no number at all
        ("qa", "a", "ab", ()),
    ],
)
def test_a_sum_that_lacks_a_team_says_so(
    key: str, now: str, then: str, expected: tuple[str, ...]
) -> None:
    rows = [
        replace(row(day, ratings_good=80, ratings=100), team_id=team)
        for day, teams in ((MONDAY, now), (MONDAY - WEEK, then))
        for team in teams
    ]
    assert line(BY_KEY[key], Held.of(rows), asked()).missing == expected
