"""The Excel file with escalations: six sheets, written batch by batch, of which the first is filled last."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.people import Person
from bot.rules.reports import Asked, Fact, Tally, count
from bot.rules.reports.exports import MOST_ROWS
from bot.rules.reports.seen import Report
from bot.rules.teams import Team
from bot.text import Text, _
from bot.views.reports import pages, sheets
from bot.views.reports.plain import Names
from bot.views.reports.sheets import Listed
from bot.workbooks.writing import Workbook

SUMMARY, ESCALATIONS, TIMELINE, CONCESSIONS, BOUNCES, ABOUT = (
    _("Summary"),
    _("Escalations"),
    _("Timeline"),
    _("Concessions"),
    _("Returns"),
    _("About"),
)
LISTS = {
    ESCALATIONS: sheets.ESCALATIONS,
    TIMELINE: sheets.TIMELINE,
    CONCESSIONS: sheets.CONCESSIONS,
    BOUNCES: sheets.BOUNCES,
}


class EscalationBook:
    """One file of what `person` asked for, in their language. All of it takes a while: for a thread, one call after another."""

    def __init__(self, path: Path, asked: Asked, teams: Sequence[Team], person: Person) -> None:
        self._asked, self._teams, self._person = asked, teams, person
        self._t = Text(person.locale, person.zone)
        self._tally = Tally()
        self._book = Workbook(path, author=person.name)
        self._book.add_sheet(SUMMARY, pages.summary_sheet(self._t))
        for name, columns in LISTS.items():
            self._book.add_sheet(name, sheets.listing(name, columns, self._t))
        self._book.add_sheet(ABOUT, pages.about_sheet(self._t))
        self.listed = 0
        """How many escalations something happened to, also beyond what the sheets hold."""

    def add(self, found: Sequence[Fact], names: Names, *, now: datetime) -> None:
        """The next cases."""
        counted = count(found, self._teams, self._asked.period, now)
        self._tally.add(counted.tally)
        by_id = {one.id: one for one in self._teams}
        for fact, life in counted.lives:
            one = Listed(life, fact.events, by_id[fact.case.team_id], names)
            if one.is_of(self._asked.period):
                self.listed += 1
                if self.listed <= MOST_ROWS:
                    self._list(one)

    def finish(self, *, now: datetime) -> None:
        """The numbers of them all, and what the file is."""
        is_all = not self._asked.team_ids
        report = Report(self._asked, self._teams, self._tally, is_all=is_all)
        self._book.write_page(SUMMARY, pages.summary(report, self._t))
        about = pages.about(report, self._person, self.listed, self._t, now=now)
        self._book.write_page(ABOUT, about)
        self.close()

    def close(self) -> None:
        """Also of a file that nobody wants any more."""
        self._book.close()

    def _list(self, one: Listed) -> None:
        period, t = self._asked.period, self._t
        self._book.write(ESCALATIONS, [sheets.escalation(one, t)])
        self._book.write(TIMELINE, sheets.timeline(one, t))
        self._book.write(CONCESSIONS, sheets.concessions(one, period, t))
        self._book.write(BOUNCES, sheets.bounces(one, period, t))
