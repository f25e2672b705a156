"""The telephone's file of one day, as it comes out of many such programs: what the tour drops into Baton's messages."""

from datetime import date, timedelta

from bot.demo_cast import DELIVERIES, PEOPLE
from bot.people import Role

NAME = "calls-of-yesterday.csv"
HEADERS = "Call Id,Date,Agent,Queue,Speed of answer (s),Talk time (s),Satisfaction rating"
RATINGS = (5, 4, 5, 2, 5, 4, 5, 5, 3, 4)
CALLS = 40


def export(today: date) -> bytes:
    """Of the day before: the same calls whenever the tour is played."""
    day = today - timedelta(days=1)
    agents = [one.real_name for one in PEOPLE if one.name in DELIVERIES.people[Role.AGENT]]
    lines = [HEADERS]
    for number in range(CALLS):
        hour, minute = divmod(9 * 60 + number * 11, 60)
        lines.append(
            f"C-{number + 1:04},{day} {hour:02}:{minute:02},{agents[number % len(agents)]},Parcels,"
            f"{12 + number * 7 % 60},{150 + number * 37 % 240},{RATINGS[number % len(RATINGS)]}"
        )
    return "\n".join(lines).encode()
