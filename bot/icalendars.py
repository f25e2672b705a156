"""Uploaded iCalendar files become rows of text, under limits: one row per event and person, recurring ones spelled out.

The libraries are loaded when the first calendar comes, since few starts see one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from bot.errors import Refused
from bot.spreadsheets import TOO_LARGE, Rows
from bot.text import _

Component = Any
"""A part of a calendar: the library's own types say little about what is in one."""
HEADER = ["team", "person", "start", "end"]
BROKEN = (
    ValueError, KeyError, AttributeError, TypeError, IndexError, OverflowError, RecursionError, NotImplementedError,
)  # fmt: skip
DAYS = r"(?:MO|TU|WE|TH|FR|SA|SU)"
PARTS = r"(?:;(?:INTERVAL=\d{1,3}|COUNT=\d{1,5}|UNTIL=[0-9TZ]+|WKST=[A-Z]{2}))*"
ENDS = r"(?:;(?:COUNT=\d{1,5}|UNTIL=[0-9TZ]+|WKST=[A-Z]{2}|INTERVAL=1))*"
RULES = [
    re.compile(rf"FREQ=(?:DAILY|YEARLY|WEEKLY|MONTHLY){PARTS}"),
    re.compile(rf"FREQ=DAILY{ENDS};BYDAY={DAYS}(?:,{DAYS})*{ENDS}"),
    re.compile(rf"FREQ=WEEKLY{PARTS};BYDAY={DAYS}(?:,{DAYS})*{PARTS}"),
    re.compile(rf"FREQ=MONTHLY{PARTS};BYDAY=[+-]?[1-5]?{DAYS}(?:,[+-]?[1-5]?{DAYS})*{PARTS}"),
    re.compile(rf"FREQ=MONTHLY{PARTS};BYDAY={DAYS}(?:,{DAYS})*{PARTS};BYSETPOS=[+-]?[1-4]{PARTS}"),
    re.compile(
        rf"FREQ=MONTHLY{PARTS};BYMONTHDAY=-?(?:[1-9]|1\d|2[0-8])(?:,-?(?:[1-9]|1\d|2[0-8]))*{PARTS}"
    ),
]
"""Ways to repeat that come again for certain and soon. For any other the libraries may look until the year 9999."""
NOT_A_CALENDAR = _("This file is not a calendar that Baton can read. Please save it as .ics anew.")
TOO_MANY_EVENTS = _("This calendar has more than {limit} events. Please split it.")
ODD_REPEAT = _(
    "Event {number} repeats in a way that no shift does. Please write it as plainly daily, weekly or monthly."
)
TOO_OLD = _("Event {number} has been repeating since long ago. Please let it begin later.")
NO_PERSON = _("Event {number} names nobody: write the person into its title, or invite them.")


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read: bytes, components, recurring ones, spelled-out events; and how far they are spelled out."""

    size: int = 5_000_000
    components: int = 5_000
    recurring: int = 500
    events: int = 20_000
    depth: int = 4
    zones: int = 50
    ahead: timedelta = timedelta(weeks=26)
    oldest: timedelta = timedelta(days=3660)


SHIFTS = Limits()


def is_calendar(data: bytes) -> bool:
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == b"BEGIN:VCALENDAR"


def read(data: bytes, *, now: datetime, team: str = "", limits: Limits = SHIFTS) -> Rows:
    """Header and rows: `team`, or the calendar's name, then person, start and end. Row 2 is the first event.

    From today on, as far ahead as the limits say. Raises Refused with a sentence that says what is wrong and where.
    """
    if len(data) > limits.size:
        raise Refused(TOO_LARGE, limit=limits.size // 1_000_000)
    text = _checked(data, limits)
    today = datetime(now.year, now.month, now.day, tzinfo=UTC)
    try:
        return [HEADER, *_rows(text, team, today, limits)]
    except BROKEN as error:
        raise Refused(NOT_A_CALENDAR) from error


def _checked(data: bytes, limits: Limits) -> str:
    """The text, once nothing in it can make the libraries work for long."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(NOT_A_CALENDAR) from error
    depth, count, zones = 0, 0, False
    if text.upper().count("BEGIN:VTIMEZONE") > limits.zones:
        raise Refused(NOT_A_CALENDAR)
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        word = line.strip().upper()
        if word.startswith("BEGIN:"):
            depth, count = depth + 1, count + 1
            zones = zones or word == "BEGIN:VTIMEZONE"
        elif word.startswith("END:"):
            depth -= 1
            zones = zones and word != "END:VTIMEZONE"
        elif zones and word.startswith("RRULE") and "FREQ=YEARLY" not in word:
            raise Refused(NOT_A_CALENDAR)
        if depth > limits.depth:
            raise Refused(NOT_A_CALENDAR)
        if count > limits.components:
            raise Refused(TOO_MANY_EVENTS, limit=limits.components)
    return text


def _rows(text: str, team: str, today: datetime, limits: Limits) -> Iterator[list[str]]:
    import recurring_ical_events  # noqa: PLC0415 - see above
    from icalendar import Calendar  # noqa: PLC0415

    calendar = Calendar.from_ical(text)
    until = today + limits.ahead
    _tame(calendar, until, today - limits.oldest, limits)
    name = team or str(calendar.get("X-WR-CALNAME") or calendar.get("NAME") or "").strip()
    found = recurring_ical_events.of(calendar).between(today, until)
    if len(found) > limits.events:
        raise Refused(TOO_MANY_EVENTS, limit=limits.events)
    number = 0
    for event in sorted(found, key=lambda one: str(one["DTSTART"].dt)):
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        number += 1
        people = list(_people(event))
        if not people:
            raise Refused(NO_PERSON, number=number)
        start, end = _written(event["DTSTART"].dt), _written(_end(event))
        yield from ([name, person, start, end] for person in people)


def _tame(calendar: Component, until: datetime, oldest: datetime, limits: Limits) -> None:
    """Let every rule end where we stop looking. Raises Refused for rules that no shift has."""
    recurring = 0
    for number, event in enumerate(calendar.walk("VEVENT"), start=1):
        rule = event.get("RRULE")
        if rule is None:
            continue
        recurring += 1
        if recurring > limits.recurring:
            raise Refused(TOO_MANY_EVENTS, limit=limits.recurring)
        written = "" if isinstance(rule, list) else rule.to_ical().decode().upper()
        if not any(one.fullmatch(written) for one in RULES) or "EXRULE" in event:
            raise Refused(ODD_REPEAT, number=number)
        start = event["DTSTART"].dt
        if _day(start) < oldest.date():
            raise Refused(TOO_OLD, number=number)
        last = _last(written, start, rule, until)
        if last is None:
            calendar.subcomponents.remove(event)
            continue
        rule["UNTIL"] = [last]
        rule.pop("COUNT", None)


def _last(written: str, start: Any, rule: Any, until: datetime) -> Any:
    """When the last one begins, of those that are looked at, in the kind of time in which the event begins.

    None if it ends before it begins.
    """
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - comes with the calendar libraries

    parts = [one for one in written.split(";") if not one.upper().startswith(("COUNT=", "UNTIL="))]
    local = start if isinstance(start, datetime) else datetime(start.year, start.month, start.day)  # noqa: DTZ001
    local = local.replace(tzinfo=None)
    stop = until.replace(tzinfo=None) + timedelta(days=1)
    if said := rule.get("UNTIL"):
        stop = min(stop, _naive(said[0], start))
    bounded = ";".join([*parts, f"UNTIL={stop:%Y%m%dT%H%M%S}"])
    count = int(rule["COUNT"][0]) if rule.get("COUNT") else 1
    first = list(islice(rrulestr(bounded, dtstart=local), count))
    if not first:
        return None
    last = first[-1] if rule.get("COUNT") and len(first) == count else stop
    if not isinstance(start, datetime):
        return last.date()
    if start.tzinfo is None:
        return last
    return last.replace(tzinfo=start.tzinfo).astimezone(UTC)


def _naive(said: Any, start: Any) -> datetime:
    """UNTIL as the event's own clock shows it; a day is meant whole."""
    if not isinstance(said, datetime):
        return datetime(said.year, said.month, said.day, 23, 59, 59)  # noqa: DTZ001
    zone = start.tzinfo if isinstance(start, datetime) else None
    if said.tzinfo and zone:
        said = said.astimezone(zone)
    found: datetime = said.replace(tzinfo=None)
    return found


def _people(event: Component) -> Iterator[str]:
    """Who was invited and has not declined; else whom the title names."""
    invited: Any = event.get("ATTENDEE") or []
    for one in invited if isinstance(invited, list) else [invited]:
        declined = str(one.params.get("PARTSTAT", "")).upper() == "DECLINED"
        address = re.sub("^mailto:", "", str(one), flags=re.IGNORECASE).strip()
        if address and not declined:
            yield address
    title = " ".join(str(event.get("SUMMARY") or "").split())
    if not invited and title:
        yield title


def _end(event: Component) -> Any:
    """When it ends: said, or by its length, or the same day for a whole one."""
    if "DTEND" in event:
        return event["DTEND"].dt
    start = event["DTSTART"].dt
    if "DURATION" in event:
        return start + event["DURATION"].dt
    return start if isinstance(start, datetime) else start + timedelta(days=1)


def _written(moment: Any) -> str:
    """As a list would say it: with its offset if it has a zone, else by the team's clock."""
    if not isinstance(moment, datetime):
        return f"{moment.isoformat()} 00:00"
    if moment.tzinfo is None:
        return moment.replace(second=0, microsecond=0).isoformat(" ")
    utc = moment.astimezone(UTC).replace(second=0, microsecond=0)
    return utc.isoformat(" ")


def _day(moment: Any) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


__all__ = ["SHIFTS", "Limits", "is_calendar", "read"]
