"""Verdicts: which decision moves money, and how much of which currency can move."""

from dataclasses import replace
from decimal import Decimal as Number

import pytest

from bot.rules.escalations import (
    CURRENCIES,
    Decision,
    Returning,
    Verdict,
    problems_of_return,
    problems_of_verdict,
    resolution,
)
from bot.rules.escalations.outcomes import decimals

PLAIN = Verdict("Bank was slow", "none", solvable="no")


@pytest.mark.parametrize(
    ("decision", "amount", "wrong"),
    [
        ("refund", "", {"amount"}),
        ("refund", "25", set()),
        ("credit", "", {"amount"}),
        ("credit", "25", set()),
        ("goodwill", "", {"amount"}),
        ("goodwill", "25", set()),
        ("replacement", "", set()),
        ("replacement", "25", set()),
        ("explanation", "", set()),
        ("explanation", "25", {"amount"}),
        ("none", "", set()),
        ("none", "25", {"amount"}),
        ("", "25", {"decision"}),
        ("party", "", {"decision"}),
    ],
)
def test_which_decision_moves_money(decision: str, amount: str, wrong: set[str]) -> None:
    verdict = replace(PLAIN, decision=decision, amount=amount, currency="EUR")
    assert set(problems_of_verdict(verdict)) == wrong


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("25", "EUR", 2500), ("25.5", "EUR", 2550), ("300", "JPY", 300), ("1.234", "KWD", 1234)],
)
def test_money_is_kept_in_the_smallest_unit(amount: str, currency: str, minor: int) -> None:
    verdict = replace(PLAIN, decision="refund", amount=amount, currency=currency)
    assert problems_of_verdict(verdict) == {}
    found = resolution(verdict)
    assert found.amount_minor == minor
    assert found.amount == Number(amount)


@pytest.mark.parametrize(
    ("amount", "currency", "field"),
    [
        ("25.505", "EUR", "amount"),
        ("1.5", "JPY", "amount"),
        ("0", "EUR", "amount"),
        ("-3", "EUR", "amount"),
        ("NaN", "EUR", "amount"),
        ("Infinity", "EUR", "amount"),
        ("1e30", "EUR", "amount"),
        ("much", "EUR", "amount"),
        ("25", "", "currency"),
        ("25", "ZZZ", "currency"),
    ],
)
def test_amounts_that_cannot_be(amount: str, currency: str, field: str) -> None:
    verdict = replace(PLAIN, decision="refund", amount=amount, currency=currency)
    assert set(problems_of_verdict(verdict)) == {field}


def test_a_currency_without_an_amount_is_left_out() -> None:
    found = resolution(replace(PLAIN, currency="EUR"))
    assert (found.decision, found.amount, found.currency) == (Decision.NONE, None, "")


def test_every_currency_offered_is_one() -> None:
    for code in CURRENCIES:
        verdict = replace(PLAIN, decision="refund", amount="1", currency=code)
        assert problems_of_verdict(verdict) == {}
        assert 0 <= decimals(code) <= 3


def test_a_return_says_why_and_what() -> None:
    assert problems_of_return(Returning("policy", "See page 3")) == {}
    assert set(problems_of_return(Returning("mood", "no"))) == {"reason", "why"}
    assert set(problems_of_return(Returning("policy", "x" * 1001))) == {"why"}
