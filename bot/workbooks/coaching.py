"""The Excel file with coaching notes: notes, commitments, a summary worked out of both, and what the file is."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.rules.coaching.taken import Standings, Taken
from bot.rules.reports.exports import MOST_NOTES
from bot.rules.wall_clock import day_of
from bot.services.reports import Job
from bot.text import Text
from bot.views.coaching import sheets, summing
from bot.views.coaching.columns import ABOUT, COMMITMENTS, NOTES, SUMMARY, Layout
from bot.views.coaching.sheets import FIELDS, PROMISES, Listed
from bot.views.coaching.summing import Counted, Made, Places
from bot.views.reports import formats
from bot.views.reports.plain import Names
from bot.workbooks.days import Days
from bot.workbooks.writing import Workbook


class CoachingBook:
    """The file of one job, in its reader's language. All of it takes a while: for a thread, one call after another.

    Whom the reader may coach is listed in the summary even if there is no note about them.
    """

    def __init__(self, path: Path, job: Job, *, now: datetime) -> None:
        asked, person = job.export.asked, job.person
        self._job, self._teams = job, job.teams
        self._t = t = Text(person.locale, person.zone)
        self._names: dict[str, str] = dict(job.names)
        self._standings = Standings(day_of(now, person.zone), rows=set(job.coached))
        self._notes = Layout.of(FIELDS, asked.choice)
        self._promises = Layout.of(PROMISES, asked.choice)
        days = Days(asked.choice.is_1904, formats.day(t), formats.moment(t))
        self._book = Workbook(path, author=person.name, days=days)
        made = {
            NOTES: sheets.notes_sheet(self._notes, t),
            COMMITMENTS: sheets.commitments_sheet(self._promises, t),
            SUMMARY: summing.summary_sheet(t),
            ABOUT: summing.about_sheet(t),
        }
        self._has = [name for name in made if name not in asked.choice.no_sheets]
        for name in self._has:
            self._book.add_sheet(name, made[name])
        self.listed = self._withdrawn = self._promised = 0
        """How many notes there are, also beyond what the sheets hold."""

    def add(self, found: Sequence[Taken], names: Names, *, now: datetime) -> None:  # noqa: ARG002
        """The next notes."""
        self._names |= names
        by_id = {one.id: one for one in self._teams}
        for taken in found:
            self.listed += 1
            if self.listed <= MOST_NOTES:
                self._list(Listed.of(self.listed, taken, by_id[taken.note.team_id], names))

    def finish(self, *, now: datetime) -> None:
        """Everybody's numbers, and what the file is."""
        t = self._t
        if SUMMARY in self._has:
            places = Places(
                self._notes,
                self._promises,
                {name: self._book.name_of(name) for name in self._has},
                {name: self._book.rows_of(name) for name in self._has},
            )
            rows = summing.summary(self._standings, self._teams, self._names, places, t)
            self._book.write(SUMMARY, rows)
        counted = Counted(self.listed, self._promised, self._withdrawn)
        made = Made(
            self._job.export.asked, self._teams, self._job.person, now, self._job.by_command
        )
        about = summing.about(made, counted, self._names, t)
        self._book.write_page(ABOUT, about)
        self.close()

    def close(self) -> None:
        """Also of a file that nobody wants any more."""
        self._book.close()

    def _list(self, one: Listed) -> None:
        self._withdrawn += one.taken.is_withdrawn
        self._promised += len(one.taken.commitments)
        self._standings.add(one.taken, one.day)
        if NOTES in self._has:
            self._book.write(NOTES, [self._notes.row(one, self._t)])
        if COMMITMENTS in self._has:
            today = self._standings.today
            rows = sheets.commitment_rows(one, self._promises, today, self._t)
            self._book.write(COMMITMENTS, rows)
