"""How a call is made: arguments in every way Slack takes them, and the token where it must be."""

from typing import Any

import aiohttp
import pytest

from sandbox.server import Sandbox


async def _ask(slack: Sandbox, method: str, verb: str = "POST", **how: Any) -> str:
    async with aiohttp.ClientSession() as session:
        address = f"{slack.api_url}{method}"
        async with session.request(verb, address, **how) as response:
            assert response.status == 200
            return str((await response.json()).get("error", ""))


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"data": b"{", "headers": {"Content-Type": "application/json"}}, "invalid_json"),
        ({"json": ["x"]}, "json_not_object"),
        ({"data": b"x", "headers": {"Content-Type": "application/xml"}}, "invalid_post_type"),
        ({"data": {"channel[]": "x"}}, "invalid_array_arg"),
        ({"data": {"ch-annel": "x"}}, "invalid_arg_name"),
        ({"params": {"error": "my_own"}}, "my_own"),
    ],
)
async def test_what_cannot_be_read(slack: Sandbox, how: Any, error: str) -> None:
    assert await _ask(slack, "api.test", **how) == error


async def test_a_token_is_taken_from_the_header_or_a_form_and_from_nowhere_else(
    slack: Sandbox,
) -> None:
    token = {"token": slack.bot_token}
    header: Any = {"headers": {"Authorization": f"Bearer {slack.bot_token}"}}
    assert await _ask(slack, "auth.test", **header) == ""
    assert await _ask(slack, "auth.test", verb="GET", **header) == ""
    assert await _ask(slack, "auth.test", data=token) == ""
    assert await _ask(slack, "auth.test", json=token) == "not_authed"
    assert await _ask(slack, "auth.test", params=token) == "not_authed"
    assert await _ask(slack, "auth.test", data={"token": slack.app_token}) == (
        "not_allowed_token_type"
    )
    assert await _ask(slack, "apps.connections.open", data=token) == "not_allowed_token_type"


async def test_lists_and_blocks_come_as_json_inside_a_form(slack: Sandbox) -> None:
    where = {"token": slack.bot_token, "channel": "C0BILLING"}
    blocks = '[{"type": "divider"}]'
    assert await _ask(slack, "chat.postMessage", data=where | {"blocks": blocks}) == ""
    assert slack.channel("billing").last.raw["blocks"][0]["type"] == "divider"
    assert await _ask(slack, "chat.postMessage", data=where | {"blocks": "[{"}) == (
        "invalid_blocks_format"
    )
