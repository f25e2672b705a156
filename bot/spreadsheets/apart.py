"""Work on a hostile file in a process of its own, under limits: what the file hides can cost that process, never Baton.

The process is Python anew, not a fork: it has the program and nothing else of ours, no settings, no secrets, no
connections. It writes batches to a pipe, which holds it back while they are not taken, and ends when nobody reads.
"""

import asyncio
import os
import pickle
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, TypeVar, TypeVarTuple

from bot.errors import Refused
from bot.spreadsheets.child import HEAD, Allowance, Came
from bot.text import _

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
ALLOWANCE = Allowance()
LARGEST = 256_000_000  # bytes of a batch
AHEAD = 1_000_000  # bytes that wait in our memory until they are taken
PANIC = "PanicException"
"""What python-calamine raises where it meets something that its authors thought impossible."""
TOO_HARD = _(
    "This file is too large or too odd to be read safely. Please save only the table as .csv, and send that."
)
TOO_SLOW = _("This file takes too long to read. Please split it.")
DEATHS: Mapping[int, str] = {
    signal.SIGXCPU: TOO_SLOW,
    signal.SIGABRT: TOO_HARD,
    signal.SIGSEGV: TOO_HARD,
    signal.SIGBUS: TOO_HARD,
    signal.SIGILL: TOO_HARD,
    signal.SIGKILL: TOO_HARD,
}
"""What a file can make a process die of. Of anything else, such as the machine being stopped, it is innocent."""


class WorkFailed(Exception):
    """A fault of ours in the other process: which error, and where. Never what was in the file."""


async def read_apart(
    work: Callable[[*Ts], Iterable[T]], *args: *Ts, limit: Allowance = ALLOWANCE
) -> AsyncGenerator[T, None]:
    """What `work` yields, as it yields it: batches of about a thousand rows, or whatever can be pickled.

    `work` is a function of a module, and that module is all that the process loads. Use this with
    `contextlib.aclosing`, so that the process ends as soon as you stop. Raises the Refused that the work raises, and
    Refused if it needs more than it may have.
    """
    process = await _started()
    try:
        await _ask(process, limit, (work, args))
        while True:
            came, content = await _next(process)
            if came is Came.END:
                return
            if came is not Came.BATCH:
                code = await process.wait() if came is Came.NOTHING else 0
                raise _what_is_wrong(came, content, code)
            yield pickle.loads(content)  # noqa: S301 - written by our own program
    finally:
        await _end(process)


async def _started() -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-P", "-m", "bot.spreadsheets.child"),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,  # a traceback may quote the file
        limit=AHEAD,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"},
    )


async def _ask(process: Process, limit: Allowance, work: Any) -> None:
    assert process.stdin
    process.stdin.write(pickle.dumps(limit) + pickle.dumps(work))
    with suppress(ConnectionError):  # it has ended; what it says tells why
        await process.stdin.drain()
        process.stdin.write_eof()


async def _next(process: Process) -> tuple[Came, bytes]:
    assert process.stdout
    try:
        kind, length = HEAD.unpack(await process.stdout.readexactly(HEAD.size))
        if length > LARGEST:
            return Came.TOO_MUCH, b""
        return Came(kind), await process.stdout.readexactly(length)
    except asyncio.IncompleteReadError:
        return Came.NOTHING, b""


def _what_is_wrong(came: Came, content: bytes, code: int) -> Exception:
    if came is Came.REFUSED:
        message, values = pickle.loads(content)  # noqa: S301 - written by our own program
        return Refused(message, **values)
    said = content.decode()
    if came is Came.TOO_MUCH or said.startswith(PANIC):
        return Refused(TOO_HARD)
    if came is Came.NOTHING and -code in DEATHS:
        return Refused(DEATHS[-code])
    return WorkFailed(said or f"The process ended with {code}.")


async def _end(process: Process) -> None:
    """Whatever it is doing. What it has written is taken from the pipe, or its end would not be heard of."""
    assert process.stdout
    assert process.stdin
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
    process.stdin.close()
    while await process.stdout.read(AHEAD):
        pass
    await process.wait()
