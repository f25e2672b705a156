"""What Slack's forms hold becomes what the services want, half-filled and hostile ones too."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.rules.escalations import Draft, Verdict
from bot.text import Text
from bot.views.escalations.form import Carried
from handlers.escalations import forms
from handlers.request import Request
from tests.cast import ALICE, BILLING, NOON


def request(metadata: str = "", **values: Any) -> Request:
    async def whisper(text: str, blocks: list[dict[str, Any]] | None = None) -> None:
        raise AssertionError(text)

    state = {"values": {name: {"any": element} for name, element in values.items()}}
    body = {"view": {"id": "V1", "private_metadata": metadata, "state": state}}
    return Request(body, ALICE, "key", NOON, AsyncWebClient(), whisper, Text())


def text(value: str | None) -> dict[str, Any]:
    return {"type": "plain_text_input", "value": value}


def chosen(value: str | None) -> dict[str, Any]:
    option = {"text": {"type": "plain_text", "text": "x"}, "value": value} if value else None
    return {"type": "static_select", "selected_option": option}


def test_a_full_form() -> None:
    carried = Carried(BILLING, "https://example.slack.com/p1").packed()
    asked = request(
        carried,
        summary=text(" Refund not received "),
        ticket=text("48213"),
        customer=text(None),
        severity=chosen("high"),
        category=chosen("billing"),
        tried=text("Nothing yet"),
        need={"type": "radio_buttons", "selected_option": chosen("decision")["selected_option"]},
        promise=text(None),
        promise_by={"type": "datetimepicker", "selected_date_time": int(NOON.timestamp())},
        anyway={"type": "checkboxes", "selected_options": [{"value": "yes"}]},
    )
    assert forms.draft(asked) == Draft(
        summary="Refund not received",
        ticket="48213",
        severity="high",
        category="billing",
        tried="Nothing yet",
        need="decision",
        promise_by=NOON,
        source="https://example.slack.com/p1",
    )
    assert forms.team_id(asked) == BILLING
    assert forms.is_another_matter(asked)


def test_an_empty_form_is_an_empty_draft() -> None:
    asked = request(
        summary=text(None),
        severity=chosen(None),
        promise_by={"type": "datetimepicker", "selected_date_time": None},
        anyway={"type": "checkboxes", "selected_options": []},
    )
    assert forms.draft(asked) == Draft()
    assert not forms.is_another_matter(asked)


def test_the_chosen_team_counts_more_than_the_one_carried() -> None:
    assert forms.team_id(request(Carried("other").packed(), team=chosen(BILLING))) == BILLING


@pytest.mark.parametrize(("typed", "amount"), [("25.50", "25.50"), (None, "")])
def test_a_verdict(typed: str | None, amount: str) -> None:
    asked = request(
        cause=text("Bank was slow"),
        decision=chosen("refund"),
        amount={"type": "number_input", "value": typed},
        currency=chosen("EUR"),
        solvable=chosen("no"),
    )
    assert forms.verdict(asked) == Verdict("Bank was slow", "refund", amount, "EUR", "no")
