"""Screens of numbers fit into messages and modals, however many there are, and nothing that a source calls somebody gets through."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules.metrics.comparison.charts import Point, Series
from bot.rules.metrics.comparison.guards import Trend
from bot.rules.metrics.comparison.lines import Line
from bot.rules.metrics.definition.registry import BY_KEY, METRICS
from bot.rules.metrics.definition.values import Value
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.look.looked import (
    Apart,
    Member,
    Members,
    Overview,
    Standing,
    in_order,
    places,
)
from bot.rules.metrics.look.looks import Field, Look, Versus, View
from bot.rules.metrics.look.named import Named, Names
from bot.rules.metrics.look.settings import MetricSettings
from bot.rules.metrics.store.slices import CHANNEL, HOUR, PERSON, label
from bot.rules.reports.periods import Period
from bot.text import Text
from bot.views.metrics import apart, ids
from bot.views.metrics.names import carried, move_form, names
from bot.views.metrics.overview import overview
from bot.views.metrics.screens import Screen, as_modal
from sandbox.block_kit import check
from tests.casebook import TEAM
from tests.cast import ALICE, BILLING, BOB, NOON, WORKSPACE
from tests.services.metrics.store import FIRST
from tests.views.drawn import mrkdwn_of

T = Text("en-US", "Europe/Berlin")
GREEK = Text("el-GR", "Europe/Athens")
UKRAINIAN = Text("uk-UA", "Europe/Kyiv")
WEEK = Look(team_id=BILLING).period(NOON.date())
CSAT = BY_KEY["csat"]
EVIL = "<!channel> & <@U0BOB> " * 9


def standing(look: Look, teams: int = 1, *, may: bool = True) -> Standing:
    every = [replace(TEAM, id=f"{one:032}", name=EVIL[:60]) for one in range(teams)]
    look = replace(look, team_id=every[0].id)
    today = NOON.date()
    settings = MetricSettings(WORKSPACE, BILLING)
    return Standing(
        look, every[0], every, teams, look.period(today), look.other(today), settings, may, may, may
    )


def fits(screen: Screen, t: Text) -> None:
    assert check.message(list(screen.blocks)) == []
    assert check.view(as_modal(screen, t), "modal") == []
    drawn = mrkdwn_of(list(screen.blocks))
    assert not any("<!channel" in one or "<@U0BOB> <" in one for one in drawn)


def members(count: int, **more: object) -> list[Member]:
    value = Value(81.1, 90, numerator=73, denominator=90)
    return [
        replace(Member(f"U{one:010}", f"{EVIL} {one}", value), **more)  # type: ignore[arg-type]
        for one in range(count)
    ]


@pytest.mark.parametrize("t", [T, GREEK, UKRAINIAN], ids=["english", "greek", "ukrainian"])
@pytest.mark.parametrize("teams", [1, 300])
def test_an_overview_fits(t: Text, teams: int) -> None:
    for look in (Look(page=1), Look(View.PERSON), Look(View.PERSON, person_id=ALICE.id)):
        stands = standing(look, teams) if look.view is View.OVERVIEW else None
        lines = [Line(one, Value(50, 90), target=80, note=EVIL) for one in METRICS[:10]]
        seen = Overview(
            stands.look if stands else look,
            WEEK,
            METRICS,
            lines,
            FIRST,
            is_counting=True,
            standing=stands,
        )
        fits(overview(replace(seen, readers=[f"U{one:010}" for one in range(90)]), t), t)
        fits(overview(replace(seen, metrics=(), lines=()), t), t)


@pytest.mark.parametrize("t", [T, GREEK, UKRAINIAN], ids=["english", "greek", "ukrainian"])
@pytest.mark.parametrize("count", [0, 1, 16, 1368])
@pytest.mark.parametrize("by", [PERSON, CHANNEL, HOUR, label("x" * 114)])
def test_what_is_told_apart_fits(t: Text, count: int, by: str) -> None:
    is_person = by == PERSON
    listed = members(
        count, team_id=BILLING if is_person else "", person_id=ALICE.id if is_person else ""
    )
    if by == HOUR:
        listed = [replace(one, key=f"{at % 24:02}") for at, one in enumerate(listed[:24])]
    for page in (0, 91, 5000):
        stands = standing(Look(View.TEAM, by=by, page=page, metric="csat"), 200)
        slices = [PERSON, CHANNEL, label("x" * 114), label("y" * 400)]
        fits(apart.team(Apart(stands, METRICS, CSAT, Members(listed, 3, 2), slices), t), t)
        fits(apart.team(Apart(stands, slices=slices[:0]), t), t)


@pytest.mark.parametrize("versus", list(Versus))
def test_what_is_compared_fits(versus: Versus) -> None:
    for cadence in Cadence:
        stands = standing(Look(View.COMPARE, versus=versus, cadence=cadence), 200)
        listed = members(40, before=Value(3.5, 2))
        fits(apart.compare(Apart(stands, METRICS, CSAT, Members(listed)), T), T)
        fits(apart.compare(Apart(stands), T), T)


@pytest.mark.parametrize("t", [T, GREEK, UKRAINIAN], ids=["english", "greek", "ukrainian"])
@pytest.mark.parametrize("gap", [0, 1, 2, 20])
def test_teams_as_one_chart_fit_and_are_whole_in_words(t: Text, gap: int) -> None:
    """A line has no gaps: what one team lacks is in the words alone, and who lacks most of it is in no line."""
    own = (Period(FIRST, FIRST + timedelta(days=19)), Period(FIRST, FIRST + timedelta(days=9)))
    stands = standing(Look(View.COMPARE, versus=Versus.TEAMS, days=own), 200)
    spans = [Period(day, day) for day in (FIRST + timedelta(days=one) for one in range(20))]
    points = tuple(
        Point(one, Value(None if at < gap else 50.0 + at, 90)) for at, one in enumerate(spans)
    )
    whole = tuple(Point(one, Value(90.0, 90)) for one in spans)
    teams = [(f"{EVIL[:50]} {at}", Series(CSAT, points if at == 5 else whole)) for at in range(6)]
    listed = members(40, before=Value(3.5, 2), trend=Trend.CHANCE)
    seen = Apart(stands, METRICS, CSAT, Members(listed), over_time=teams)
    screen = apart.compare(seen, t)
    fits(screen, t)
    [lines] = [
        one["chart"]
        for one in screen.blocks
        if one["type"] == "data_visualization" and one["chart"]["type"] == "line"
    ]
    assert len(lines["series"]) == (5 if gap == 20 else 6)
    assert len(lines["axis_config"]["categories"]) == (20 if gap == 20 else 20 - gap)
    said = mrkdwn_of(list(screen.blocks))
    assert sum("50 %" in one or "90 %" in one or "69 %" in one for one in said) >= 5


def test_unfair_days_are_said_with_the_way_to_fair_ones() -> None:
    own = (Period(FIRST, FIRST + timedelta(days=9)), Period(FIRST, FIRST))
    seen = Apart(standing(Look(View.COMPARE, days=own)), METRICS, CSAT, Members(members(2)))
    drawn = str(apart.compare(seen, T).blocks)
    assert "Not as many days: 10 and 1." in drawn
    assert "The weekdays are not the same" in drawn
    assert "Earlier" not in drawn
    fair = "20260302-20260311~20260216-20260225"
    assert fair in drawn
    seen = replace(seen, standing=standing(Look(View.COMPARE).chosen(Field.APART, fair)))
    assert "As many days" not in str(apart.compare(seen, T).blocks)


@pytest.mark.parametrize("is_person", [False, True])
def test_which_way_it_went_is_said_and_of_people_only_that_it_may_be_chance(
    *, is_person: bool
) -> None:
    look = Look(View.COMPARE, versus=Versus.PEOPLE if is_person else Versus.TEAMS)
    some = members(2, before=Value(3.5, 2))
    listed = [
        replace(one, trend=way) for one, way in zip(some, [Trend.WORSE, Trend.CHANCE], strict=True)
    ]
    drawn = apart.compare(Apart(standing(look), METRICS, CSAT, Members(listed)), T).text
    assert ("(3.5 %) worse" in drawn) is not is_person
    assert "(3.5 %) may be chance" in drawn


def test_a_look_survives_its_way_through_a_block() -> None:
    look = Look(
        View.TEAM,
        "t" * 32,
        Cadence.MONTHLY,
        800,
        "m" * 32,
        "U" * 11,
        Versus.PEOPLE,
        52,
        1000,
        label("a|b" * 40),
    )
    assert Look.unpack(look.packed()) == look
    assert len(look.packed()) <= 255
    assert look.chosen(Field.METRIC, "aht") == replace(look, metric="aht", page=0)
    assert look.chosen(Field.CADENCE, "daily").period(NOON.date()) == Period(
        FIRST.replace(day=1), FIRST.replace(day=1)
    )


def test_who_ranks_alike_shares_a_place_and_too_few_have_none() -> None:
    amounts = {"a": 80.0, "b": 90.0, "c": 80.04, "d": 99.0, "e": None}
    listed = [
        Member(key, key, Value(amount, 20), is_few=key == "d") for key, amount in amounts.items()
    ]
    ranking = MetricSettings(WORKSPACE, BILLING, has_ranking=True)
    found = in_order(listed, CSAT, ranking)
    assert [one.key for one in found.all] == ["b", "c", "a", "d", "e"]
    assert places(found, CSAT) == {"b": 1, "c": 2, "a": 2}
    assert [one.key for one in in_order(listed, BY_KEY["aht"], ranking).all][:3] == ["a", "c", "b"]
    unranked = in_order(listed, CSAT, replace(ranking, has_ranking=False))
    assert ([one.key for one in unranked.all], places(unranked, CSAT)) == ([*"abcde"], {})


def test_no_buttons_for_what_one_may_not_do() -> None:
    seen = Overview(Look(), WEEK, standing=standing(Look(), may=False))
    drawn = str(overview(seen, T).blocks)
    assert "Settings" not in drawn
    assert "Whose names" not in drawn
    assert "Drop a CSV" not in drawn
    stands = standing(Look(View.COMPARE), may=False)
    assert "'People'" not in str(apart.compare(Apart(stands), T).blocks)


def test_people_are_mentions_and_their_numbers_have_a_way_in() -> None:
    listed = [replace(members(1)[0], key=BOB.id, person_id=BOB.id, team_id=BILLING)]
    seen = Apart(standing(Look(View.TEAM, metric="csat")), METRICS, CSAT, Members(listed), [PERSON])
    assert f"*<@{BOB.id}>*: 81.1 % of 90" in str(apart.team(seen, T).blocks)
    assert (
        "Only those who lead these people see this."
        in apart.team(seen, T).blocks[-4]["elements"][0]["text"]
    )


@pytest.mark.parametrize(("weeks", "back"), [(0, 0), (1, 0), (9, 9), (2000, 800)])
def test_old_numbers_are_one_press_away(weeks: int, back: int) -> None:
    """Nobody presses “Earlier” a hundred times; one week back there is that button already."""
    stands = standing(Look())
    seen = Overview(stands.look, WEEK, newest=WEEK.last - timedelta(weeks=weeks), standing=stands)
    buttons = {
        element["text"]["text"]: element["value"]
        for block in overview(seen, T).blocks
        for element in block.get("elements", ())
        if element["type"] == "button" and "value" in element
    }
    assert ("The newest numbers" in buttons) == bool(back)
    if back:
        assert Look.unpack(buttons["The newest numbers"]).back == back


def test_readers_are_told_to_whom_they_are_not() -> None:
    """To oneself it says “you”, to a lead whose numbers these are."""
    mine = overview(Overview(Look(View.PERSON), WEEK, readers=[BOB.id]), T)
    assert any("Besides you," in one and BOB.id in one for one in mrkdwn_of(list(mine.blocks)))
    look = Look(View.PERSON, BILLING, person_id=ALICE.id)
    theirs = overview(Overview(look, WEEK, readers=[BOB.id]), T)
    assert any(f"Besides <@{ALICE.id}>," in one for one in mrkdwn_of(list(theirs.blocks)))


@pytest.mark.parametrize("t", [T, GREEK, UKRAINIAN], ids=["english", "greek", "ukrainian"])
def test_names_fit_and_only_shared_ones_are_asked_about(t: Text) -> None:
    """A page of names of which each could be two people; what a source calls them stays words."""
    some = [
        Named(f"{at:032}", f"{EVIL} {at}", BOB.id if at % 2 else "", "", BILLING if at % 3 == 0 else "")
        for at in range(60)
    ]  # fmt: skip
    shared = {one.id for one in some if not one.team_id}
    gone = [(one, EVIL) for one in some[:25]]
    view = names(Names(TEAM, some, shared, gone, may_move=True), 0, t)
    assert check.view(view, "modal") == []
    asked = [ids.NAME_APART in str(block) for block in view["blocks"]]
    assert sum(asked) == 13
    assert not any("<!channel" in one for one in mrkdwn_of(view["blocks"]))
    assert ids.NAME_APART not in str(names(Names(TEAM, some), 0, t))
    assert ids.NAME_MOVE not in str(names(Names(TEAM, some), 0, t))
    form = move_form(TEAM, some[0], [replace(TEAM, name=EVIL[:60])] * 300, "team 0", t)
    assert check.view(form, "modal") == []
    assert carried(form["private_metadata"]) == (some[0].id, "team 0", False)
