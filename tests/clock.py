"""The clock of stories: a movable one that begins on a Monday at noon, in UTC."""

from datetime import UTC, datetime

from sandbox import clock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class MovableClock(clock.MovableClock):
    def __init__(self, start: datetime = NOON) -> None:
        super().__init__(start)
