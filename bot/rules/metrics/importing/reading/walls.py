"""Reading the moments of one column fast: what a clock on a wall shows, and which moment that is.

A million lines hold few different days and few different times, so each half of a cell is read once.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from bot.rules import wall_clock
from bot.rules.metrics.importing.cells import moments
from bot.rules.metrics.importing.cells.missing import is_missing
from bot.rules.metrics.importing.cells.times import DAY
from bot.rules.metrics.importing.reading.rejecting import Reason
from bot.rules.metrics.importing.recognising.columns import Style

MOST_KEPT = 100_000
LONGEST_DAY = 10
"""Cells with so many characters are days alone, and the same ones come again."""
ENDS_A_DAY = re.compile(r"(?<![\d:])24:00(?!\d)")
LAST_OF_THE_HOUR = timedelta(minutes=59, seconds=59)


@dataclass(frozen=True, slots=True)
class Wall:
    """A moment, and what the clocks of the file's zone showed. `reason` is what had to be settled about it."""

    at: datetime
    day: date
    hour: int | None
    reason: Reason | None = None


class Walls:
    """Of one column, in one zone."""

    def __init__(self, style: Style, zone: str) -> None:
        self._style = style
        self._has_clocks = not style.is_days
        self._zone = zone
        self._there = ZoneInfo(zone)
        self._whole: dict[str, Wall | None] = {}
        self._days: dict[str, date | None] = {}
        self._clocks: dict[str, tuple[tuple[int, tzinfo | None], timedelta] | None] = {}
        self._hours: dict[tuple[date, int, tzinfo | None], Wall | None] = {}

    def read(self, cell: str) -> Wall | None:
        """None if there is nothing. Raises ValueError if it is no moment."""
        day_text, blank, clock_text = cell.partition("T" if cell[10:11] == "T" else " ")
        if blank and self._has_clocks:
            day, clock = self._day(day_text), self._clock(clock_text)
            if day is not None and clock is not None:
                begin = self._hour(day, *clock[0])
                if begin is not None:
                    return Wall(begin.at + clock[1], begin.day, begin.hour)
        if len(cell) > LONGEST_DAY:
            return self._slow(cell)
        if cell not in self._whole:
            _keep_few(self._whole)
            self._whole[cell] = self._slow(cell)
        return self._whole[cell]

    def midnight(self, day: date) -> Wall:
        """A day alone."""
        return Wall(wall_clock.midnight(day, self._zone), day, None)

    def on(self, day: date, seconds: int) -> Wall:
        """So long after midnight, as the clocks show it."""
        if seconds >= DAY:
            return self._end_of(day)
        hour, rest = divmod(seconds, 3600)
        begin = self._hour(day, hour, None)
        if begin is not None:
            return Wall(begin.at + timedelta(seconds=rest), day, hour)
        return self._settled(datetime.combine(day, time(hour, rest // 60, rest % 60)))

    def _end_of(self, day: date) -> Wall:
        """The midnight after it, which is of this day still, in its last hour."""
        return Wall(wall_clock.midnight(day + timedelta(days=1), self._zone), day, 23)

    def _slow(self, cell: str) -> Wall | None:
        if is_missing(cell):
            return None
        shown = moments.read(cell, self._style.order)
        if shown is None:
            raise ValueError(cell)
        if self._style.is_utc and shown.tzinfo is None:
            shown = shown.replace(tzinfo=UTC)
        if shown.tzinfo is not None:
            local = shown.astimezone(self._there)
            return Wall(shown.astimezone(UTC), local.date(), local.hour)
        if ENDS_A_DAY.search(cell):
            return self._end_of(shown.date() - timedelta(days=1))
        if shown.time() == time() and (self._style.is_days or _is_day(cell)):
            return self.midnight(shown.date())
        return self._settled(shown)

    def _settled(self, shown: datetime) -> Wall:
        """What the clocks show, also in the hour that is left out and in the one that comes twice."""
        at = wall_clock.moment(shown.date(), shown.time(), self._zone)
        back = at.astimezone(self._there).replace(tzinfo=None)
        reason = Reason.CLOCK_SKIPPED if back != shown else None
        if reason is None and self._comes_twice(shown):
            reason = Reason.CLOCK_TWICE
        return Wall(at, back.date(), back.hour, reason)

    def _comes_twice(self, shown: datetime) -> bool:
        first, second = (shown.replace(tzinfo=self._there, fold=fold) for fold in (0, 1))
        return first.utcoffset() != second.utcoffset()

    def _day(self, text: str) -> date | None:
        if text in self._days:
            return self._days[text]
        shown = moments.read(text, self._style.order)
        is_plain = shown is not None and shown.tzinfo is None and shown.time() == time()
        _keep_few(self._days)
        self._days[text] = shown.date() if shown and is_plain else None
        return self._days[text]

    def _clock(self, text: str) -> tuple[tuple[int, tzinfo | None], timedelta] | None:
        """The hour with its zone, if it says one, and how much of the hour has passed."""
        if text in self._clocks:
            return self._clocks[text]
        shown = moments.read(f"2000-01-01 {text}") if ":" in text else None
        _keep_few(self._clocks)
        self._clocks[text] = None
        if shown is not None and not ENDS_A_DAY.search(text):
            zone = shown.tzinfo or (UTC if self._style.is_utc else None)
            begin = shown.replace(minute=0, second=0, microsecond=0)
            self._clocks[text] = (shown.hour, zone), shown - begin
        return self._clocks[text]

    def _hour(self, day: date, hour: int, zone: tzinfo | None) -> Wall | None:
        """When this hour begins; None for those in which clocks change, or which are none of the file's zone."""
        key = (day, hour, zone)
        if key not in self._hours:
            _keep_few(self._hours)
            shown = datetime.combine(day, time(hour))
            self._hours[key] = self._begin(shown.replace(tzinfo=zone)) if zone else self._own(shown)
        return self._hours[key]

    def _own(self, shown: datetime) -> Wall | None:
        begin = self._begin(shown.replace(tzinfo=self._there))
        is_twice = begin is not None and self._comes_twice(shown)
        return None if is_twice else begin

    def _begin(self, shown: datetime) -> Wall | None:
        """The hour from then on, if the clocks of the file's zone show the same hour all through it."""
        at = shown.astimezone(UTC)
        first, last = (one.astimezone(self._there) for one in (at, at + LAST_OF_THE_HOUR))
        is_plain = (first.minute, first.hour) == (0, last.hour) and _is_same(shown, first)
        return Wall(at, first.date(), first.hour) if is_plain else None


def _is_same(shown: datetime, there: datetime) -> bool:
    """Whether clocks that were to show this do show it: not in the hour that is left out."""
    return shown.tzinfo is not there.tzinfo or shown.replace(fold=0) == there.replace(fold=0)


def _is_day(cell: str) -> bool:
    """Whether midnight is only what is left where a cell names no time."""
    return ":" not in cell and "." not in cell.strip()[-8:]


def _keep_few(kept: dict[Any, Any]) -> None:
    if len(kept) >= MOST_KEPT:
        kept.clear()
