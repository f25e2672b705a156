"""Blockers as they look: in each state, with the buttons that do something, in a list that fits, and in private words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules.escalations import State
from bot.rules.standups import BlockerAction, Standing
from bot.rules.standups import blockers as rules
from bot.rules.standups.blockers import Clicked
from bot.text import Text
from bot.views.standups import blockers as views
from bot.views.standups import ids
from bot.views.standups.blockers import A_PAGE, Carried, Listed, Scope
from sandbox.block_kit import check
from tests.casebook import OTHER_TEAM, TEAM
from tests.cast import BEN, NOON
from tests.rules.standups.test_blockers import ESCALATED, IN_WORK, OPEN, SOLVED, TAKEN, case
from tests.views.drawn import mrkdwn_of

T = Text("en-US", "Europe/Berlin")
GREEK = Text("el-GR", "Europe/Athens")
NASTY = ["<!channel> & <@U1> ", "&&&&", "Επιστροφές χρημάτων ", "*_~`|>\n"]
LATER = NOON + timedelta(days=3)


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (Standing(OPEN), "for 3 days · nobody looks after it yet"),
        (Standing(TAKEN), "for 3 days · <@U0BEN> looks after it"),
        (IN_WORK, "for 3 days · escalation #1: Claimed"),
        (Standing(ESCALATED, case(State.WITHDRAWN)), "for 3 days · nobody looks after it yet"),
        (Standing(ESCALATED, replace(case(State.RESOLVED), closed_by=BEN.id)), "<@U0BEN> has resolved escalation #1"),
        (Standing(SOLVED), "solved by <@U0BEN>: Access is back"),
        (Standing(replace(SOLVED, closed_word="")), "solved, says <@U0BEN>"),
    ],
)  # fmt: skip
def test_where_it_stands(standing: Standing, said: str) -> None:
    told = views.line(standing, T, at=LATER, zone="UTC")
    assert "<@U0ALICE>: No access" in told
    assert said in told


def test_one_of_today_is_new() -> None:
    assert "_new · " in views.line(Standing(OPEN), T, at=NOON, zone="UTC")


@pytest.mark.parametrize(
    ("standing", "drawn"),
    [
        (Standing(OPEN), [ids.BLOCKER_TAKE, ids.BLOCKER_ESCALATE, ids.BLOCKER_SOLVE]),
        (Standing(TAKEN), [ids.BLOCKER_ESCALATE, ids.BLOCKER_SOLVE]),
        (IN_WORK, [ids.BLOCKER_SOLVE]),
        (Standing(SOLVED), []),
    ],
)
def test_a_channel_shows_the_buttons_that_anybody_could_need(
    standing: Standing, drawn: list[str]
) -> None:
    possible = views.public_actions(standing)
    _line, *rest = views.entry(standing, possible, T, at=LATER, zone="UTC", seen_in="r1")
    buttons = rest[0]["elements"] if rest else []
    assert [one["action_id"].partition(":")[0] for one in buttons] == drawn
    assert all(one["value"] == Clicked("b1", "r1").packed() for one in buttons)


@pytest.mark.parametrize("t", [T, GREEK], ids=["english", "greek"])
@pytest.mark.parametrize("nasty", NASTY)
def test_the_list_and_the_form_fit(nasty: str, t: Text) -> None:
    words = (nasty * 500)[:500]
    every = tuple(BlockerAction)
    entries = [
        (Standing(replace(OPEN, id=f"{n:032}", words=words)), (TEAM, OTHER_TEAM)[n % 2], every)
        for n in range(A_PAGE)
    ]
    listed = Listed(Scope.TEAM, entries, 40, 1, LATER)
    carried = Carried(Clicked("b" * 32, "r" * 32).packed(), "V1", "team:1").packed()
    for view in (
        views.blockers(listed, t),
        views.blockers(Listed(Scope.MINE, [], 0, 0, LATER), t),
        views.solve_form(entries[0][0], carried, t),
    ):
        assert check.view(view, "modal") == []
        assert not any("<!channel" in one or "<@U1>" in one for one in mrkdwn_of(view))


def test_the_list_leads_on_and_back_and_names_teams_where_there_are_several() -> None:
    entries = [(Standing(OPEN), team, ()) for team in (TEAM, OTHER_TEAM)]
    view = views.blockers(Listed(Scope.TEAM, entries, 40, 1, LATER), T)
    assert "Page 2 of 3" in str(view)
    assert [one["value"] for one in view["blocks"][-1]["elements"]] == [
        "team:0",
        "team:2",
        "mine:0",
    ]
    assert "Shipping" in str(view)
    assert "Shipping" not in str(views.blockers(Listed(Scope.TEAM, entries[:1], 1, 0, LATER), T))
    assert views.page_of(view["private_metadata"]) == (Scope.TEAM, 1)
    assert views.page_of("mine:2") == (Scope.MINE, 2)
    assert views.page_of("") == (Scope.TEAM, 0)


def test_a_form_carries_what_it_is_about() -> None:
    carried = Carried("b1:r1", "V1", "team:0")
    form = views.solve_form(Standing(OPEN), carried.packed(), T)
    assert views.unpack(form["private_metadata"]) == carried


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (views.taken, "<@U0BEN> looks after what blocks you: No access"),
        (views.given_back, "<@U0BEN> gave back what blocks you"),
        (views.escalated, "<@U0BEN> has escalated what blocks you as #1: No access"),
        (views.settled, "<@U0BEN> has resolved #1, which blocked you: No access"),
    ],
)
def test_whoever_is_blocked_reads_who_did_what(words: views.Words, said: str) -> None:
    assert said in words(ESCALATED, BEN.id, T)
    nasty = replace(ESCALATED, words="<!channel>")
    assert "<!channel>" not in words(nasty, BEN.id, T)


def test_whoever_was_blocked_reads_how_it_was_solved() -> None:
    told = views.solved(rules.solved(OPEN, BEN.id, "It's <back>", now=NOON), BEN.id, T)
    assert told == "<@U0BEN> has solved what blocked you: It's &lt;back&gt;\nIt was: No access"
