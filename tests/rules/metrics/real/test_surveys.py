"""A real export of support contacts with two styles of dates: every number that others computed of it."""

from collections.abc import Callable, Hashable

import pytest

from bot.rules.metrics.importing.asking.questions import Asks
from bot.rules.metrics.importing.cells.moments import Order
from bot.rules.metrics.importing.mapping import NOTHING, Mapping, Use
from bot.rules.metrics.importing.reading.rejecting import Reason
from bot.rules.metrics.importing.recognising.roles import Role
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.facts import Fact
from tests.rules.metrics.lines import Read, Rows, proposed, read
from tests.rules.metrics.real.folder import (
    Numbers,
    bundled,
    check,
    iso_week,
    opened,
    reference,
)
from tests.rules.metrics.real.shown import mean, median, metric

FOLDER = "shopzilla_customer_support"
DAY_OF_SURVEY = 10


@pytest.fixture(scope="module")
def rows() -> Rows:
    return opened(f"{FOLDER}/test.csv")


@pytest.fixture(scope="module")
def mapping(rows: Rows) -> Mapping:
    return proposed(rows).mapping


@pytest.fixture(scope="module")
def contacts(rows: Rows, mapping: Mapping) -> Read:
    return read(rows, mapping)


def numbers(bundle: Bundle) -> Numbers:
    handled = bundle.amount("handled")
    response = bundle.samples.get("first_response")
    middle = median(bundle, "first_response")
    whole = mean(bundle, "first_response")
    return {
        "volume": metric(bundle, "contacts"),
        "aht_seconds": metric(bundle, "aht"),
        "aht_seconds_n": handled or 0,
        "aht_seconds_median": median(bundle, "handle"),
        "first_response_minutes": None if whole is None else whole / 60,
        "first_response_minutes_n": response.n if response else 0,
        "first_response_minutes_median": None if middle is None else middle / 60,
        "csat_mean": metric(bundle, "rating"),
        "csat_n": bundle.amount("ratings"),
        "csat_satisfied": bundle.amount("ratings_good"),
        "csat_rate": metric(bundle, "csat"),
    }


def test_days_come_first_and_only_the_unit_is_asked(rows: Rows, mapping: Mapping) -> None:
    day = mapping.columns[mapping.places[Role.DAY]]
    assert (day.header, day.style.order) == ("Issue_reported at", Order.DAY_FIRST)
    questions = proposed(rows).questions
    assert [(one.asks, [mapping.columns[at].header for at in one.places]) for one in questions] == [
        (Asks.UNIT, ["connected_handling_time"])
    ]
    assert questions[0].likely == "seconds"


def test_every_line_counts_and_what_cannot_be_is_named(contacts: Read) -> None:
    assert len({one.key for one in contacts.facts}) == 17182
    assert (contacts.left, contacts.rejects) == ([], [])
    assert {(one.header, one.reason) for one in contacts.remarks} == {
        ("issue_responded", Reason.BEFORE_CREATION)
    }
    assert len(contacts.remarks) == 635


@pytest.mark.parametrize(
    ("table", "by", "slice_of"),
    [
        ("per_manager", "manager", lambda fact: fact.labels["Manager"]),
        ("per_supervisor", "supervisor", lambda fact: fact.team),
        ("per_shift", "shift", lambda fact: fact.labels["Agent Shift"]),
        ("per_tenure", "tenure", lambda fact: fact.labels["Tenure Bucket"]),
        ("per_channel", "channel", lambda fact: fact.channel),
        ("per_category", "category", lambda fact: fact.topic),
        ("per_week", "week", lambda fact: iso_week(fact.day)),
        ("per_day", "day", lambda fact: fact.day.isoformat()),
        ("per_agent", "agent", lambda fact: fact.person),
    ],
)
def test_every_number_is_that_of_the_reference(
    contacts: Read, table: str, by: str, slice_of: Callable[[Fact], Hashable]
) -> None:
    check(reference(FOLDER)[table], bundled(contacts.facts, slice_of), (by,), numbers)


def test_the_total_is_that_of_the_reference(contacts: Read) -> None:
    total = {**reference(FOLDER)["total"], "all": ""}
    check([total], bundled(contacts.facts, lambda _fact: ""), ("all",), numbers)


def test_by_day_of_the_survey_once_somebody_wants_to_count_by_it(
    rows: Rows, mapping: Mapping
) -> None:
    place = next(p for p, one in enumerate(mapping.columns) if one.use.label == "Sub-category")
    wanted = mapping.with_use(place, NOTHING).with_use(DAY_OF_SURVEY, Use(label="Surveyed"))
    facts = read(rows, wanted).facts
    check(
        reference(FOLDER)["per_survey_day"],
        bundled(facts, lambda fact: fact.labels["Surveyed"]),
        ("day",),
        numbers,
    )
