"""For every rule a payload that keeps it and one that breaks it, with the pointer and the words that Slack answers."""

from typing import Any, cast

import pytest

from sandbox.block_kit import check
from sandbox.block_kit.limits.blocks import BLOCKS
from sandbox.block_kit.limits.elements import ELEMENTS
from sandbox.block_kit.limits.parts import Surface
from sandbox.block_kit.problems import Problem
from tests.sandbox.block_kit.cases import BLOCK_CASES, Case
from tests.sandbox.block_kit.data_cases import CHART_CASES, RICH_CASES, TABLE_CASES
from tests.sandbox.block_kit.element_cases import ELEMENT_CASES
from tests.sandbox.block_kit.samples import HOME, MODAL, sample, text
from tests.sandbox.helpers import Json

CASES = [*BLOCK_CASES, *ELEMENT_CASES, *RICH_CASES, *TABLE_CASES, *CHART_CASES]


def problems(block: Json, surface: str) -> list[Problem]:
    return check.blocks([block], cast("Surface", surface))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_keeps_the_rule_passes(case: Case) -> None:
    block, surface, _ = case.payload(good=True)
    assert problems(block, surface) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_breaks_the_rule_is_pointed_at(case: Case) -> None:
    block, surface, at = case.payload(good=False)
    found = [str(one) for one in problems(block, surface)]
    pointer = f"[json-pointer:/blocks/0{at}{case.at}]"
    assert [one for one in found if case.says in one and one.endswith(pointer)], found


def test_every_block_and_element_has_a_case() -> None:
    of_nowhere = {"file"}
    tried = {case.kind.removesuffix("_element") for case in CASES}
    assert (BLOCKS.keys() | ELEMENTS.keys()) - tried == of_nowhere
    assert len(CASES) > 150


@pytest.mark.parametrize("kind", BLOCKS)
def test_each_block_stands_where_it_may_and_nowhere_else(kind: str) -> None:
    surfaces: tuple[Surface, ...] = ("message", "modal", "home")
    refused = {one for one in surfaces if check.blocks([sample(kind)], one)}
    assert set(surfaces) - refused == BLOCKS[kind].on
    for surface in refused:
        assert check.blocks([sample(kind)], surface)[0].message == f"unsupported type: {kind}"


@pytest.mark.parametrize(
    ("given", "at", "says"),
    [
        ("words", "/blocks", "must provide an array"),
        (["words"], "/blocks/0", "must provide an object"),
        ([{}], "/blocks/0", "missing required field: type"),
        ([{"type": "nonsense"}], "/blocks/0/type", "unsupported type: nonsense"),
        ([{"type": ["section"]}], "/blocks/0/type", "unsupported type: ['section']"),
        ([{"type": "section", "text": ["x"]}], "/blocks/0/text", "must provide an object"),
        ([sample("divider")] * 51, "/blocks", "no more than 50 items allowed"),
    ],
)
def test_what_is_no_block_at_all(given: object, at: str, says: str) -> None:
    assert (at, says) in [(one.pointer, one.message) for one in check.message(given)]


def blocks_of(kind: str, count: int, **changes: Any) -> list[Json]:
    return [sample(kind) | changes for _ in range(count)]


@pytest.mark.parametrize(
    ("good", "bad", "says", "error"),
    [
        (
            blocks_of("table", 1),
            blocks_of("table", 2),
            "only_one_table_allowed",
            "invalid_attachments",
        ),
        (
            blocks_of("data_visualization", 2),
            blocks_of("data_visualization", 3),
            "no more than 2",
            "",
        ),
        (
            blocks_of("markdown", 2, text="x" * 6000),
            blocks_of("markdown", 2, text="x" * 6001),
            "less than 12001 characters",
            "",
        ),
        (
            blocks_of("table", 1, rows=[[{"type": "raw_text", "text": "x" * 10_000}]]),
            blocks_of("table", 1, rows=[[{"type": "raw_text", "text": "x" * 10_001}]]),
            "less than 10001 characters",
            "",
        ),
        (
            blocks_of("data_table", 2, rows=[[{"type": "raw_text", "text": "x" * 5000}]] * 2),
            blocks_of("data_table", 2, rows=[[{"type": "raw_text", "text": "x" * 5001}]] * 2),
            "less than 20001 characters",
            "",
        ),
        (
            blocks_of("section", 5, text=text("x" * 2640)),
            blocks_of("section", 5, text=text("x" * 2641)),
            "less than 13201 characters",
            "msg_blocks_too_long",
        ),
    ],
)
def test_what_a_whole_message_may_hold(
    good: list[Json], bad: list[Json], says: str, error: str
) -> None:
    assert check.message(good) == []
    (problem,) = check.message(bad)
    assert (problem.pointer, problem.error) == ("/blocks", error)
    assert says in problem.message


INPUT = sample("input") | {"block_id": "what"}
FOCUSED = INPUT | {"block_id": "two", "element": {"type": "datepicker", "focus_on_load": True}}


@pytest.mark.parametrize(
    ("good", "bad", "at", "says"),
    [
        ({"title": text("x" * 24)}, {"title": text("x" * 25)}, "/title/text", "less than 25"),
        ({"submit": text("x" * 24)}, {"submit": text("x" * 25)}, "/submit/text", "less than 25"),
        ({"close": text("x" * 24)}, {"close": text("x" * 25)}, "/close/text", "less than 25"),
        ({}, {"title": None}, "", "missing required field: title"),
        ({}, {"blocks": None}, "", "missing required field: blocks"),
        ({"blocks": []}, {"blocks": {}}, "/blocks", "must provide an array"),
        (
            {"blocks": blocks_of("divider", 100)},
            {"blocks": blocks_of("divider", 101)},
            "/blocks",
            "no more than 100",
        ),
        (
            {"private_metadata": "x" * 3000},
            {"private_metadata": "x" * 3001},
            "/private_metadata",
            "less than 3001",
        ),
        ({"callback_id": "x" * 255}, {"callback_id": "x" * 256}, "/callback_id", "less than 256"),
        ({"external_id": "x" * 255}, {"external_id": "x" * 256}, "/external_id", "less than 256"),
        ({"notify_on_close": True}, {"state": {}}, "", "invalid additional property: state"),
        ({"clear_on_close": True}, {"clear_on_close": "no"}, "/clear_on_close", "a boolean"),
        ({"submit": text(), "blocks": [INPUT]}, {"blocks": [INPUT]}, "/submit", "is required"),
        (
            {"submit": text(), "blocks": [INPUT, FOCUSED]},
            {"submit": text(), "blocks": [INPUT, INPUT]},
            "/blocks/1/block_id",
            '`block_id` "what" already exists',
        ),
        (
            {"submit": text(), "blocks": [FOCUSED]},
            {"submit": text(), "blocks": [FOCUSED, FOCUSED | {"block_id": "three"}]},
            "/blocks/1/element/focus_on_load",
            "only one element",
        ),
        (
            {"submit": text(), "blocks": [INPUT | {"element": {"type": "file_input"}}]},
            {
                "submit": text(),
                "blocks": [INPUT | {"element": {"type": "file_input"}, "dispatch_action": True}],
            },
            "/blocks/0/dispatch_action",
            "cannot be used with `file_input`",
        ),
        ({}, {"type": "home"}, "/type", "must be a valid enum value"),
    ],
)
def test_what_a_modal_must_be(good: Json, bad: Json, at: str, says: str) -> None:
    assert check.view(MODAL | good, "modal") == []
    found = {one.pointer: one.message for one in check.view(MODAL | bad, "modal")}
    assert says in found[f"/view{at}"]


def test_a_home_has_no_title_and_needs_no_submit() -> None:
    assert check.view(HOME | {"blocks": [INPUT]}, "home") == []
    assert "title" in check.view(HOME | {"title": text()}, "home")[0].message
    no_moments = HOME | {"blocks": [INPUT | {"element": {"type": "datetimepicker"}}]}
    assert "datetimepicker" in check.view(no_moments, "home")[0].message


def test_a_view_of_more_than_250_kilobytes_is_too_large() -> None:
    most = [sample("section") | {"text": text("ж" * 1250)} for _ in range(100)]
    (problem,) = check.view(MODAL | {"blocks": most}, "modal")
    assert problem.error == "view_too_large"


def test_an_app_offers_a_hundred_options_at_most() -> None:
    some = [{"text": text(), "value": "a"}]
    groups = [{"label": text(), "options": some}]
    assert check.suggestions({"options": some * 100}) == []
    assert check.suggestions({"options": []}) == []
    assert check.suggestions({"option_groups": groups}) == []
    assert check.suggestions({"options": some * 101})[0].pointer == "/options"
    assert check.suggestions({"option_groups": groups * 101})[0].pointer == "/option_groups"
    assert check.suggestions({"options": "some"})[0].message == "must provide an array"
    assert check.suggestions({}) == []
