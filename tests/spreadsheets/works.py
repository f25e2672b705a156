"""Work for a process of its own: reading a file in batches, and what a hostile one would make of it."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from bot.errors import Refused
from bot.spreadsheets.limits import Limits
from bot.spreadsheets.tables import open_table
from bot.text import _

BATCH = 1_000
NO = _("Row {row} has more than {limit} columns.")


def rows_of(path: Path, limits: Limits, sheet: str) -> Iterator[Any]:
    """The headers, all rows in batches, and how much memory that took at its peak, in kilobytes."""
    table = open_table(path, limits, sheet=sheet)
    yield table.headers
    rows = table.rows()
    while batch := list(islice(rows, BATCH)):
        yield batch
    yield peak()


def peak() -> int:
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def eat() -> Iterator[int]:
    yield 1
    held = []
    while True:
        held.append(bytes(10_000_000))


def spin() -> Iterator[int]:
    yield 1
    while True:
        pass


def fail() -> Iterator[int]:
    yield 1
    raise ValueError("Diane was rude")


def refuse() -> Iterator[int]:
    yield 1
    raise Refused(NO, row=7, limit=2)


def count(most: int) -> Iterator[list[int]]:
    for start in range(0, most, BATCH):
        yield list(range(start, start + BATCH))


def numbered(most: int) -> Iterator[tuple[int, int]]:
    """Which process made it, and the how many-th it is."""
    for made in range(most):
        yield os.getpid(), made


def die() -> Iterator[int]:
    yield 1
    os.abort()


def be_stopped() -> Iterator[int]:
    yield 1
    os.kill(os.getpid(), signal.SIGINT)
    os.kill(os.getpid(), signal.SIGTERM)


def talk() -> Iterator[int]:
    sys.stdout.write("hello")
    sys.stdout.flush()
    os.write(1, b"hello")
    yield 1


def what_is_here() -> Iterator[tuple[set[str], str]]:
    """The names of the environment, and what becomes of a file."""
    try:
        with tempfile.TemporaryFile(dir="/tmp") as file:
            file.write(b"customers")
    except OSError:
        yield set(os.environ) - {"LC_CTYPE"}, "no file may be written"


def refusal_of(path: Path, limits: Limits) -> Iterator[tuple[str, int]]:
    """Why it is not read, and how much memory it took to find out, in kilobytes."""
    try:
        for _row in open_table(path, limits).rows():
            pass
    except Refused as refused:
        yield str(refused), peak()
    yield "read", peak()


class Nowhere:
    """Work of a module that the other process does not find."""

    def __call__(self) -> Iterator[int]:
        yield 1

    def __reduce__(self) -> tuple[object, ...]:
        return import_module, ("tests.spreadsheets.nowhere",)
