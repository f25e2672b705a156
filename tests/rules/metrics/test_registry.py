"""The shipped definitions, held against the check values of the field; and formulas, good and bad."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.errors import Refused
from bot.rules.metrics.definition import formulas
from bot.rules.metrics.definition.registry import BY_KEY, METRICS, Metric, Unit
from bot.rules.metrics.definition.values import value_of
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.facts import SCALE
from bot.rules.metrics.store.parts import BY_KEY as PARTS
from bot.rules.metrics.store.parts import Way
from tests.about_the_code.source import ROOT
from tests.rules.metrics import page

CES = dict(zip(range(1, 8), (80, 210, 140, 110, 160, 180, 120), strict=True))
REVIEWS = (100, 9.91, 63.96, 90.99, 0)


def value(metric: Metric, sums: Mapping[str, float]) -> float | None:
    above = formulas.parse(metric.numerator).compute(sums)
    below = formulas.parse(metric.denominator).compute(sums)
    if above is None or not below:
        return None
    return above / below * (100 if metric.unit is Unit.PERCENT else 1)


@pytest.mark.parametrize(
    ("key", "sums", "expected"),
    [
        ("csat", {"ratings_good": 8, "ratings": 10}, 80),
        (
            "ces",
            {"effort_points": sum(k * n for k, n in CES.items()), "efforts": sum(CES.values())},
            4.08,
        ),
        ("qa", {"review_points": sum(REVIEWS), "reviews": 5}, 52.97),
        ("asa", {"wait_seconds": 5000, "answered": 200}, 25),
        ("reopen", {"reopened": 25, "resolved": 360}, 6.94),
        ("nps", {"promoters": 50, "detractors": 20, "recommendations": 100}, 30),
        ("nps", {"promoters": 0, "detractors": 10, "recommendations": 10}, -100),
        ("aht", {"talk_seconds": 300, "hold_seconds": 30, "wrap_seconds": 70, "handled": 2}, 200),
        ("sla", {"targets_met": 9, "targets_breached": 1}, 90),
        (
            "backlog",
            {
                "open_at_start": 120,
                "created": 340,
                "reopened": 25,
                "resolved": 360,
                "cancelled": 20,
            },
            105,
        ),
        ("service_level", {"in_time": 80, "offered_timed": 100, "contacts": 400}, 80),
        ("abandonment", {"abandoned": 5, "queued": 100, "contacts": 400}, 5),
        ("answered", {"abandoned": 5, "queued": 100, "answered": 300}, 95),
        ("fcr", {"issues_once": 7, "issues": 10}, 70),
        ("occupancy", {"busy_seconds": 300, "ready_seconds": 100}, 75),
        ("adherence", {"adherent_seconds": 420, "scheduled_seconds": 480}, 87.5),
        ("escalation", {"escalated": 3, "handled": 60, "bounced": 2}, 5),
        ("bounced", {"escalated": 4, "bounced": 1}, 25),
        ("rating", {"rating_points": 34, "ratings": 10}, 3.4),
        ("handover", {"handovers_accepted": 9, "handovers": 12}, 75),
        ("promises", {"promises_kept": 3, "promises": 4}, 75),
        ("participation", {"took_part": 6, "asked": 8}, 75),
        ("kudos_breadth", {"kudos_givers": 3, "kudos_people": 12}, 25),
    ],
)
def test_the_check_values(key: str, sums: Mapping[str, float], expected: float) -> None:
    found = value(BY_KEY[key], sums)
    assert found is not None
    assert round(found, 2) == expected


@pytest.mark.parametrize("metric", METRICS, ids=lambda one: one.key)
def test_every_definition_can_be_computed(metric: Metric) -> None:
    """Of parts that there are; and without any facts it is nothing, not zero."""
    if metric.is_quantile:
        assert PARTS[metric.sample].way is Way.SAMPLE
        assert not metric.numerator
        return
    for text in (metric.numerator, metric.denominator):
        formulas.parse(text)
    if metric.denominator != "1":
        assert value(metric, {}) is None


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("contacts", True),
        ("created + reopened - 2 * resolved", True),
        ("contacts / 60", True),
        ("-contacts", True),
        ("talk_seconds / handled", False),
        ("60 / handled", False),
        ("contacts * handled", False),
        ("1 + 100 * (promoters - detractors) / (recommendations + 1)", False),
    ],
)
def test_what_adds_up(formula: str, *, expected: bool) -> None:
    """Of what does not, two weeks are never added or averaged."""
    assert formulas.parse(formula).adds_up is expected
    own = replace(BY_KEY["contacts"], numerator=formula)
    assert own.is_amount is expected


def test_only_the_backlog_goes_on_from_day_to_day() -> None:
    assert [one.key for one in METRICS if one.is_running] == ["backlog"]
    assert all(one.start in PARTS for one in METRICS if one.is_running)


def test_the_reference_page_is_what_the_registry_says() -> None:
    written = (ROOT / "docs/reference/metrics.md").read_text()
    assert written == page.page(), "python -m tests.rules.metrics.page > docs/reference/metrics.md"


def test_every_key_is_one() -> None:
    assert len(BY_KEY) == len(METRICS)


@pytest.mark.parametrize(
    ("typed", "sums", "expected"),
    [
        ("1 + 2 * 3", {}, 7),
        ("(ratings - ratings_good) / ratings", {"ratings": 4, "ratings_good": 3}, 0.25),
        ("-contacts", {"contacts": 2}, -2),
        ("contacts / answered", {"contacts": 2}, None),
        ("  contacts\n* 2", {"contacts": 2}, 4),
    ],
)
def test_a_formula(typed: str, sums: Mapping[str, float], expected: float | None) -> None:
    assert formulas.parse(typed).compute(sums) == expected


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("talk_seconds + (hold_seconds + talk_seconds)", ["hold_seconds", "talk_seconds", "talk_seconds"]),
        ("contacts", ["contacts"]),
        ("contacts - answered", []),
        ("2 * contacts", []),
        ("contacts + 1", []),
        ("-contacts", []),
    ],
)  # fmt: skip
def test_a_sum_of_parts_is_added_up_as_whole_thousandths(typed: str, terms: list[str]) -> None:
    assert sorted(formulas.parse(typed).terms) == terms
    metric = replace(BY_KEY["contacts"], numerator=typed)
    sums = {"talk_seconds": 100, "hold_seconds": 200, "contacts": 300, "answered": 100}
    found = value_of(metric, Bundle(1, sums)).amount
    whole = {name: amount / SCALE for name, amount in sums.items()}
    assert found == pytest.approx(formulas.parse(typed).compute(whole))


def test_a_part_that_is_written_wrong_is_told_its_nearest() -> None:
    with pytest.raises(Refused) as refused:
        formulas.parse("ratings - ratings_god")
    assert refused.value.values["names"] == "ratings_good, ratings, rating_points"
    with pytest.raises(Refused) as unlike:
        formulas.parse("qqq")
    assert len(unlike.value.values["names"]) > 300


@pytest.mark.parametrize(
    "typed",
    [
        "", "1 +", "9**9**9", "__import__('os')", "contacts.real", "[1]", "'a' * 99", "lambda: 1", "contacts if 1 else 2",
        "nothing_like_it", "first_response", "True", "contacts; 1", "f(1)", "1 << 99", "(" * 200 + "1", "x" * 301,
        "contacts == 1", "1j",
    ],
)  # fmt: skip
def test_no_formula(typed: str) -> None:
    with pytest.raises(Refused):
        formulas.parse(typed)


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [
        ("*".join(["contacts"] * 30), "1"),
        ("*".join(["contacts"] * 30), "*".join(["contacts"] * 30)),
        ("contacts * contacts", "1"),
        ("contacts", "contacts / contacts / contacts / 1e300"),
        ("1e308 * contacts - 1e308 * contacts * contacts", "1"),
    ],
    ids=["infinite", "neither", "larger than is kept", "divided by nearly nothing", "undone"],
)
def test_what_no_number_can_hold_is_not_known(numerator: str, denominator: str) -> None:
    metric = replace(BY_KEY["contacts"], numerator=numerator, denominator=denominator)
    bundle = Bundle(1, {"contacts": 10**12 * SCALE})
    assert value_of(metric, bundle).amount is None


def test_what_a_number_can_hold_is_told() -> None:
    metric = replace(BY_KEY["contacts"], numerator="contacts * contacts")
    assert value_of(metric, Bundle(1, {"contacts": 10**6 * SCALE})).amount == 10**12
