"""The form of a file with numbers: whole within Slack's limits, and read as it was filled in."""

from bot.rules.metrics.definition.registry import METRICS
from bot.rules.metrics.digest.monthly import USUAL
from bot.rules.metrics.look.sheets import SheetKey
from bot.rules.teams import Team
from bot.text import Text
from bot.views.metrics import exports
from sandbox.block_kit import check
from tests.casebook import OTHER_TEAM, TEAM
from tests.cast import BILLING, NOON, WORKSPACE

T = Text()
TODAY = NOON.date()


def test_it_fits_with_many_teams_and_metrics() -> None:
    teams = [Team(WORKSPACE, f"t{number}", "<&>" * 25, zone="UTC") for number in range(150)]
    form = exports.form(teams, METRICS * 4, "t3", TODAY, T)
    assert check.view(form, "modal") == []


def test_the_team_that_was_looked_at_is_chosen_and_who_sees_one_is_not_asked() -> None:
    form = exports.form([TEAM, OTHER_TEAM], METRICS, BILLING, TODAY, T)
    [chosen] = form["blocks"][0]["element"]["initial_options"]
    assert chosen["value"] == BILLING
    alone = exports.form([TEAM], METRICS, BILLING, TODAY, T)
    assert "teams" not in {one.get("block_id") for one in alone["blocks"]}


def test_as_it_opens_it_asks_for_the_usual() -> None:
    form = exports.form([TEAM], METRICS, "", TODAY, T)
    [ticked] = [one["element"] for one in form["blocks"] if one.get("block_id") == "sheets"]
    held = {"sheets": [one["value"] for one in ticked["initial_options"]]}
    assert exports.chosen(held) == USUAL


def test_nothing_ticked_is_the_totals_alone() -> None:
    found = exports.chosen({"sheets": None, "metrics": ["csat"]})
    assert set(found.no_sheets) == set(SheetKey) - {SheetKey.TOTALS}
    assert found.kinds == ("csat",)
