"""Lists: what a short one says of the rest, what a whole one can be narrowed to, and where its pages lead."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.escalations import raised
from bot.rules.escalations.listings import Filter, Listing, Turn, unpack_filter, unpack_turn
from bot.text import Text
from bot.views.escalations import ids, lists
from bot.views.escalations.lists import Leaf, Shelf
from sandbox.block_kit import check
from tests.casebook import DRAFT, TEAM
from tests.cast import ALICE, NOON

T = Text()
CASE = raised(ALICE, TEAM, DRAFT, number=1, now=NOON).after
CASES = [replace(CASE, id=n) for n in range(1, 21)]
NEXT, LAST = Turn(20, NOON, page=3), Turn(1, None, is_back=True)


def test_a_short_list_says_how_many_more() -> None:
    text, blocks = lists.answer(Shelf(Filter(), Leaf(CASES, 32)), T)
    assert check.message(blocks) == []
    assert "and 12 more" in text
    assert "#20" in text
    button = blocks[-1]["elements"][0]
    assert button["action_id"] == ids.SEE_LIST
    assert unpack_filter(button["value"]) == Filter()


@pytest.mark.parametrize("listing", list(Listing))
def test_an_empty_list_says_what_to_do(listing: Listing) -> None:
    shelf = Shelf(Filter(listing), Leaf())
    text, blocks = lists.answer(shelf, T)
    assert "/escalate" in text
    assert check.message(blocks) == []
    assert check.view(lists.whole(shelf, T), "modal") == []


def test_a_whole_list_keeps_what_it_is_narrowed_to_and_leads_on_and_back() -> None:
    wanted = Filter(Listing.RESOLVED, TEAM.id, "high")
    view = lists.whole(Shelf(wanted, Leaf(CASES, 45, 2, LAST, NEXT), TEAM), T)
    assert check.view(view, "modal") == []
    assert unpack_filter(view["private_metadata"]) == wanted
    assert "Page 2 · 45 cases" in json.dumps(view, ensure_ascii=False)
    back, more = view["blocks"][-1]["elements"]
    assert (unpack_turn(back["value"]), unpack_turn(more["value"])) == (LAST, NEXT)
    initial = [one["initial_option"]["text"]["text"] for one in view["blocks"][0]["elements"]]
    assert initial == ["Resolved", "Billing", "High"]


def test_of_very_many_nobody_is_told_how_many() -> None:
    text, _blocks = lists.answer(Shelf(Filter(), Leaf(CASES, 1001, after=NEXT)), T)
    assert "more than 1,000 cases" in text


def test_a_list_of_a_page_has_nowhere_to_turn() -> None:
    view = lists.whole(Shelf(Filter(), Leaf(CASES, 20)), T)
    assert len(view["blocks"]) == 21


def test_many_teams_are_offered_as_far_as_slack_takes_them() -> None:
    options = lists.team_options([replace(TEAM, id=str(n)) for n in range(200)], T)
    assert len(options) == 100
    assert options[0]["value"] == lists.ALL


@given(st.sampled_from(Listing), st.text(max_size=40), st.sampled_from(["", "high"]))
def test_what_is_narrowed_comes_back(listing: Listing, team: str, severity: str) -> None:
    wanted = Filter(listing, team, severity)
    assert unpack_filter(wanted.packed()) == wanted
    assert unpack_filter(str(listing)) == Filter(listing)


@given(st.integers(1, 10**6), st.none() | st.integers(0, 10**15), st.booleans(), st.integers(1, 99))
def test_where_a_page_begins_comes_back(
    number: int, microseconds: int | None, is_back: bool, page: int
) -> None:
    moment = None if microseconds is None else NOON + timedelta(microseconds=microseconds)
    turn = Turn(number, moment, is_back, page)
    assert unpack_turn(turn.packed()) == turn
