"""The Excel file with kudos: each of them, who gave and got, how often each value was named, and what the file is."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.people import Person
from bot.rules.kudos import Given
from bot.rules.reports import Asked
from bot.rules.reports.exports import MOST_ROWS
from bot.rules.teams import Team
from bot.text import Text
from bot.views.kudos import sheets
from bot.views.kudos.sheets import ABOUT, KUDOS, PEOPLE, VALUES, Listed, Tally
from bot.views.reports import formats
from bot.views.reports.plain import Names
from bot.workbooks.days import Days
from bot.workbooks.writing import Workbook


class KudosBook:
    """One file of what `person` asked for, in their language. All of it takes a while: for a thread, one call after another."""

    def __init__(self, path: Path, asked: Asked, teams: Sequence[Team], person: Person) -> None:
        self._asked, self._teams, self._person = asked, teams, person
        self._t = t = Text(person.locale, person.zone)
        self._tally = Tally()
        self._names: dict[str, str] = {}
        days = Days(asked.choice.is_1904, formats.day(t), formats.moment(t))
        self._book = Workbook(path, author=person.name, days=days)
        for key in (KUDOS, PEOPLE, VALUES):
            self._book.add_sheet(key, sheets.sheet(key, t))
        self._book.add_sheet(ABOUT, sheets.about_sheet(t))
        self.listed = 0
        """How many there are, also beyond what the sheet holds."""

    def add(self, found: Sequence[Given], names: Names, *, now: datetime) -> None:  # noqa: ARG002
        """The next ones."""
        self._names |= names
        by_id = {one.id: one for one in self._teams}
        for one in found:
            self.listed += 1
            self._tally.add(one, sheets.value_of(one, self._t))
            if self.listed <= MOST_ROWS:
                row = sheets.kudos(one, by_id[one.team_id], names, self._t)
                self._book.write(KUDOS, [row])

    def finish(self, *, now: datetime) -> None:
        """Everybody's numbers, and what the file is."""
        is_whole = self.listed <= MOST_ROWS
        listed = Listed(self._book.name_of(KUDOS), self._book.rows_of(KUDOS), is_whole)
        self._book.write(PEOPLE, sheets.people(self._tally, self._names, listed))
        self._book.write(VALUES, sheets.values(self._tally))
        about = sheets.about(self._asked, self._teams, self._person, self.listed, self._t, now=now)
        self._book.write_page(ABOUT, about)
        self.close()

    def close(self) -> None:
        """Also of a file that nobody wants any more."""
        self._book.close()
