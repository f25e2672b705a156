"""What a person's choice becomes in `state.values`, and where the elements of a payload are found."""

import pytest

from sandbox.block_kit import elements
from tests.sandbox.block_kit.samples import BUTTON, CARD, raw, sample
from tests.sandbox.helpers import Json
from tests.sandbox.throwaway_app import input_block, option


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


def test_elements_are_found_in_blocks_within_blocks() -> None:
    pressed = CARD | {"actions": [BUTTON | {"action_id": "in a card"}]}
    contained = sample("actions") | {"elements": [BUTTON | {"action_id": "in a container"}]}
    cell: Json = {"type": "action_cell", "element": BUTTON | {"action_id": "in a cell"}}
    blocks = [
        sample("carousel") | {"elements": [pressed]},
        sample("container") | {"child_blocks": [contained]},
        sample("data_table") | {"rows": [[raw()], [cell | {"fallback": raw()}]]},
    ]
    found = [element["action_id"] for _, element in elements.elements(blocks)]
    assert found == ["in a card", "in a container", "in a cell"]
