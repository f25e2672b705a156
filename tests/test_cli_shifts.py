"""`baton import shifts`, as an operator types it: a list and a calendar, wrong, tried, imported and imported again."""

from datetime import timedelta
from pathlib import Path

from bot.clock import RealClock
from sandbox.server import Sandbox
from tests.test_cli import ROSTER, baton, slack, tokens

__all__ = ["slack"]  # the workspace of the other commands

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
    "SUMMARY:Bob Baker\r\nDTSTART:{day}T080000Z\r\nDURATION:PT8H\r\nRRULE:FREQ=DAILY;COUNT=2\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


async def test_shifts_are_imported_whole_or_not_at_all(tmp_path: Path, slack: Sandbox) -> None:
    given = tokens(slack) | {"DATABASE_URL": f"sqlite:///{tmp_path / 'baton.db'}"}
    people, weekly, calendar = (
        tmp_path / one for one in ("people.csv", "weekly.csv", "calendar.ics")
    )
    people.write_text(ROSTER.format(person="Bob Baker"))
    await baton(tmp_path, "import", "people", str(people), **given)

    weekly.write_text("team,person,weekday,from,to\nBilling,Nobody Known,Mon-Fri,8,16\n")
    wrong = await baton(tmp_path, "import", "shifts", str(weekly), **given)
    assert (wrong.code, "Row 2: Nobody here is called" in wrong.out) == (1, True)

    weekly.write_text("team,person,weekday,from,to\nBilling,Bob Baker,Mon-Fri,8,16\n")
    trial = await baton(tmp_path, "import", "shifts", "--trial", str(weekly), **given)
    assert trial.out.startswith("This is a trial: nothing was saved.\nAdded: Billing, Mon–Fri")
    right = await baton(tmp_path, "import", "shifts", str(weekly), **given)
    assert (right.code, right.out.startswith("Added: ")) == (0, True)

    tomorrow = RealClock().now() + timedelta(days=1)
    calendar.write_text(CALENDAR.format(day=tomorrow.strftime("%Y%m%d")))
    first = await baton(tmp_path, "import", "shifts", "--team", "billing", str(calendar), **given)
    assert first.out.count("Added: Billing") == 2
    again = await baton(tmp_path, "import", "shifts", "--team", "billing", str(calendar), **given)
    assert again.out == "Nothing to change: everything in the file is there already.\n"
