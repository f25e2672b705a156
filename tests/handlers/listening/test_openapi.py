"""The API's document: all that it refers to is there, what it shows as an example is taken, and it says every problem."""

from collections.abc import Iterator
from typing import Any

from bot.rules.metrics.program.received.shapes import Item
from handlers.listening import problems
from handlers.listening.openapi import DOCUMENT, FACTS
from tests.cast import NOON

POST = DOCUMENT["paths"][FACTS]["post"]
SCHEMAS = DOCUMENT["components"]["schemas"]


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_whatever_is_referred_to_is_there() -> None:
    found = set(references(DOCUMENT))
    assert found
    assert {one.removeprefix("#/components/schemas/") for one in found} <= set(SCHEMAS)


def test_its_examples_are_facts() -> None:
    fields = SCHEMAS["Item"]["properties"]
    examples = {name: one["examples"][0] for name, one in fields.items() if "examples" in one}
    assert {"key", "at", "parts", "samples"} <= set(examples)
    assert Item.model_validate(examples).fact("UTC").at < NOON


def test_what_a_fact_needs_and_allows_is_said() -> None:
    item = SCHEMAS["Item"]
    assert item["required"] == ["key", "at"]
    assert item["additionalProperties"] is False
    for name in ("parts", "samples"):
        [pattern] = item["properties"][name]["patternProperties"]
        assert pattern.startswith("^(")
        assert item["properties"][name]["additionalProperties"] is False


def test_every_problem_is_answered_with_a_status_that_the_document_has() -> None:
    said = {int(status) for status in POST["responses"]}
    assert said == {200} | {int(kind.status) for kind in problems.KINDS}
    for status, response in POST["responses"].items():
        assert response["description"]
        assert ("Retry-After" in response.get("headers", {})) is (status in {"429", "503"})
