"""When a person is not to be disturbed, as Slack tells it to others: paused notifications, and the hours of each night."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.kinds import Json, Person

# What Slack gives for a moment that will not come.
NEVER = 1


def hours(start: str, end: str) -> str:
    """Hours of every day as a person keeps them: "22:00-08:00". Raises ValueError."""
    return f"{time.fromisoformat(start):%H:%M}-{time.fromisoformat(end):%H:%M}"


def shown(person: Person, now: int) -> Json:
    """`dnd_status` without what only the person sees. A pause is told as if it were hours: that it is one, nobody learns."""
    start, end = session(person, now)
    return {"dnd_enabled": end > NEVER, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


def session(person: Person, now: int) -> tuple[int, int]:
    """From when to when: what goes on now, or else the next; a moment long ago if there is none."""
    if person.dnd_until > now:
        return person.dnd_since or now, person.dnd_until
    if not person.dnd_hours:
        return NEVER, NEVER
    start, _, end = person.dnd_hours.partition("-")
    zone = ZoneInfo(person.tz)
    today = datetime.fromtimestamp(now, UTC).astimezone(zone).date()
    for days in (-1, 0, 1, 2):
        day = today + timedelta(days=days)
        begins = datetime.combine(day, time.fromisoformat(start), zone)
        is_overnight = end <= start
        ends = datetime.combine(day + timedelta(days=is_overnight), time.fromisoformat(end), zone)
        if ends.timestamp() > now:
            return int(begins.timestamp()), int(ends.timestamp())
    raise AssertionError("One of four days ends after now.")
