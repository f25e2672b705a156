"""Three ways in which a Bolt app can wait for its listener: look every 10 ms, run it first, or be told."""

import asyncio
from logging import getLogger
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.listener.async_listener import AsyncListener
from slack_bolt.listener.asyncio_runner import AsyncioListenerRunner
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

log = getLogger(__name__)


class TellingAck(AsyncAck):
    """An acknowledgement that somebody can wait for."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.said = asyncio.Event()

    async def __call__(self, *args: Any, **kwargs: Any) -> BoltResponse:
        response = await super().__call__(*args, **kwargs)
        self.said.set()
        return response


class EventRunner(AsyncioListenerRunner):
    """The listener runs as a task of its own, and its ack is answered in the moment that it is said."""

    def __init__(self, like: AsyncioListenerRunner) -> None:
        super().__init__(
            logger=like.logger,
            process_before_response=False,
            listener_error_handler=like.listener_error_handler,
            listener_start_handler=like.listener_start_handler,
            listener_completion_handler=like.listener_completion_handler,
            lazy_listener_runner=like.lazy_listener_runner,
        )
        self._running: set[asyncio.Task[BoltResponse | None]] = set()

    async def run(
        self,
        request: AsyncBoltRequest,
        response: BoltResponse,
        listener_name: str,
        listener: AsyncListener,
        starting_time: float | None = None,  # noqa: ARG002
    ) -> BoltResponse | None:
        ack = TellingAck()
        request.context["ack"] = ack
        if listener.auto_acknowledgement:
            await ack()
        task = asyncio.create_task(self._listen(request, response, listener, ack))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            await asyncio.wait_for(ack.said.wait(), listener.ack_timeout)
        except TimeoutError:
            log.warning("%s did not acknowledge", listener_name)
            return None
        return ack.response

    async def _listen(
        self,
        request: AsyncBoltRequest,
        response: BoltResponse,
        listener: AsyncListener,
        ack: TellingAck,
    ) -> BoltResponse | None:
        try:
            returned = await listener.run_ack_function(request=request, response=response)
            if isinstance(returned, BoltResponse) and ack.response is None:
                ack.response = returned
        except Exception as error:  # noqa: BLE001 - Bolt's own runner does the same
            await self.listener_error_handler.handle(
                error=error, request=request, response=response
            )
            ack.response = ack.response or BoltResponse(status=500)
        ack.said.set()
        return ack.response


def told(app: AsyncApp) -> None:
    """Make this app wait by an event."""
    app._async_listener_runner = EventRunner(app.listener_runner)  # noqa: SLF001
