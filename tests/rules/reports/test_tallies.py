"""The numbers of a period: what counts, and that neither the order of the cases nor how they are split changes them."""

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.escalations import Decision, Solvable
from bot.rules.reports import Clock, Given, Life, Period, Share, Tally, spending
from bot.rules.reports.budgets import Spent
from tests.casebook import DRAFT, OTHER_TEAM, TEAM
from tests.cast import BILLING
from tests.rules.reports.stories import REFUND, Story, at

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
TODAY = Period(date(2026, 3, 2), date(2026, 3, 2))
DAY = 24 * 60
MONTH = date(2026, 3, 1)


def tally_of(*lives: Life, period: Period = MARCH) -> Tally:
    found = Tally()
    for life in lives:
        found.count(life, TEAM, period)
    return found


def test_each_case_is_counted_once_and_each_wait_by_itself() -> None:
    story = Story().give_back(5).resubmit(10).give_back(15).resubmit(20).claim(30)
    story = story.resolve(40).reopen(50).claim(60).resolve(70).reopen(80)
    whole = tally_of(story.life()).whole
    assert (whole.raised, whole.bounced, whole.resolved, whole.reopened) == (1, 1, 1, 1)
    assert whole.claims == {10: 2}
    assert whole.solutions == {40: 1, 20: 1}
    assert whole.reopening == Share(1, 1)
    assert whole.attainment(Clock.CLAIM) == Share(2, 3)


def test_only_what_happened_in_the_period_counts() -> None:
    life = Story().claim(10).resolve(2 * DAY).reopen(3 * DAY).claim(3 * DAY + 5).life()
    first = tally_of(life, period=TODAY).whole
    assert (first.raised, first.resolved, first.reopened) == (1, 0, 0)
    assert first.claims == {10: 1}
    then = Period(date(2026, 3, 3), date(2026, 3, 31))
    rest = tally_of(life, period=then).whole
    assert (rest.raised, rest.resolved, rest.reopened) == (0, 1, 1)
    assert rest.claims == {5: 1}


def test_periods_that_follow_each_other_add_up_to_the_whole() -> None:
    lives = [Story().claim(n * 300).resolve(n * 700).life(3 * DAY) for n in range(1, 20)]
    first, then = Period(MONTH, date(2026, 3, 3)), Period(date(2026, 3, 4), MARCH.last)
    parts = tally_of(*lives, period=first).whole
    parts.add(tally_of(*lives, period=then).whole)
    assert parts == tally_of(*lives).whole


def test_the_kept_check_value_of_reopened_cases() -> None:
    """Reopened 25 of 360 = 6.94 %."""
    plain, again = Story().claim(1).resolve(2), Story().claim(1).resolve(2).reopen(3)
    found = tally_of(*[plain.life()] * 335, *[again.life()] * 25).whole.reopening
    assert found == Share(25, 360)
    assert round(found.percent, 2) == 6.94


def test_groups_are_by_severity_and_category() -> None:
    low = replace(DRAFT, severity="low", category="delivery")
    found = tally_of(Story().life(), Story(draft=low).life(), Story(draft=low).life())
    assert {one: figures.raised for one, figures in found.by_severity.items()} == {
        "high": 1,
        "low": 2,
    }
    assert {one: figures.raised for one, figures in found.by_category.items()} == {
        "billing": 1,
        "delivery": 2,
    }


def test_concessions_are_counted_by_whole_months_and_currency() -> None:
    pounds = replace(REFUND, currency="GBP", amount_minor=100)
    nothing = replace(REFUND, decision=Decision.EXPLANATION, amount_minor=None, currency="")
    april = 31 * DAY
    found = tally_of(
        Story().claim(1).resolve(2).life(),
        Story().claim(1).resolve(5 * DAY).life(),
        Story().claim(1).resolve(2, pounds).life(),
        Story().claim(1).resolve(2, nothing).life(),
        Story().claim(1).resolve(april).life(60 * DAY),
        period=TODAY,
    )
    assert found.whole.resolved == 3
    assert found.sums == {Given(BILLING, MONTH, "EUR"): 5000, Given(BILLING, MONTH, "GBP"): 100}
    assert found.given == {Given(BILLING, MONTH, "EUR"): 2, Given(BILLING, MONTH, "GBP"): 1}


def test_what_was_given_before_a_case_was_reopened_was_given() -> None:
    story = Story().claim(1).resolve(2).reopen(3).claim(4).resolve(5)
    assert tally_of(story.life()).sums == {Given(BILLING, MONTH, "EUR"): 5000}


def test_only_the_budgets_currency_counts_against_it() -> None:
    team = replace(TEAM, budget_minor=4000, budget_currency="EUR")
    pounds = replace(REFUND, currency="GBP", amount_minor=100)
    stories = [Story().claim(1).resolve(2, one) for one in (REFUND, REFUND, pounds)]
    found = tally_of(*[one.life() for one in stories])
    spent = spending(found, [team, OTHER_TEAM], MARCH)
    assert spent == [
        Spent(team, MONTH, "EUR", 2, 5000, 4000),
        Spent(team, MONTH, "GBP", 1, 100, None),
    ]
    assert [one.is_over for one in spent] == [True, False]


def test_a_month_without_concessions_is_shown_where_there_is_a_budget() -> None:
    team = replace(TEAM, budget_minor=4000, budget_currency="EUR")
    quarter = Period(MONTH, date(2026, 4, 2))
    assert [(one.month.month, one.minor) for one in spending(Tally(), [team], quarter)] == [
        (3, 0),
        (4, 0),
    ]
    assert spending(Tally(), [TEAM], quarter) == []


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Some of the ways a case can go, at times on both sides of the period's ends."""
    severity = draw(st.sampled_from(["critical", "high", "low"]))
    solvable = draw(st.sampled_from(Solvable))
    draft = replace(DRAFT, severity=severity, promise_by=draw(st.sampled_from([None, at(200)])))
    outcome = replace(REFUND, solvable=solvable, amount_minor=draw(st.integers(1, 9999)))
    begin = at(draw(st.integers(-3 * DAY, 30 * DAY)))
    story, minutes = Story(draft=draft, begin=begin), 0
    for step in draw(st.lists(st.integers(0, 3 * DAY), max_size=6)):
        minutes += step
        match story.case.state:
            case "open" if step % 3:
                story.claim(minutes)
            case "open":
                story.give_back(minutes)
            case "claimed":
                story.resolve(minutes, outcome)
            case "returned":
                story.resubmit(minutes, tried=str(step))
            case "resolved":
                story.reopen(minutes)
    return story.life(minutes + draw(st.integers(0, 40 * DAY)))


@settings(max_examples=40)
@given(st.lists(lives(), max_size=12), st.randoms(), st.integers(0, 12))
def test_neither_order_nor_split_changes_a_number(
    found: list[Life], chance: Random, cut: int
) -> None:
    whole = tally_of(*found)
    shuffled = list(found)
    chance.shuffle(shuffled)
    parts = tally_of(*shuffled[:cut])
    parts.add(tally_of(*shuffled[cut:]))
    assert parts == whole


@settings(max_examples=40)
@given(st.lists(lives(), max_size=12))
def test_groups_add_up_and_no_share_is_more_than_all(found: list[Life]) -> None:
    tally = tally_of(*found)
    for groups in (tally.by_severity, tally.by_category):
        assert sum(one.raised for one in groups.values()) == tally.whole.raised
        assert sum(one.claims.total() for one in groups.values()) == tally.whole.claims.total()
    for clock in Clock:
        share = tally.whole.attainment(clock)
        assert 0 <= share.part <= share.whole
    assert tally.whole.bounced <= tally.whole.raised
    assert sum(tally.given.values()) >= sum(1 for one in tally.sums.values() if one)
