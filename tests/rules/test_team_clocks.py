"""What good clocks look like, field by field, and that a form of a team says what the team is."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.rules.severities import ANSWER_MINUTES, CLAIM_MINUTES, UPDATE_MINUTES, Severity
from bot.rules.team_clocks import ClocksDraft, clocks_of
from bot.rules.teams import Team
from tests.cast import BILLING, WORKSPACE

TEAM = Team(WORKSPACE, BILLING, "Billing")
LOW, HIGH = Severity.LOW, Severity.HIGH


def test_the_usual_clocks_are_fine_and_change_nothing() -> None:
    assert ClocksDraft().problems() == {}
    assert ClocksDraft().over(TEAM) == TEAM


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ClocksDraft(claim={**CLAIM_MINUTES, LOW: 0}), "claim_low"),
        (ClocksDraft(update={**UPDATE_MINUTES, LOW: 10_081}), "update_low"),
        (ClocksDraft(answer={**ANSWER_MINUTES, HIGH: -1}), "answer_high"),
        (ClocksDraft(names={LOW: "x" * 21}), "name_low"),
        (ClocksDraft(names={LOW: "<!channel>"}), "name_low"),
        (ClocksDraft(names={LOW: "*P1*"}), "name_low"),
        (ClocksDraft(names={LOW: "P_1"}), "name_low"),
        (ClocksDraft(names={HIGH: "P1", LOW: "p1 "}), "name_low"),
        (ClocksDraft(amount="100"), "currency"),
        (ClocksDraft(amount="100", currency="XXL"), "currency"),
        (ClocksDraft(amount="0", currency="EUR"), "amount"),
        (ClocksDraft(amount="much", currency="EUR"), "amount"),
        (ClocksDraft(amount="0.5", currency="JPY"), "amount"),
    ],
)
def test_a_problem_is_named_by_its_field(draft: ClocksDraft, field: str) -> None:
    assert set(draft.problems()) == {field}


def test_everything_that_is_missing_is_named() -> None:
    found = ClocksDraft(claim={}, update={}, answer={}).problems()
    assert len(found) == 12


@pytest.mark.parametrize("minutes", [1, 10_080])
def test_the_bounds_are_inside(minutes: int) -> None:
    everywhere = dict.fromkeys(Severity, minutes)
    assert ClocksDraft({}, everywhere, everywhere, everywhere).problems() == {}


@pytest.mark.parametrize("name", ["P1", "Sev 1", "Höchste Priorität", "Терміново", "24/7 (night)"])
def test_names_in_any_script_are_fine(name: str) -> None:
    assert ClocksDraft({HIGH: name}).problems() == {}


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("500", "EUR", 50_000), ("12.50", "EUR", 1_250), ("500", "JPY", 500), ("1.234", "KWD", 1_234)],
)
def test_a_budget_is_kept_in_the_smallest_unit(amount: str, currency: str, minor: int) -> None:
    draft = ClocksDraft({HIGH: " P  2 "}, amount=amount, currency=currency)
    assert draft.problems() == {}
    team = draft.over(TEAM)
    assert (team.budget_minor, team.budget_currency) == (minor, currency)
    assert team.severity_names == {HIGH: "P 2"}
    shown = clocks_of(team)
    assert Decimal(shown.amount) == Decimal(amount)
    assert shown.over(TEAM) == team


def test_without_an_amount_there_is_no_budget() -> None:
    team = replace(TEAM, budget_minor=100, budget_currency="EUR")
    assert ClocksDraft(currency="EUR").over(team) == TEAM
