"""Running what the command line asks for: one loop, and an end that never quotes a person."""

import asyncio
import sys
import threading
from collections.abc import Coroutine
from logging import getLogger
from types import TracebackType
from typing import Any

import uvloop

log = getLogger(__name__)

THREAD_SECONDS = 1


def run_all(work: Coroutine[Any, Any, Any]) -> Any:
    """What comes of it. Raises what it raises."""
    sys.excepthook = _say_where_it_ended
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.get_loop().set_exception_handler(_say_where)
        try:
            return runner.run(work)
        finally:
            _wait_for_threads()


def _wait_for_threads() -> None:
    """A connection that could not be opened ends its thread in its own time, which must be before the loop's end."""
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            thread.join(THREAD_SECONDS)


def _say_where_it_ended(
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    """A bug ends the program. Python would print the exception's message, which may quote a person."""
    log.critical("Baton has ended by a fault of its own", exc_info=error)


def _say_where(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log where it was, without asyncio's words: they quote the exception, which may quote a person."""
    log.error("A task failed and nobody waited for it", exc_info=context.get("exception"))
