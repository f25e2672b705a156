"""Bringing a file from Slack: its bytes, as many as are wanted at most, and with the token only to Slack itself."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

from bot.rules.delivery import NO_ANSWER, NOT_REACHED, Answer

A_PIECE = 1 << 20
SILENT_SECONDS = 30
CONNECT_SECONDS = 10
SLACKS = (".slack.com", ".slack-edge.com")
TOO_LARGE = "too_large"
NOT_SLACKS = "not_slacks"
"""Words of our own, as an answer's `error`."""
NO_SCOPE = "missing_scope"
NOT_FOUND = "file_not_found"
STATUSES = {401: NO_SCOPE, 403: NO_SCOPE, 404: NOT_FOUND, 410: NOT_FOUND}


async def download(client: AsyncWebClient, url: str, path: Path, most: int) -> Answer:
    """The file behind Slack's address, to this path. Never raises for what Slack or the network do."""
    assert client.session is not None
    if not _is_slacks(url, client.base_url):
        return Answer(NOT_SLACKS)
    limit = ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=SILENT_SECONDS)
    token = {"Authorization": f"Bearer {client.token}"}
    try:
        async with client.session.get(url, headers=token, timeout=limit) as response:
            return _refusal(response) or await _keep(response, path, most)
    except ClientConnectorError:
        return Answer(NOT_REACHED)
    except (ClientError, TimeoutError):
        return Answer(NO_ANSWER)


def _is_slacks(url: str, api: str) -> bool:
    """Nobody else is ever shown the token."""
    wanted, ours = urlsplit(url), urlsplit(api)
    if (wanted.scheme, wanted.netloc) == (ours.scheme, ours.netloc):
        return True
    return wanted.scheme == "https" and str(wanted.hostname).endswith(SLACKS)


def _refusal(response: ClientResponse) -> Answer | None:
    if response.status == 429:
        wait = response.headers.get("Retry-After", "")
        return Answer("http_429", retry_after=float(wait) if wait.isdigit() else 1.0)
    if response.status != 200:
        return Answer(STATUSES.get(response.status, f"http_{response.status}"))
    # To whom it does not let read files, Slack shows the page where people sign in.
    is_elsewhere = bool(response.history) and response.content_type == "text/html"
    return Answer(NO_SCOPE) if is_elsewhere else None


async def _keep(response: ClientResponse, path: Path, most: int) -> Answer:
    size = 0
    with await asyncio.to_thread(path.open, "wb") as file:
        async for piece in response.content.iter_chunked(A_PIECE):
            size += len(piece)
            if size > most:
                return Answer(TOO_LARGE)
            await asyncio.to_thread(file.write, piece)
    return Answer()
