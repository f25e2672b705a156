"""What a form may hold, and what is told beside which field."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.escalations import (
    Draft,
    clean,
    find_ticket,
    from_message,
    is_link,
    problems,
    ticket_key,
)
from tests.casebook import DRAFT
from tests.cast import NOON


def test_a_good_draft_has_no_problems() -> None:
    assert problems(DRAFT, now=NOON) == {}
    full = replace(DRAFT, promise="A call back", promise_by=NOON + timedelta(days=90))
    assert problems(full, now=NOON) == {}


def test_an_empty_form_says_something_beside_each_field_that_is_needed() -> None:
    expected = {"summary", "ticket", "severity", "category", "tried", "need"}
    assert set(problems(Draft(), now=NOON)) == expected


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"summary": "Help"}, "summary"),
        ({"summary": "x" * 151}, "summary"),
        ({"ticket": "x" * 201}, "ticket"),
        ({"customer": "x" * 201}, "customer"),
        ({"tried": "x" * 2501}, "tried"),
        ({"promise": "x" * 1001}, "promise"),
        ({"severity": "apocalyptic"}, "severity"),
        ({"category": "weather"}, "category"),
        ({"need": "money"}, "need"),
        ({"promise_by": NOON}, "promise_by"),
        ({"promise_by": NOON + timedelta(days=91)}, "promise_by"),
    ],
)
def test_each_wrong_field_is_named(change: dict[str, object], field: str) -> None:
    assert set(problems(replace(DRAFT, **change), now=NOON)) == {field}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change", [{"summary": "x" * 5}, {"summary": "x" * 150}, {"tried": "x" * 2500}]
)
def test_the_limits_themselves_are_fine(change: dict[str, str]) -> None:
    assert problems(replace(DRAFT, **change), now=NOON) == {}  # type: ignore[arg-type]


def test_what_no_database_can_keep_is_taken_out() -> None:
    draft = replace(DRAFT, summary=" Refund\x00 not\ud800 received ", source="https://x.example/1 ")
    assert draft.cleaned().summary == "Refund not received"
    assert draft.cleaned().source == "https://x.example/1"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    clean(text).encode()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("48213", "#48213"),
        ("abc-1", " ABC-1"),
        ("https://desk.example/t/1", "https://desk.example/t/1/"),
        ("https://desk.example/t/1", "https://desk.example/t/1#reply"),
    ],
)
def test_the_same_ticket_written_differently(one: str, other: str) -> None:
    assert ticket_key(one) == ticket_key(other)


@pytest.mark.parametrize(
    "text", ["48213", "javascript:alert(1)", "https://", "https://a b", "https://[", ""]
)
def test_what_is_no_link(text: str) -> None:
    assert not is_link(text)


def test_a_message_becomes_the_words_that_were_typed() -> None:
    typed = "<@U1|alice> see <https://desk.example/t/9|the ticket> &amp; &lt;tell&gt; <#C1|billing>"
    assert from_message(typed) == "alice see https://desk.example/t/9 & <tell> billing"


@pytest.mark.parametrize(
    ("text", "ticket"),
    [
        ("look at https://desk.example/t/9.", "https://desk.example/t/9"),
        ("ABC-123 again", "ABC-123"),
        ("this is #48213, please", "#48213"),
        ("nothing in 2026", ""),
    ],
)
def test_a_ticket_is_found_in_a_message(text: str, ticket: str) -> None:
    assert find_ticket(text) == ticket
