"""The document of the HTTP API, OpenAPI 3.1, made from the very models that read what is sent."""

from collections import defaultdict
from typing import Any

from pydantic.json_schema import models_json_schema

from bot.rules.metrics.program.received.shapes import Batch, Problem, Taken
from handlers.listening.limits import A_SECOND, AT_ONCE
from handlers.listening.problems import KINDS, MEDIA_TYPE, Kind

FACTS = "/api/v1/facts"
OPENAPI = "/api/v1/openapi.json"
VERSION = "1.0.0"
_COMPONENTS = "#/components/schemas/"

Json = dict[str, Any]


def document() -> Json:
    """As `GET /api/v1/openapi.json` answers it."""
    _, schemas = models_json_schema(
        [(Batch, "validation"), (Taken, "serialization"), (Problem, "serialization")],
        ref_template=_COMPONENTS + "{model}",
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Baton: numbers from your programs",
            "version": VERSION,
            "description": "Facts are kept by key and added up to the numbers of teams and people. "
            f"A token may ask {AT_ONCE} times at once, and then {A_SECOND} times a second.",
        },
        "paths": {FACTS: {"post": _post()}, OPENAPI: {"get": _get()}},
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _post() -> Json:
    return {
        "operationId": "sendFacts",
        "summary": "Send facts. All of them are taken, or none.",
        "security": [{"token": []}],
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": True,
                "description": "The same for the same request sent again, within 7 days: it is taken once.",
                "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
            }
        ],
        "requestBody": {"required": True, "content": _json(Batch)},
        "responses": {
            "200": {
                "description": "They count from now on.",
                "headers": {
                    "Idempotency-Replayed": {
                        "description": "“true” if this was answered to the same request before.",
                        "schema": {"type": "string"},
                    }
                },
                "content": _json(Taken),
            },
            **_problems(),
        },
    }


def _get() -> Json:
    content = {"application/json": {"schema": {"type": "object"}}}
    return {
        "operationId": "readDocument",
        "summary": "This document.",
        "security": [],
        "responses": {"200": {"description": "OpenAPI 3.1.", "content": content}},
    }


def _problems() -> Json:
    """By status; some of them stand for several problems."""
    found: dict[str, list[Kind]] = defaultdict(list)
    for kind in KINDS:
        found[str(int(kind.status))].append(kind)
    return {
        status: {"description": " ".join(one.detail for one in kinds), "content": _json(Problem)}
        | _waiting(status)
        for status, kinds in sorted(found.items())
    }


def _waiting(status: str) -> Json:
    if status not in {"429", "503"}:
        return {}
    wait = {"description": "In how many seconds to try again.", "schema": {"type": "integer"}}
    return {"headers": {"Retry-After": wait}}


def _json(model: type) -> Json:
    media_type = MEDIA_TYPE if model is Problem else "application/json"
    return {media_type: {"schema": {"$ref": _COMPONENTS + model.__name__}}}


DOCUMENT = document()
