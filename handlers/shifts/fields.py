"""What the pickers of a form hold, as days, times and whole numbers. Anything else is as if nothing was chosen."""

from datetime import date, time
from typing import Any


def day(chosen: Any) -> date | None:
    try:
        return date.fromisoformat(str(chosen or ""))
    except ValueError:
        return None


def clock(chosen: Any) -> time | None:
    try:
        return time.fromisoformat(str(chosen or ""))
    except ValueError:
        return None


def whole(written: Any) -> int | None:
    try:
        return int(written)
    except (TypeError, ValueError):
        return None
