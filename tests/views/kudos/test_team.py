"""What leads see of their team fits, ranks nobody, and shows hints to nobody but the manager."""

from dataclasses import replace

import pytest

from bot.rules.kudos import Flag, FlagKind
from bot.rules.kudos.breadth import Breadth
from bot.rules.kudos.missing import Missed
from bot.text import Text
from bot.views.kudos import ids, missing
from bot.views.kudos.missing import Hints, TeamSeen
from sandbox.block_kit import check
from tests.casebook import OTHER_TEAM, TEAM
from tests.cast import ALICE, BEN, BILLING, NOON, WORKSPACE
from tests.views.drawn import mrkdwn_of

T = Text("en-US", "Europe/Berlin")
GREEK = Text("el-GR", "Europe/Athens")
SEEN = TeamSeen(TEAM, [TEAM], 6, [], Breadth(4, 2, 3, 4))


def flag(kind: FlagKind) -> Flag:
    return Flag(WORKSPACE, "f", BILLING, kind, "k", ALICE.id, BEN.id, NOON)


@pytest.mark.parametrize("t", [T, GREEK], ids=["english", "greek"])
@pytest.mark.parametrize("count", [0, 1, 20, 21, 2000])
@pytest.mark.parametrize("many", [1, 2, 300])
def test_it_fits(t: Text, count: int, many: int) -> None:
    missed = [Missed(f"U{one:010}", "x" * 80, one or None, is_away=True) for one in range(count)]
    named = [replace(TEAM, id=f"{one:032}", name="<!channel>" * 6) for one in range(many)]
    hints = Hints([flag(FlagKind.SAME_WORDS), flag(FlagKind.EACH_OTHER)] * 40, 12)
    seen = replace(SEEN, team=named[0], teams=named, missed=missed, hints=hints)
    for page in (0, 1, 500):
        view = missing.team(seen, page, t)
        assert check.view(view, "modal") == []
        assert not any("<!channel" in one for one in mrkdwn_of(view))


def test_everybody_is_on_one_page_in_their_order() -> None:
    seen = replace(SEEN, missed=[Missed(f"U{one:03}", "n", 7) for one in range(45)])
    lines = [
        line
        for page in range(3)
        for line in mrkdwn_of(missing.team(seen, page, T))
        if "none for 7 weeks" in line
    ]
    assert [line[2:6] for line in lines] == [f"U{one:03}" for one in range(45)]


def test_nobody_missing_is_good_news() -> None:
    assert "Everybody has had kudos within the last 6 weeks." in mrkdwn_of(missing.team(SEEN, 0, T))


def test_who_is_away_is_marked() -> None:
    seen = replace(SEEN, missed=[Missed(ALICE.id, "Alice", None, is_away=True)])
    assert f"<@{ALICE.id}> · none so far · away at present" in mrkdwn_of(missing.team(seen, 0, T))


def test_hints_accuse_nobody_and_tell_no_names_of_private_ones() -> None:
    hints = Hints([flag(FlagKind.SAME_WORDS), flag(FlagKind.EACH_OTHER)], 1)
    told = mrkdwn_of(missing.team(replace(SEEN, hints=hints), 0, T))[-1]
    assert told.splitlines() == [
        f"• <@{ALICE.id}> has used the same words several times.",
        f"• <@{ALICE.id}> and <@{BEN.id}> mostly thank each other.",
        "• Something like that was noticed in private thanks, 1 time.",
    ]


@pytest.mark.parametrize("hints", [None, Hints()], ids=["no manager", "nothing noticed"])
def test_without_hints_nothing_is_said_of_them(hints: Hints | None) -> None:
    assert not any(
        "hint" in one for one in mrkdwn_of(missing.team(replace(SEEN, hints=hints), 0, T))
    )


def test_who_leads_several_teams_can_choose() -> None:
    view = missing.team(replace(SEEN, teams=[TEAM, OTHER_TEAM]), 0, T)
    [chosen] = [one for one in view["blocks"] if one["type"] == "actions"]
    select = chosen["elements"][0]
    assert select["action_id"].startswith(ids.TEAM)
    assert [missing.page_of(one["value"]) for one in select["options"]] == [
        (0, TEAM.id),
        (0, OTHER_TEAM.id),
    ]
