"""Refusing what Block Kit does not allow, and `blocks.validate`, which only tells."""

import json

from sandbox.block_kit import check
from sandbox.block_kit.problems import Problem
from sandbox.kinds import Json
from sandbox.web_api.call import ApiError, Call, method

GIVEN = ("blocks", "message", "view")


def refuse(problems: list[Problem], error: str) -> None:
    """Raise what Slack answers to these problems; nothing when there are none."""
    if not problems:
        return
    said = [str(one) for one in problems]
    own = next((one.error for one in problems if one.error), error)
    extra: Json = {"response_metadata": {"messages": [f"[ERROR] {one}" for one in said]}}
    # Methods that take a view tell only there what is wrong with it.
    raise ApiError(own, **(extra if error == "invalid_arguments" else {"errors": said} | extra))


@method("blocks.validate", by="none")
async def blocks_validate(call: Call) -> Json:
    given = [name for name in GIVEN if call.args.get(name) is not None]
    if len(given) != 1:
        words = "[ERROR] provide exactly one of blocks, message or view"
        raise ApiError("invalid_arguments", response_metadata={"messages": [words]})
    problems = _problems(given[0], _decoded(call.args[given[0]]))
    if problems:
        raise ApiError(f"invalid_{given[0]}", errors=[one.details for one in problems])
    return {}


def _problems(name: str, value: object) -> list[Problem]:
    """What is wrong, with pointers into what was given. Sums over a whole message are not looked at."""
    if name == "blocks":
        return check.blocks(value, None, at="")
    if not isinstance(value, dict):
        raise ApiError("invalid_arguments")
    if name == "message":
        return check.blocks(value.get("blocks", []), "message")
    return check.view(value, "home" if value.get("type") == "home" else "modal", at="")


def _decoded(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise ApiError("invalid_arguments") from None
