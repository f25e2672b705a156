"""Structured logs: console or JSON, with ids and counts, and never a message's text or a token."""

import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from traceback import walk_tb
from types import TracebackType
from typing import Any, TextIO

import structlog

TOKENS = re.compile(r"xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+|xwfp-[\w-]+|(?<=ticket=)[\w%.-]+")
HIDDEN = "[hidden]"
# What these libraries say below these levels may hold whole payloads, whatever LOG_LEVEL is. Bolt's warnings hold bodies.
FLOORS = {
    "slack_bolt": logging.ERROR,
    "slack_sdk": logging.WARNING,
    "aiohttp": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "alembic": logging.WARNING,
    "uvicorn": logging.WARNING,
}
MAX_FRAMES = 25

Event = MutableMapping[str, Any]


def configure(
    level: str, form: str, secrets: Iterable[str] = (), stream: TextIO | None = None
) -> None:
    """Send everything to `stream` (standard error). `secrets` are hidden wherever they turn up."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(form, hide=_Hide(secrets)))
    handler.addFilter(_is_safe)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, floor in FLOORS.items():
        # Explicit levels, because the Slack libraries look at `logger.level` before they build a line.
        logging.getLogger(name).setLevel(max(floor, root.level))
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *_shared(), _wrap],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def places(error: BaseException) -> str:
    """An exception as types and places. Its message is left out: it may quote what a person typed."""
    lines = [_title(error)]
    for frame, line in list(walk_tb(error.__traceback__))[-MAX_FRAMES:]:
        lines.append(f"  {frame.f_globals.get('__name__')}:{line} in {frame.f_code.co_name}")
    if isinstance(error, BaseExceptionGroup):
        lines += [f"within it, {places(inner)}" for inner in error.exceptions]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines) + (f"\ncaused by {places(cause)}" if cause else "")


def _title(error: BaseException) -> str:
    """The type, and Slack's or the system's own code for it."""
    name = type(error).__name__
    response = getattr(error, "response", None)
    data = getattr(response, "data", response)
    if isinstance(data, dict) and re.fullmatch(r"\w{1,80}", str(data.get("error", ""))):
        return f"{name} {data['error']}"
    number = getattr(error, "errno", None)
    return f"{name} {number}" if isinstance(number, int) else name


def _formatter(form: str, hide: "_Hide") -> logging.Formatter:
    render: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=False, sort_keys=False, exception_formatter=structlog.dev.plain_traceback
        )
    )
    drop = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(), processors=[drop, render, hide]
    )


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _name_places,
    ]


_wrap = structlog.stdlib.ProcessorFormatter.wrap_for_formatter


def _name_places(_logger: Any, _method: str, event: Event) -> Event:
    found = event.pop("exc_info", None)
    record = event.get("_record")
    if record is not None and record.exc_info:
        found, record.exc_info, record.exc_text = record.exc_info, None, None
    error = _error_of(found)
    if error is not None:
        event["exception"] = places(error)
    return event


def _error_of(found: Any) -> BaseException | None:
    if isinstance(found, BaseException):
        return found
    if isinstance(found, tuple):
        kind: tuple[Any, BaseException | None, TracebackType | None] = found
        return kind[1]
    return sys.exc_info()[1] if found else None


def _is_safe(record: logging.LogRecord) -> bool:
    """Whether it may be written. Bolt resets the levels of its own loggers, so this is asked of every record."""
    floor = FLOORS.get(record.name.partition(".")[0], logging.NOTSET)
    # A forged request is logged by Bolt with its whole body; whoever listens over HTTP says so without it.
    return record.levelno >= floor and record.name != "slack_bolt.RequestVerification"


class _Hide:
    """The last processor: tokens and the secrets of the settings disappear from the finished line."""

    def __init__(self, secrets: Iterable[str]) -> None:
        long_enough = sorted({one for one in secrets if len(one) >= 4}, key=len, reverse=True)
        self.secrets = re.compile("|".join(map(re.escape, long_enough)) or r"(?!)")

    def __call__(self, _logger: Any, _method: str, line: Any) -> str:
        return TOKENS.sub(HIDDEN, self.secrets.sub(HIDDEN, line))
