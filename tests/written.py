"""What is logged while a test runs, as the program would log it."""

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import structlog

from bot import logs


@contextmanager
def log_written(
    level: str = "debug", form: str = "json", secrets: Sequence[str] = ()
) -> Iterator[io.StringIO]:
    """Everything that is logged in the block. Afterwards all is as it was before."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.FLOORS}
    out = io.StringIO()
    logs.configure(level, form, secrets, out)
    try:
        yield out
    finally:
        root.handlers[:], root.level = before
        for name, found in levels.items():
            logging.getLogger(name).setLevel(found)
        structlog.reset_defaults()
