"""A real export of a call centre: every number that others computed of it, after reading it without any help."""

from collections.abc import Callable, Hashable

import pytest

from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.facts import Fact
from tests.rules.metrics.lines import Read, proposed, read
from tests.rules.metrics.real.folder import (
    Numbers,
    bundled,
    check,
    iso_week,
    opened,
    reference,
)
from tests.rules.metrics.real.shown import median, metric, quotient

FOLDER = "pwc_call_centre"


@pytest.fixture(scope="module")
def calls() -> Read:
    rows = opened(f"{FOLDER}/01 Call-Center-Dataset.xlsx")
    proposal = proposed(rows)
    assert proposal.questions == ()
    assert proposal.mapping.problems() == []
    return read(rows, proposal.mapping)


def numbers(bundle: Bundle) -> Numbers:
    return {
        "volume": metric(bundle, "contacts"),
        "answered": bundle.amount("answered"),
        "abandoned": bundle.amount("abandoned"),
        "answered_rate": quotient(bundle, "answered", "contacts"),
        "abandonment_rate": metric(bundle, "abandonment"),
        "resolved": bundle.amount("resolved"),
        "resolved_rate_of_volume": quotient(bundle, "resolved", "contacts"),
        "resolved_rate_of_answered": quotient(bundle, "resolved", "answered"),
        "asa_seconds": metric(bundle, "asa"),
        "asa_seconds_n": bundle.amount("answered"),
        "asa_seconds_median": median(bundle, "wait"),
        "aht_seconds": metric(bundle, "aht"),
        "aht_seconds_n": bundle.amount("handled"),
        "aht_seconds_median": median(bundle, "handle"),
        "csat_mean": metric(bundle, "rating"),
        "csat_n": bundle.amount("ratings"),
        "csat_satisfied": bundle.amount("ratings_good"),
        "csat_rate": metric(bundle, "csat"),
    }


def test_every_line_counts(calls: Read) -> None:
    assert len(calls.facts) == 5000
    assert len({one.key for one in calls.facts}) == 5000
    assert (calls.left, calls.rejects, calls.remarks) == ([], [], [])


@pytest.mark.parametrize(
    ("table", "by", "slice_of"),
    [
        ("per_agent", ("agent",), lambda fact: fact.person),
        ("per_topic", ("topic",), lambda fact: fact.topic),
        ("per_hour", ("hour",), lambda fact: str(fact.hour)),
        ("per_day", ("day",), lambda fact: fact.day.isoformat()),
        ("per_week", ("week",), lambda fact: iso_week(fact.day)),
        ("per_agent_week", ("agent", "week"), lambda fact: (fact.person, iso_week(fact.day))),
    ],
)
def test_every_number_is_that_of_the_reference(
    calls: Read, table: str, by: tuple[str, ...], slice_of: Callable[[Fact], Hashable]
) -> None:
    check(reference(FOLDER)[table], bundled(calls.facts, slice_of), by, numbers)


def test_the_total_is_that_of_the_reference(calls: Read) -> None:
    total = {**reference(FOLDER)["total"], "all": ""}
    check([total], bundled(calls.facts, lambda _fact: ""), ("all",), numbers)
