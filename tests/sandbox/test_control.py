"""The calls that steer the sandbox itself: its faults, its log, and the socket on which both are told."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.faults import KINDS
from sandbox.server import Sandbox
from sandbox.web_api.registry import METHODS
from tests.sandbox.helpers import Json, refused


class Control:
    """Whoever steers the sandbox by HTTP."""

    def __init__(self, session: aiohttp.ClientSession, slack: Sandbox) -> None:
        self.session, self.slack = session, slack
        self.status = 0

    async def ask(self, verb: str, path: str, **how: Any) -> Json:
        address = f"{self.slack.url}/sandbox{path}"
        async with self.session.request(verb, address, **how) as response:
            self.status = response.status
            return dict(await response.json())

    async def fault(self, **body: object) -> Json:
        return await self.ask("POST", "/faults", json=body)

    async def entries(self, after: int = 0, limit: int = 200) -> list[Json]:
        answer = await self.ask("GET", f"/log?after={after}&limit={limit}")
        return list(answer["entries"])


@pytest.fixture
async def control(slack: Sandbox) -> AsyncIterator[Control]:
    async with aiohttp.ClientSession() as session:
        yield Control(session, slack)


async def frame(socket: aiohttp.ClientWebSocketResponse, kind: str) -> Json:
    while True:
        heard: Json = await socket.receive_json(timeout=5)
        if heard["type"] == kind:
            return heard


async def logged(socket: aiohttp.ClientWebSocketResponse, name: str) -> Json:
    """The next entry of this name."""
    while (entry := (await frame(socket, "log"))["entry"])["name"] != name:
        pass
    return dict(entry)


async def test_what_can_fail_is_listed_with_what_it_asks_for(control: Control) -> None:
    listed = await control.ask("GET", "/faults")
    kinds = {one["kind"]: one for one in listed["kinds"]}
    assert set(kinds) == {
        "rate_limited",
        "tiers",
        "drop_before",
        "drop_stored",
        "hang",
        "server_error",
        "slow",
        "twice",
        "lose_ack",
        "refuse_token",
        "close_sockets",
    }
    assert all(one["title"] and one["explains"].endswith(".") for one in kinds.values())
    [field] = kinds["rate_limited"]["fields"]
    assert (field["name"], field["type"], field["default"]) == ("retry_after", "number", 30)
    assert set(METHODS) < set(listed["targets"]["api"])
    assert "response_url" in listed["targets"]["delivery"]
    assert listed["active"] == []


def test_each_kind_is_explained_in_the_docs() -> None:
    page = Path(__file__).parents[2] / "docs/reference/sandbox.md"
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \|$", page.read_text(), re.MULTILINE)
    assert rows == list(KINDS)


async def test_a_fault_is_switched_on_strikes_and_is_over(
    control: Control, client: AsyncWebClient
) -> None:
    asked = {"kind": "rate_limited", "target": "auth.test", "times": 2, "retry_after": 7}
    fault = (await control.fault(**asked))["fault"]
    assert fault == asked | {"id": fault["id"], "title": "Too many requests", "struck": 0}
    with refused("ratelimited") as caught:
        await client.auth_test()
    assert caught.value.response.headers["Retry-After"] == "7"
    [active] = (await control.ask("GET", "/faults"))["active"]
    assert active["struck"] == 1
    with refused("ratelimited"):
        await client.auth_test()
    assert (await control.ask("GET", "/faults"))["active"] == []
    await client.auth_test()


async def test_faults_are_switched_off_one_by_one_or_all(
    control: Control, client: AsyncWebClient
) -> None:
    ids = [(await control.fault(kind="refuse_token"))["fault"]["id"] for _ in range(3)]
    left = (await control.ask("DELETE", f"/faults/{ids[1]}"))["active"]
    assert [one["id"] for one in left] == [ids[0], ids[2]]
    await control.ask("DELETE", f"/faults/{ids[1]}")
    assert control.status == 404
    with refused("invalid_auth"):
        await client.auth_test()
    assert (await control.ask("DELETE", "/faults"))["active"] == []
    await client.auth_test()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "flood"},
        {"kind": "hang", "target": "chat.shout"},
        {"kind": "rate_limited", "target": "interactive"},
        {"kind": "twice", "target": "chat.postMessage"},
        {"kind": "lose_ack", "target": "response_url"},
        {"kind": "hang", "times": 0},
        {"kind": "hang", "times": True},
        {"kind": "hang", "times": "3"},
        {"kind": "slow", "seconds": -1},
        {"kind": "slow", "seconds": "2"},
        {"kind": "slow", "self": 2},
        {"kind": "close_sockets", "reason": "boredom"},
    ],
    ids=str,
)
async def test_what_is_no_fault_is_refused_with_a_sentence(control: Control, body: Json) -> None:
    refusal = await control.ask("POST", "/faults", json=body)
    assert control.status == 400
    assert refusal["error"].endswith(".")
    assert control.slack.faults.active == []


async def test_a_body_that_is_no_object_is_refused(control: Control) -> None:
    for data in ("", "[]", "{"):
        refusal = await control.ask("POST", "/faults", data=data)
        assert (control.status, refusal["error"]) == (400, "The body must be a JSON object.")


async def test_the_log_is_read_page_by_page_and_whole(
    control: Control, slack: Sandbox, client: AsyncWebClient
) -> None:
    slack.faults.start("server_error", "chat.postMessage", times=1)
    with pytest.raises(SlackApiError, match="500"):
        await client.chat_postMessage(channel="C0BILLING", text="lost")
    await client.chat_postMessage(channel="C0BILLING", text="said")
    first, second, *_ = await control.entries()
    assert (first["name"], first["ok"], first["fault"]) == (
        "chat.postMessage",
        False,
        "server_error",
    )
    assert (second["ok"], second["error"], second["fault"], second["channel"]) == (
        True,
        "",
        None,
        "C0BILLING",
    )
    assert second["took_ms"] >= 0
    assert await control.entries(after=first["n"], limit=1) == [second]
    assert await control.entries(limit=1) == [first]
    whole = await control.ask("GET", f"/log/{second['n']}")
    assert whole["sent"]["text"] == "said"
    assert whole["answer"]["message"]["text"] == "said"
    assert whole.items() >= second.items()


async def test_what_is_not_in_the_log_is_not_found(control: Control) -> None:
    for n in ("0", "1", "x"):
        await control.ask("GET", f"/log/{n}")
        assert control.status == 404
    await control.ask("GET", "/log?after=x")
    assert control.status == 400


async def test_who_watches_hears_of_calls_faults_and_sockets(
    control: Control, slack: Sandbox, app: AsyncApp
) -> None:
    async with control.session.ws_connect(f"{slack.url}/sandbox/inspect") as socket:
        assert (await frame(socket, "faults"))["active"] == []
        await control.fault(kind="slow", target="slash_commands", seconds=0)
        assert (await frame(socket, "faults"))["active"][0]["kind"] == "slow"
        await slack.person("alice").slash("/say", "hi", channel="billing")
        assert (await frame(socket, "faults"))["active"][0]["struck"] == 1
        entry = await logged(socket, "slash_commands")
        assert entry["kind"] == "delivery"
        assert (entry["person"], entry["channel"], entry["fault"]) == (
            "U0ALICE",
            "C0BILLING",
            "slow",
        )
        closing = (await control.fault(kind="close_sockets"))["fault"]
        assert closing["struck"] == 1
        assert (await logged(socket, "closed"))["kind"] == "socket"


async def test_no_token_is_ever_told(
    control: Control, slack: Sandbox, client: AsyncWebClient, app: AsyncApp
) -> None:
    await client.chat_postMessage(channel="C0BILLING", text=f"mine is {slack.bot_token}")
    await client.api_call("auth.test", params={"token": slack.bot_token})
    told = [await control.ask("GET", f"/log/{one['n']}") for one in await control.entries()]
    assert {one["name"] for one in told} >= {"apps.connections.open", "hello", "auth.test"}
    secrets = (slack.bot_token, slack.app_token, slack.signing_secret)
    assert not any(secret in str(told) for secret in secrets)
    [opened] = [one for one in told if one["name"] == "apps.connections.open"]
    assert opened["answer"]["url"].endswith("ticket=…")


async def test_other_sites_may_not_steer_the_sandbox(control: Control, slack: Sandbox) -> None:
    foreign = {"Origin": "https://elsewhere.example"}
    async with control.session.delete(f"{slack.url}/sandbox/faults", headers=foreign) as response:
        assert response.status == 403
    async with control.session.get(f"{slack.url}/sandbox/inspect", headers=foreign) as response:
        assert response.status == 403
