"""How the form of the clocks looks: within Slack's limits, with a field for everything that can be wrong."""

import json

import pytest

from bot.rules.escalations import Event, EventKind, State
from bot.rules.severities import Severity
from bot.rules.team_clocks import ClocksDraft
from bot.rules.teams import SetUp, Team, TeamSeen
from bot.text import Text, languages
from bot.views.escalations import lines
from bot.views.teams import clocks, overview
from sandbox.block_kit import check
from tests.cast import BILLING, NOON, WORKSPACE

T = Text()
NAMES = {Severity.LOW: "P4 " + "x" * 17}
TEAM = Team(
    WORKSPACE, BILLING, "<!channel>", severity_names=NAMES, budget_minor=1250, budget_currency="EUR"
)
PLAIN = Team(WORKSPACE, BILLING, "Billing")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("team", [TEAM, PLAIN])
def test_it_is_within_slacks_limits(team: Team, language: str) -> None:
    view = clocks.clocks_form(team, Text(language))
    assert check.view(view, "modal") == []
    assert "<!channel>" not in json.dumps(view)


def test_it_has_a_field_for_everything_that_can_be_wrong() -> None:
    blocks = clocks.clocks_form(TEAM, T)["blocks"]
    fields = {one["block_id"]: one["element"] for one in blocks if one["type"] == "input"}
    wrong = ClocksDraft(dict.fromkeys(Severity, "?"), {}, {}, {}, "1", "?")
    found = set(wrong.problems()) | {"amount"}
    assert found == set(fields)
    assert fields["name_low"]["initial_value"] == NAMES[Severity.LOW]
    assert fields["amount"]["initial_value"] == "12.50"
    labels = [one["label"]["text"] for one in blocks if one["type"] == "input"]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("may", [True, False])
def test_the_button_is_drawn_for_those_who_may(*, may: bool) -> None:
    seen = TeamSeen(PLAIN, (), frozenset(), may_edit=False, may_set_clocks=may)
    view = overview.overview(SetUp((seen,)), T)
    assert check.view(view, "modal") == []
    assert (clocks.CLOCKS_OPEN in json.dumps(view)) is may


def test_a_change_of_severity_is_said_in_the_teams_words() -> None:
    changes = {"severity": ("high", "low")}
    event = Event(
        2, NOON, "U0BOB", EventKind.SEVERITY_CHANGED, State.OPEN, State.OPEN, "", "", changes
    )
    assert lines.what(event, T, {Severity.LOW: "P4"}).endswith("→ P4")
    assert lines.what(event, T).endswith("High → Low")
    assert list(lines.details(event, T, {Severity.LOW: "P4"})) == []  # the line says it all
