"""Business hours as they are kept in a team's row: times and dates as people write them, so that the rows can be read."""

from datetime import date

from bot.rules.calendars import WEEKDAYS, BusinessHours, DayOff, OtherDay, spans
from storage.base import Json


def to_json(hours: BusinessHours) -> Json:
    return {
        "always_open": hours.always_open,
        "week": {day: spans.write(hours.week[day]) for day in WEEKDAYS if hours.week.get(day)},
        "region": hours.region,
        "days_off": [
            [one.first.isoformat(), one.last.isoformat(), one.name] for one in hours.days_off
        ],
        "other_days": [[one.day.isoformat(), spans.write(one.spans)] for one in hours.other_days],
        "critical_always": hours.critical_always,
    }


def from_json(row: Json) -> BusinessHours:
    """What a row does not say is as in a new team."""
    kept = to_json(BusinessHours()) | dict(row)
    return BusinessHours(
        always_open=kept["always_open"],
        week={day: spans.read(written) for day, written in kept["week"].items()},
        region=kept["region"],
        days_off=tuple(
            DayOff(date.fromisoformat(first), date.fromisoformat(last), name)
            for first, last, name in kept["days_off"]
        ),
        other_days=tuple(
            OtherDay(date.fromisoformat(day), spans.read(written))
            for day, written in kept["other_days"]
        ),
        critical_always=kept["critical_always"],
    )
