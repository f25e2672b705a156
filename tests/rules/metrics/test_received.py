"""What programs send, item by item: what is taken, what it means, and what is said about what is not."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.errors import Refused
from bot.rules.metrics.definition import formulas
from bot.rules.metrics.program.received import unfit
from bot.rules.metrics.program.received.shapes import MOST_FACTS
from tests.cast import NOON

AT = "2026-03-02T09:30:00+01:00"


def read(*items: object) -> unfit.Read:
    return unfit.read(json.dumps({"facts": items}).encode(), NOON)


def item(**more: Any) -> dict[str, Any]:
    return {"key": "1", "at": AT, "parts": {"contacts": 1}} | more


@pytest.mark.parametrize(
    ("more", "field", "reason"),
    [
        ({"key": "  "}, "key", "is empty"),
        ({"key": "x" * 201}, "key", "is longer than 200 characters"),
        ({"key": "a\u0000b"}, "key", "has characters that cannot be printed"),
        ({"key": 7}, "key", "is no text"),
        ({"at": "2026-03-02"}, "at", "is no moment"),
        ({"at": "2026-03-02T09:30:00"}, "at", "is no moment"),
        ({"at": "2026-02-30T09:30:00Z"}, "at", "is no moment"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "at", "is no moment"),
        ({"at": "٢٠٢٦-03-02T09:30:00Z"}, "at", "is no moment"),
        ({"at": 1772440200}, "at", "is no text"),
        ({"at": "2026-03-03T12:00:01Z"}, "at", "is more than a day ahead"),
        ({"zone": "Berlin"}, "zone", "is no IANA time zone"),
        ({"zone": "../../etc/passwd"}, "zone", "is no IANA time zone"),
        ({"person": "x" * 121}, "person", "is longer than 120 characters"),
        ({"labels": {"a": "1", "b": "2", "c": "3", "d": "4", "e": "5"}}, "labels", "holds more"),
        ({"labels": {"a": 1}}, "labels.a", "is no text"),
        ({"parts": {"nonsense": 1}}, "parts.nonsense", "is no part that is added up"),
        ({"parts": {"first_response": 1}}, "parts.first_response", "is no part that is added up"),
        ({"parts": {"OWN_x": 1}}, "parts.OWN_x", "is no part that is added up"),
        ({"parts": {"contacts": "1"}}, "parts.contacts", "is no number"),
        ({"parts": {"contacts": True}}, "parts.contacts", "is no number"),
        ({"parts": {"contacts": None}}, "parts.contacts", "is no number"),
        ({"parts": {"contacts": 1e13}}, "parts.contacts", "is more than 1000000000000"),
        ({"parts": {f"own_{n}": n for n in range(41)}}, "parts", "holds more than 40"),
        ({"parts": {}}, "", "needs at least one of parts and samples"),
        ({"samples": {"contacts": [1]}}, "samples.contacts", "is no part that is kept"),
        ({"samples": {"claim": []}}, "samples.claim", "holds nothing"),
        ({"samples": {"claim": [1] * 101}}, "samples.claim", "holds more than 100"),
        ({"samples": {"claim": [-1]}}, "samples.claim.0", "is less than 0"),
        ({"updated": "yesterday"}, "updated", "is no moment"),
        ({"secret": 1}, "secret", "is not known here"),
    ],
)
def test_what_is_wrong_is_said_of_the_field(more: dict[str, Any], field: str, reason: str) -> None:
    found = read(item(), item(**more))
    assert list(found.items) == [0]
    [wrong] = found.unfit
    assert (wrong.index, wrong.field) == (1, field)
    assert wrong.reason.startswith(reason)


def test_numbers_that_json_does_not_have_are_refused() -> None:
    body = json.dumps({"facts": [item(parts={"contacts": float("nan")})]}).encode()
    assert [one.reason for one in unfit.read(body, NOON).unfit] == ["is no number"]


def test_all_that_is_wrong_with_an_item_is_said_at_once() -> None:
    found = read({"at": "now", "parts": {"x": "y"}, "z": 1})
    assert {one.field for one in found.unfit} == {"key", "at", "parts.x", "z"}


def test_so_many_and_no_more() -> None:
    assert len(read(*[item(key=str(n)) for n in range(MOST_FACTS)]).items) == MOST_FACTS
    [wrong] = read(*[item()] * (MOST_FACTS + 1)).unfit
    assert wrong == unfit.Unfit(None, "facts", "holds 1001; it may be 1 to 1000")


def test_what_an_item_means() -> None:
    [sent] = read(
        item(
            key=" 1 ",
            at="2026-03-02t23:30:00.1234567-08:00",
            zone="America/Los_Angeles",
            labels={"queue": "b", "none": ""},
            parts={"contacts": 1.0005, "own_calls": -2},
            samples={"claim": [0.0004, 12.5]},
            updated="2026-03-03T10:00:00+02:00",
        )
    ).items.values()
    fact = sent.fact("Europe/Berlin")
    assert (fact.key, fact.day, fact.hour) == ("1", date(2026, 3, 2), 23)
    assert fact.at == datetime(2026, 3, 3, 7, 30, 0, 123456, tzinfo=UTC)
    assert fact.labels == {"queue": "b"}
    assert fact.sums == {"contacts": 1000, "own_calls": -2000}
    assert fact.samples == {"claim": (0, 12500)}
    assert fact.updated == "2026-03-03T08:00:00.000000"


@pytest.mark.parametrize(
    ("at", "day", "hour"),
    [
        ("2026-03-29T00:59:59Z", 29, 1),  # just before the clocks go forward in Berlin
        ("2026-03-29T01:00:00Z", 29, 3),
        ("2025-10-26T00:59:59Z", 26, 2),  # and back
        ("2025-10-26T01:00:00Z", 26, 2),
        ("2026-03-01T23:00:00Z", 2, 0),
    ],
)
def test_without_a_zone_the_clock_of_the_team_counts(at: str, day: int, hour: int) -> None:
    body = json.dumps({"facts": [item(at=at)]}).encode()
    [sent] = unfit.read(body, NOON + timedelta(days=60)).items.values()
    fact = sent.fact("Europe/Berlin")
    assert (fact.day.day, fact.hour) == (day, hour)


def test_parts_of_ones_own_count_in_formulas() -> None:
    assert formulas.parse("own_calls / contacts").names == {"own_calls", "contacts"}
    with pytest.raises(Refused):
        formulas.parse("other_calls / contacts")
