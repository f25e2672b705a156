"""Small helpers of the sandbox's tests: a clock that is moved, and waiting for what the app heard."""

from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.clock import MovableClock
from sandbox.log import LogEntry
from sandbox.server import Sandbox

Json = dict[str, Any]


class HandClock(MovableClock):
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = datetime(2026, 3, 2, 12, tzinfo=UTC)) -> None:
        super().__init__(at, runs=False)

    def move(self, **by: float) -> None:
        self.jump(**by)


def error_of(caught: "pytest.ExceptionInfo[SlackApiError]") -> str:
    return str(caught.value.response["error"])


def refused(error: str) -> Any:
    """A block in which the Web API is to answer with this error."""
    return pytest.raises(SlackApiError, match=f"'error': '{error}'")


def deliveries(slack: Sandbox, kind: str) -> list[LogEntry]:
    return [one for one in slack.log if one.kind == "delivery" and one.name == kind]
