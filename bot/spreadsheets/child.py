"""The process that reads a hostile file: it limits itself, does the work that it is given, and writes what comes of it."""

import gc
import os
import pickle
import resource
import signal
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from types import TracebackType
from typing import BinaryIO

from bot.errors import Refused

HEAD = struct.Struct("!BQ")
"""Before each thing on the pipe: what it is, and its length in bytes."""
POLITE = 5  # Baton answers people first
GARBAGE_THRESHOLD = 20_000


class Came(IntEnum):
    """What the process sends. `NOTHING` is said by who reads, of a process that ended without a word."""

    BATCH = 0
    END = 1
    REFUSED = 2
    TOO_MUCH = 3
    FAILED = 4
    NOTHING = 5


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the process may use: bytes of address space (where the system keeps to it), seconds of computing."""

    memory: int = 1_500_000_000
    seconds: int = 900


@dataclass(frozen=True, slots=True)
class Pipe:
    """Where everything is written."""

    file: BinaryIO

    def send(self, came: Came, content: bytes = b"") -> None:
        self.file.write(HEAD.pack(came, len(content)))
        self.file.write(content)
        self.file.flush()

    def say_fault(
        self, kind: type[BaseException], _error: BaseException, trace: TracebackType | None
    ) -> None:
        """The error's name and place. Its words may quote the file."""
        while trace and trace.tb_next:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "nowhere"
        self.send(Came.FAILED, f"{kind.__name__} at {place}".encode())


def main() -> None:
    pipe = Pipe(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)  # nothing that is printed gets among the batches
    sys.excepthook = pipe.say_fault
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us is told, and will end us
    limit(pickle.load(sys.stdin.buffer))  # noqa: S301 - written by our own program
    try:
        work, args = pickle.load(sys.stdin.buffer)  # noqa: S301 - the same
        seldom_look_for_garbage()
        send_all(pipe, work(*args))
    except Refused as refused:
        pipe.send(Came.REFUSED, pickle.dumps((refused.message, dict(refused.values))))
    except MemoryError:
        pipe.send(Came.TOO_MUCH)


def seldom_look_for_garbage() -> None:
    """Rows leave none that their last use does not free, and looking for it would take a third of the time."""
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)


def send_all(pipe: Pipe, batches: Iterable[object]) -> None:
    for batch in batches:
        pipe.send(Came.BATCH, pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
    pipe.send(Came.END)


def limit(allowance: Allowance) -> None:
    """What is no longer needed after this is given up too: other files, and a picture of the memory if it dies."""
    os.nice(POLITE)
    seconds = (
        allowance.seconds,
        allowance.seconds + 1,
    )  # at the second the system says nothing any more
    for what, most in (
        (resource.RLIMIT_CORE, (0, 0)),
        (resource.RLIMIT_FSIZE, (0, 0)),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, (allowance.memory, allowance.memory)),
    ):
        with suppress(ValueError, OSError):  # macOS does not keep to all of them
            resource.setrlimit(what, most)


if __name__ == "__main__":
    main()
