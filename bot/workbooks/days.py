"""Days as Excel counts and writes them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Days:
    """How days are counted and written, by Excel's own formats."""

    is_1904: bool = False
    day: str = "yyyy-mm-dd"
    moment: str = "yyyy-mm-dd hh:mm"

    @property
    def formats(self) -> dict[str, dict[str, Any]]:
        return {
            "day": {"valign": "top", "align": "left", "num_format": self.day},
            "moment": {"valign": "top", "align": "left", "num_format": self.moment},
        }

    def number(self, day: date) -> int:
        """Which day it is, as Excel counts."""
        return (day - self._first).days

    def moment_number(self, moment: datetime) -> float:
        """The same of a moment of a wall's clock."""
        return (moment - datetime.combine(self._first, time())) / timedelta(days=1)

    @property
    def _first(self) -> date:
        return date(1904, 1, 1) if self.is_1904 else date(1899, 12, 30)


DAYS = Days()
