"""What Block Kit refuses, and where it points."""

from typing import Any

import pytest

from sandbox.block_kit import check, elements
from tests.sandbox.helpers import Json
from tests.sandbox.throwaway_app import button, card, form, input_block, option, text

CHART: Json = {
    "type": "bar",
    "series": [
        {"name": "Open", "data": [{"label": "Mon", "value": 4}, {"label": "Tue", "value": 7}]}
    ],
    "axis_config": {"categories": ["Mon", "Tue"]},
}


def section(words: str = "x", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}} | more


def actions(*inside: Json) -> Json:
    return {"type": "actions", "elements": list(inside)}


def chart(**changed: Any) -> Json:
    return {"type": "data_visualization", "title": "Week", "chart": CHART | changed}


GOOD: list[list[Json]] = [
    card("words"),
    [section(accessory=button("Go", "go")), {"type": "divider"}],
    [{"type": "header", "text": text("Title")}, {"type": "context", "elements": [text("small")]}],
    [{"type": "image", "image_url": "https://a.example/a.png", "alt_text": "a chart"}],
    [actions({"type": "static_select", "action_id": "s", "options": [option("One")]})],
    [chart(), chart()],
    [{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}],
]
BAD: list[tuple[list[Json], str]] = [
    ([{"type": "section"}], "text or fields"),
    ([section("x" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ([section("")], "must be more than 0 characters"),
    ([section()] * 51, "no more than 50 items allowed"),
    ([section(block_id="a"), section(block_id="a")], "already exists"),
    ([actions(button("A", "same"), button("B", "same"))], "`action_id` same already exists"),
    ([actions(button("x" * 76, "a"))], "/blocks/0/elements/0/text/text"),
    ([actions(button("A", "a") | {"style": "loud"})], "value must be one of danger, primary"),
    ([actions(*[button("A", str(n)) for n in range(26)])], "no more than 25 items"),
    (
        [actions({"type": "plain_text_input", "action_id": "a"})],
        "unsupported type: plain_text_input",
    ),
    ([actions({"type": "static_select", "action_id": "a"})], "exactly one of options"),
    ([actions({"type": "static_select", "options": [option("a")] * 101})], "no more than 100"),
    (
        [
            actions(
                {"type": "static_select", "options": [option("a")], "initial_option": option("b")}
            )
        ],
        "initial option",
    ),
    ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "unsupported type: mrkdwn"),
    (
        [{"type": "image", "image_url": "https://a.example/a.png"}],
        "missing required field: alt_text",
    ),
    ([{"type": "context", "elements": [button("A", "a")]}], "unsupported type: button"),
    ([{"type": "alert", "text": text("modal only")}], "unsupported type: alert"),
    ([chart(), chart(), chart()], "only 2"),
    ([chart(axis_config={"categories": ["Mon"]})], "one point for each category"),
    ([chart(type="doughnut")], "unsupported chart"),
    ([{"type": "markdown", "text": "x" * 7000}] * 2, "markdown must be less than 12001"),
    ([{"type": "table", "rows": [[]]}] * 2, "only 1 block of type table"),
    ([{"type": "nonsense"}], "unsupported type: nonsense"),
]


@pytest.mark.parametrize("blocks", GOOD)
def test_what_is_allowed(blocks: list[Json]) -> None:
    assert check.message(blocks) == []


@pytest.mark.parametrize(("blocks", "complaint"), BAD)
def test_what_is_refused(blocks: list[Json], complaint: str) -> None:
    assert complaint in "\n".join(check.message(blocks))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"title": text("x" * 25)}, "/view/title/text"),
        ({"submit": None}, "`submit` is required"),
        ({"private_metadata": "x" * 3001}, "/view/private_metadata"),
        ({"blocks": [section()] * 101}, "no more than 100"),
        ({"type": "home"}, "must be of type: modal"),
        ({"callback_id": "x" * 256}, "/view/callback_id"),
    ],
)
def test_what_a_modal_must_be(changes: Json, complaint: str) -> None:
    assert check.view(form(), "modal") == []
    assert complaint in "\n".join(check.view(form() | changes, "modal"))


def test_some_inputs_are_for_modals_only() -> None:
    home: Json = {"type": "home", "blocks": [input_block("f", "File", {"type": "file_input"})]}
    assert "file_input" in check.view(home, "home")[0]


@pytest.mark.parametrize(
    ("element", "value", "state"),
    [
        ({"type": "plain_text_input"}, "", {"value": None}),
        (
            {"type": "static_select", "options": [option("A")]},
            "a",
            {"selected_option": option("A")},
        ),
        ({"type": "static_select", "options": [option("A")]}, None, {"selected_option": None}),
        (
            {"type": "checkboxes", "options": [option("A")]},
            ["a"],
            {"selected_options": [option("A")]},
        ),
        ({"type": "multi_users_select"}, ["U1"], {"selected_users": ["U1"]}),
        ({"type": "multi_users_select"}, None, {"selected_users": []}),
        ({"type": "datepicker"}, "2026-11-22", {"selected_date": "2026-11-22"}),
        ({"type": "datetimepicker"}, "1795308382", {"selected_date_time": 1795308382}),
        ({"type": "overflow", "options": [option("A")]}, "a", {"selected_option": option("A")}),
        ({"type": "rich_text_input"}, "hi", {"rich_text_value": elements.rich("hi")}),
        ({"type": "rich_text_input"}, None, {"rich_text_value": None}),
        ({"type": "button"}, None, {}),
    ],
)
def test_what_a_choice_becomes(element: Json, value: object, state: Json) -> None:
    assert elements.chosen(element, value, {}) == {"type": element["type"]} | state


def test_what_is_not_offered_cannot_be_chosen() -> None:
    with pytest.raises(elements.NotAnOption):
        elements.chosen({"type": "static_select", "options": [option("A")]}, "b", {})


def test_inputs_start_with_their_initial_values() -> None:
    blocks = [
        input_block("d", "Day", {"type": "datepicker", "initial_date": "2026-11-22"}),
        input_block("m", "Many", {"type": "multi_users_select"}),
    ]
    assert elements.view_values(blocks, {}) == {
        "d": {"d": {"type": "datepicker", "selected_date": "2026-11-22"}},
        "m": {"m": {"type": "multi_users_select", "selected_users": []}},
    }
