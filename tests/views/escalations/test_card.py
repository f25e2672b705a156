"""The card: complete, within Slack's limits, safe against what people type, in the team's language."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendars import BusinessHours
from bot.rules.escalations import (
    Decision,
    Escalation,
    Event,
    Resolution,
    Returning,
    ReturnReason,
    Solvable,
    Wait,
    WaitingOn,
    claimed,
    clock_started,
    merged,
    raised,
    resolved,
    returned,
    waited,
    withdrawn,
)
from bot.text import Text
from bot.views.escalations import ids
from bot.views.escalations.card import TEXT_LIMIT, card
from bot.views.escalations.details import details
from bot.views.escalations.lists import one_line
from sandbox.block_kit import check
from tests.casebook import DRAFT, TEAM
from tests.cast import ALICE, BOB, NOON

T = Text("en-US", "Europe/Berlin")
FULL = replace(
    DRAFT,
    ticket="https://desk.example/t/48213",
    promise="A call back",
    promise_by=NOON + timedelta(hours=3),
    source="https://example.slack.com/archives/C1/p1",
)
NEW = raised(ALICE, TEAM, FULL, number=12, now=NOON)
CLAIMED = claimed(NEW.after, BOB, TEAM, now=NOON)
RETURNED = returned(
    NEW.after, BOB, TEAM, Returning(ReturnReason.MISSING_INFORMATION, "Which <bank>?"), now=NOON
)
OUTCOME = Resolution("Bank was slow", Decision.REFUND, 2500, "EUR", Solvable.PERMISSION)
RESOLVED = resolved(CLAIMED.after, BOB, OUTCOME, now=NOON)
WAIT = Wait(WaitingOn.CUSTOMER, "They look for the <receipt>", NOON + timedelta(hours=4))
WAITING = waited(CLAIMED.after, BOB, WAIT, now=NOON)
MERGED = merged(NEW.after, BOB, 7, now=NOON)
AT_WORK = [ids.RESOLVE, ids.UPDATE, ids.WAIT, ids.HAND_OVER, ids.RETURN, ids.OPEN, ids.MORE]
WITHDRAWN = withdrawn(NEW.after, ALICE, now=NOON)


def draw(case: Escalation, events: Sequence[Event] = (NEW.event,)) -> tuple[str, list[Any]]:
    text, blocks = card(case, events, T)
    assert check.message(blocks) == []
    assert 0 < len(text) <= TEXT_LIMIT
    return text, blocks


def action_ids(blocks: list[Any]) -> list[str]:
    return [
        element["action_id"].partition(":")[0]
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]


@pytest.mark.parametrize(
    ("case", "state", "buttons"),
    [
        (
            NEW.after,
            "Waiting for an owner · claim by <!date^",
            [ids.CLAIM, ids.HAND_OVER, ids.RETURN, ids.OPEN, ids.MORE],
        ),
        (CLAIMED.after, "Owner: <@U0BOB> since <!date^", AT_WORK),
        (
            WAITING.after,
            "Owner: <@U0BOB> · waits for the customer until <!date^",
            [ids.RESUME, *AT_WORK],
        ),
        (
            RETURNED.after,
            "Returned to <@U0ALICE>: Some information is missing",
            [ids.OPEN, ids.MORE],
        ),
        (RESOLVED.after, "Resolved by <@U0BOB>: Refund, €25.00", [ids.REOPEN, ids.OPEN, ids.MORE]),
        (WITHDRAWN.after, "Withdrawn by <@U0ALICE>", [ids.REOPEN, ids.OPEN, ids.MORE]),
        (MERGED.after, "Goes on as #7", [ids.REOPEN, ids.OPEN]),
    ],
)
def test_each_state_says_where_it_stands_and_what_can_be_done(
    case: Escalation, state: str, buttons: list[str]
) -> None:
    text, blocks = draw(case)
    assert state in text
    assert state in json.dumps(blocks, ensure_ascii=False)
    assert action_ids(blocks) == buttons


def test_the_text_alone_holds_everything() -> None:
    text, _ = draw(NEW.after)
    for word in (
        "#12",
        "High",
        "Refund not received",
        "Jo Doe",
        "<https://desk.example/t/48213|",
        "A decision",
        "Billing and payment",
        "<@U0ALICE>",
        "Looked at the payment log",
        "A call back",
        "Promised by: <!date^",
    ):
        assert word in text


def test_the_last_three_lines_of_the_timeline_are_shown() -> None:
    events = [NEW.event, CLAIMED.event, RETURNED.event, RESOLVED.event]
    [context] = [one for one in draw(RESOLVED.after, events)[1] if one["type"] == "context"]
    lines = context["elements"][0]["text"].splitlines()
    assert len(lines) == 3
    assert "resolved it (Refund): Bank was slow" in lines[-1]


def test_what_is_late_says_since_when_it_waits() -> None:
    late = replace(NEW.after, claim_late_at=NOON + timedelta(minutes=30))
    assert "Waiting for an owner since <!date^" in draw(late)[0]


NASTY = "<!channel> <@U0BOB> <https://x.example|safe> & *bold* _x_ `y`"


def test_what_people_type_cannot_call_or_link_or_break_out() -> None:
    draft = replace(DRAFT, summary=NASTY, ticket=NASTY, customer=NASTY, tried=NASTY, promise=NASTY)
    text, blocks = draw(replace(NEW.after, draft=draft))
    shown = text + json.dumps(blocks)
    assert "<!channel>" not in shown
    assert "<https://x.example" not in shown
    assert "&lt;!channel&gt;" in shown


@given(st.text(max_size=150), st.text(max_size=200), st.text(max_size=2500))
def test_any_words_fit(summary: str, short: str, long: str) -> None:
    draft = replace(
        DRAFT,
        summary=summary or "x",
        ticket=short or "x",
        customer=short,
        tried=long,
        promise=long[:1000],
    )
    case = replace(NEW.after, draft=draft)
    draw(case)
    view = details(case, [NEW.event], [], T)
    assert check.view(view, "modal") == []


@pytest.mark.parametrize("nasty", ["&" * 2500, "<" * 2500, "\n" * 2500, "a\n" * 1250])
def test_the_worst_words_fit(nasty: str) -> None:
    draft = replace(
        DRAFT,
        summary=nasty[:150],
        ticket=nasty[:200],
        customer=nasty[:200],
        tried=nasty,
        promise=nasty[:1000],
    )
    case = replace(RETURNED.after, draft=draft, return_why=nasty[:1000])
    event = replace(RETURNED.event, why=nasty[:1000])
    draw(case, [event, event, event])
    view = details(case, [event] * 40, [], T, 1)
    assert check.view(view, "modal") == []


def test_the_card_of_a_closed_team_says_when_it_opens_and_by_when_to_claim() -> None:
    closed = replace(TEAM, hours=BusinessHours(always_open=False))
    night = NOON + timedelta(hours=10)
    case = raised(ALICE, closed, FULL, number=12, now=night).after
    text, blocks = draw(case)
    for shown in (text, str(blocks), one_line(case, T)):
        assert "the team opens <!date^1772524800^" in shown  # 09:00 in Berlin on Tuesday
        assert "claim by <!date^1772526600^" in shown
    running = clock_started(case, BOB, now=night + timedelta(hours=10))
    text, blocks = draw(running.after, [running.event])
    assert "opens" not in text
    assert "The team opened" in str(blocks)
