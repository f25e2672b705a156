"""The Web API clients: one connection pool; one client that must be quick, and one that must not say things twice."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from logging import getLogger

from aiohttp import BaseConnector, ClientError, ClientSession, ClientTimeout, TCPConnector
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

ANSWER_SECONDS = 2.5  # a trigger lives 3 s, and a person waits
SEND_SECONDS = 10
# What Slack says when it cannot, whatever was asked.
UNWELL = {
    "fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable",
}  # fmt: skip
PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")


@dataclass(frozen=True, slots=True)
class Clients:
    """`answering` is for what is worth something only now, `sending` for the outbox. Neither repeats a call by itself."""

    answering: AsyncWebClient
    sending: AsyncWebClient
    session: ClientSession


@asynccontextmanager
async def open_clients(base_url: str, token: str, *, may_use_proxy: bool) -> AsyncIterator[Clients]:
    """Clients that share their connections. The SDK's own retries are off: its default posts a message twice."""
    if not may_use_proxy:
        _forget_proxies()
    async with (
        TCPConnector(limit=0, limit_per_host=64, keepalive_timeout=60) as connector,
        _session(connector, ANSWER_SECONDS) as quick,
        _session(connector, SEND_SECONDS) as patient,
    ):
        yield Clients(_client(base_url, token, quick), _client(base_url, token, patient), patient)


def code_of(error: SlackApiError) -> str:
    """Slack's word for what went wrong, or the status of an answer that is not Slack's."""
    data = getattr(error.response, "data", error.response)
    if isinstance(data, dict) and data.get("error"):
        return str(data["error"])
    status = getattr(error.response, "status_code", None) or getattr(error.response, "status", "")
    return f"http_{status}"


def is_absence(error: BaseException) -> bool:
    """Whether Slack, or the way to it, is what failed: no answer, or not one of Slack's own."""
    if isinstance(error, SlackApiError):
        status = int(getattr(error.response, "status_code", 0) or 0)
        return status >= 500 or status == 429 or code_of(error) in UNWELL
    return isinstance(error, (ClientError, OSError)) or _is_the_sdks(error)


def has_come_too_late(error: BaseException) -> bool:
    """Whether the trigger had run out, which lives 3 s from what the person did."""
    return isinstance(error, SlackApiError) and code_of(error) == "expired_trigger_id"


def has_come_twice(error: BaseException) -> bool:
    """Whether the trigger was used already: the same was brought before, and its form is open."""
    return isinstance(error, SlackApiError) and code_of(error) == "exchanged_trigger_id"


def _is_the_sdks(error: BaseException) -> bool:
    """The SDK stumbles over an answer in plain text, which a proxy gives in Slack's name."""
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    place = str(last.tb_frame.f_globals.get("__name__")) if last else ""
    return isinstance(error, AttributeError) and place.startswith("slack_sdk.")


def _session(connector: BaseConnector, seconds: float) -> ClientSession:
    return ClientSession(
        connector=connector, connector_owner=False, timeout=ClientTimeout(total=seconds)
    )


def _client(base_url: str, token: str, session: ClientSession) -> AsyncWebClient:
    return AsyncWebClient(
        token,
        base_url=base_url,
        session=session,
        retry_handlers=[],
        logger=getLogger("slack_sdk"),  # has a level; without one the SDK builds every debug line
    )


def _forget_proxies() -> None:
    """The SDK reads these anew for each request and knows no exception for this machine; so they must go."""
    for name in PROXIES:
        os.environ.pop(name, None)
