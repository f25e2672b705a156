"""What the pickers of a form hold, as days and times. Anything else is as if nothing was chosen."""

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
