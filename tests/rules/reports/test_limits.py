"""Which limits would have spared how many escalations: round amounts, few, and each better than the one before."""

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.escalations import Decision
from bot.rules.reports import Allowed, Freed, freed, limits
from bot.rules.reports.limits import STEPS

AMOUNTS = st.dictionaries(st.integers(1, 10**7), st.integers(1, 30), max_size=15)


def refunds(amounts: dict[int, int], currency: str = "EUR") -> Counter[Allowed]:
    return Counter(
        {Allowed(Decision.REFUND, currency, minor): count for minor, count in amounts.items()}
    )


def waited(allowed: Counter[Allowed], minutes: int = 60) -> Counter[Allowed]:
    return Counter({one: count * minutes for one, count in allowed.items()})


def shown(allowed: Counter[Allowed]) -> list[tuple[str, str, int, int]]:
    found = limits(allowed, waited(allowed))
    return [(one.currency, str(one.amount), one.removed, one.minutes) for one in found]


def test_a_few_round_limits_with_what_each_would_have_spared() -> None:
    allowed = refunds({500: 4, 1999: 8, 4500: 11, 12_000: 2})
    assert shown(allowed) == [
        ("EUR", "50", 23, 23 * 60),
        ("EUR", "200", 25, 25 * 60),
    ]


def test_a_limit_that_spares_half_comes_first() -> None:
    assert shown(refunds({1000: 5, 2000: 3, 90_000: 2})) == [
        ("EUR", "10", 5, 300),
        ("EUR", "20", 8, 480),
        ("EUR", "1000", 10, 600),
    ]


def test_each_currency_has_its_own_round_amounts() -> None:
    allowed = refunds({5000: 1}, "JPY") + refunds({50: 1}, "EUR") + refunds({1500: 1}, "KWD")
    assert shown(allowed) == [
        ("EUR", "1", 1, 60),
        ("JPY", "5000", 1, 60),
        ("KWD", "2", 1, 60),
    ]


def test_what_moves_no_money_needs_no_limit() -> None:
    allowed = Counter(
        {Allowed(Decision.EXPLANATION, "", -1): 4, Allowed(Decision.REPLACEMENT, "", -1): 6}
    )
    assert limits(allowed, waited(allowed)) == []
    assert freed(allowed, waited(allowed)) == [
        Freed(Decision.REPLACEMENT, 6, 360),
        Freed(Decision.EXPLANATION, 4, 240),
    ]


def test_decisions_with_money_share_a_limit() -> None:
    allowed = Counter(
        {Allowed(Decision.REFUND, "EUR", 900): 1, Allowed(Decision.GOODWILL, "EUR", 950): 1}
    )
    assert shown(allowed) == [("EUR", "10", 2, 120)]


@given(AMOUNTS)
def test_limits_grow_and_the_last_one_spares_all(amounts: dict[int, int]) -> None:
    allowed = refunds(amounts)
    found = limits(allowed, waited(allowed))
    assert len(found) <= len(STEPS)
    assert [one.amount for one in found] == sorted({one.amount for one in found})
    assert [one.removed for one in found] == sorted({one.removed for one in found})
    if amounts:
        assert found[-1].removed == sum(amounts.values())
        assert found[-1].minutes == sum(amounts.values()) * 60
    for one in found:
        spared = sum(n for minor, n in amounts.items() if Decimal(minor) / 100 <= one.amount)
        assert one.removed == spared
