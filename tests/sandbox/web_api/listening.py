"""A socket that acknowledges everything and keeps the events it was told of."""

import asyncio
from types import TracebackType
from typing import Self

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.helpers import Json


class Listener:
    def __init__(self, slack: Sandbox) -> None:
        self._slack = slack
        self.payloads: list[Json] = []

    @property
    def events(self) -> list[Json]:
        return [one["event"] for one in self.payloads if one.get("type") == "event_callback"]

    async def of(self, kind: str, subtype: str = "") -> Json:
        """The newest event of this kind, as soon as there is one."""

        def newest() -> Json | None:
            found = (
                one
                for one in reversed(self.events)
                if one["type"] == kind and one.get("subtype", "") == subtype
            )
            return next(found, None)

        found = await self._slack.until(newest, saying=f"no {kind} {subtype}")
        assert found is not None
        return found

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        client = AsyncWebClient(self._slack.app_token, self._slack.api_url, session=self._session)
        opened = await client.apps_connections_open(app_token=self._slack.app_token)
        self._socket = await self._session.ws_connect(opened["url"])
        self._listening = asyncio.ensure_future(self._listen())
        await self._slack.until_connected()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listening.cancel()
        await self._socket.close()
        await self._session.close()

    async def _listen(self) -> None:
        async for message in self._socket:
            envelope = message.json()
            if "envelope_id" in envelope:
                self.payloads.append(envelope["payload"])
                await self._socket.send_json({"envelope_id": envelope["envelope_id"]})
