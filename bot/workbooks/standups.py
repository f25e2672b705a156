"""The Excel file with stand-ups: what was said, who took part, blockers, and what the file is; written batch by batch."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.people import Person
from bot.rules.reports import Asked
from bot.rules.reports.exports import MOST_ROWS
from bot.rules.standups import RoundState
from bot.rules.standups.held import Held
from bot.rules.standups.measures import Counts, is_late, outcome
from bot.rules.teams import Team
from bot.text import Text, _
from bot.views.reports import pages
from bot.views.reports.plain import Names
from bot.views.reports.sheets import listing
from bot.views.standups import sheets
from bot.views.standups.sheets import Listed
from bot.workbooks.writing import Workbook

ANSWERS, PARTICIPATION, BLOCKERS, ABOUT = (
    _("Answers"),
    _("Participation"),
    _("Blockers"),
    _("About"),
)
LISTS = {
    ANSWERS: sheets.ANSWERS,
    PARTICIPATION: sheets.PARTICIPATION,
    BLOCKERS: sheets.BLOCKERS,
}


class StandUpBook:
    """One file of what `person` asked for, in their language. All of it takes a while: for a thread, one call after another."""

    def __init__(self, path: Path, asked: Asked, teams: Sequence[Team], person: Person) -> None:
        self._asked, self._teams, self._person = asked, teams, person
        self._t = Text(person.locale, person.zone)
        self._counted: dict[str, dict[str, Counts]] = {one.id: defaultdict(Counts) for one in teams}
        self._names: dict[str, str] = {}
        self._book = Workbook(path, author=person.name)
        for name, columns in LISTS.items():
            self._book.add_sheet(name, listing(name, columns, self._t))
        self._book.add_sheet(ABOUT, pages.about_sheet(self._t))
        self.listed = 0
        """How many lines there are, also beyond what the sheets hold."""

    def add(self, found: Sequence[Held], names: Names, *, now: datetime) -> None:  # noqa: ARG002
        """The next rounds."""
        self._names |= names
        by_id = {one.id: one for one in self._teams}
        for held in found:
            one = Listed(held, by_id[held.round.team_id], names)
            for row in sheets.answers(one, self._t):
                self.listed += 1
                if self.listed <= MOST_ROWS:
                    self._book.write(ANSWERS, [row])
            self._book.write(BLOCKERS, sheets.blockers(one, self._t))
            self._count(held)

    def finish(self, *, now: datetime) -> None:
        """Who took part in them all, and what the file is."""
        rows = sheets.participation(self._counted, self._teams, self._names, self._t)
        self._book.write(PARTICIPATION, rows)
        about = sheets.about(self._asked, self._teams, self._person, self.listed, self._t, now=now)
        self._book.write_page(ABOUT, about)
        self.close()

    def close(self) -> None:
        """Also of a file that nobody wants any more."""
        self._book.close()

    def _count(self, held: Held) -> None:
        """A round that runs still would only count those who were quick."""
        if held.round.state is RoundState.OPEN:
            return
        counted = self._counted[held.round.team_id]
        for seat in held.seats:
            if ended := outcome(seat.state, is_late=is_late(seat)):
                counted[seat.person_id] += Counts(**{ended.value: 1})
