"""The sheets that say what a file of coaching notes comes to: everybody's numbers as live formulas, and what the file is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.people import Person
from bot.rules.coaching import Kind
from bot.rules.coaching.taken import Standing, Standings
from bot.rules.reports import About, Asked
from bot.rules.reports.exports import MOST_NOTES
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of
from bot.text import Text, _
from bot.views.coaching import words
from bot.views.coaching.columns import ABOUT, COMMITMENTS, NOTES, SUMMARY, TABLES, Layout
from bot.views.coaching.sheets import OPEN, Listed, Promised
from bot.views.reports import formulas, told
from bot.views.reports import words as reports
from bot.views.reports.cells import (
    Cell,
    Column,
    Formula,
    Line,
    Look,
    Mark,
    Percent,
    Row,
    Sheet,
    heading,
    line,
)
from bot.views.reports.formulas import letters, quoted
from bot.views.reports.plain import Names, name_of, on_the_wall

DAY = "$B$2"
"""Where the sheet About says on which day the file was made."""
FIRST_KIND = 3
ALL = FIRST_KIND + len(Kind)
OVERDUE, ID = ALL + 4, ALL + 5
"""The places of columns of the summary, from 0."""
DEFINITIONS = (
    _(
        "Notes: those that were shared in these days, by the calendar of each team, and that you could read when the file was "
        "made. What was withdrawn is struck through and not counted."
    ),
    _(
        "Private notes and drafts are in no file, not even in their author's. Leads can keep private notes; nobody else ever "
        "reads them."
    ),
    _(
        "Coverage: of the people of a team whom you may coach and who are listed here, the part with at least one of these notes."
    ),
    _(
        "Open and overdue: what the person promised in these notes. Overdue is what was due before the day above."
    ),
    _(
        "The summary is worked out from the other sheets: change or add something there, and it changes. Who is in several teams "
        "is listed in each, with all of their notes."
    ),
    _(
        "Each person whom a note is about can see in `/baton my-data` that you have it. Times are those of each team's own clock."
    ),
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the summary's formulas look. A sheet that is not in the file has no name."""

    notes: Layout[Listed]
    promises: Layout[Promised]
    names: Mapping[str, str]
    """What each sheet is called in the file."""
    rows: Mapping[str, int]
    """How far each goes."""

    def column(self, sheet: str, key: str) -> str:
        """All cells of a column but the head."""
        layout = self.notes if sheet == NOTES else self.promises
        return formulas.cells(self.names[sheet], layout.place(key), self.rows[sheet])


def summary_sheet(t: Text) -> Sheet:
    marks = [Mark(Look.LATE, OVERDUE, columns=[0, OVERDUE])]
    columns = [
        Column(t("Person"), 20),
        Column(t("Team"), 16),
        Column(t("Yours to coach"), 10),
        *(Column(t(words.KINDS[one]), 11) for one in Kind),
        Column(t("All notes"), 10),
        Column(t("Last coached"), 13),
        Column(t("Coverage of the team"), 13),
        Column(t("Open commitments"), 14),
        Column(t("Overdue"), 10),
        Column(t("Slack ID"), 14),
    ]
    return Sheet(t(SUMMARY), columns, table=TABLES[SUMMARY], marks=marks)


def summary(
    standings: Standings, teams: Sequence[Team], names: Names, places: Places, t: Text
) -> Iterator[Row]:
    """By team, then by name."""
    by_id = {one.id: one.name for one in teams}
    coverage = standings.coverage()
    rows = sorted(
        standings.rows,
        key=lambda one: (
            by_id[one.team_id].casefold(),
            name_of(one.person_id, names).casefold(),
            one.person_id,
        ),
    )
    for row, one in enumerate(rows, start=2):
        standing = standings.of(one.person_id)
        sums = _Sums(places, row, len(rows) + 1, t)
        yield [
            name_of(one.person_id, names),
            by_id[one.team_id],
            t("yes") if one.is_led else "",
            *(sums.notes(kind, standing) for kind in Kind),
            sums.all_notes(standing),
            sums.last(standing),
            sums.coverage(coverage[one.team_id]) if one.is_led else None,
            sums.open(standing),
            sums.overdue(standing),
            one.person_id,
        ]


@dataclass(frozen=True, slots=True)
class _Sums:
    """The formulas of one row; plain numbers where the sheet that they would look at is not in the file."""

    places: Places
    row: int
    last_row: int
    t: Text

    def notes(self, kind: Kind, standing: Standing) -> Cell:
        value = standing.notes[kind]
        if NOTES not in self.places.names:
            return value
        wanted = f"{self._note('kind')},{quoted(self.t(words.KINDS[kind]))}"
        return Formula(f"=COUNTIFS({self._counted()},{wanted})", value)

    def all_notes(self, standing: Standing) -> Cell:
        first, last = letters(FIRST_KIND), letters(ALL - 1)
        return Formula(f"=SUM({first}{self.row}:{last}{self.row})", standing.notes.total())

    def last(self, standing: Standing) -> Cell:
        if NOTES not in self.places.names:
            return standing.last
        latest = f"_xlfn.MAXIFS({self._note('date')},{self._counted()})"
        return Formula(f'=IF({letters(ALL)}{self.row}=0,"",{latest})', standing.last)

    def coverage(self, value: float) -> Cell:
        """Of those who are the reader's to coach in this team."""
        team = f"({self._all('B')}=$B{self.row})"
        mine = f"({self._all('C')}={quoted(self.t('yes'))})"
        was_coached = f"({self._all(letters(ALL))}>0)"
        text = f"=SUMPRODUCT({team}*{mine}*{was_coached})/SUMPRODUCT({team}*{mine})"
        return Formula(text, Percent(value))

    def open(self, standing: Standing) -> Cell:
        if COMMITMENTS not in self.places.names:
            return standing.open
        return Formula(f"=COUNTIFS({self._open()})", standing.open)

    def overdue(self, standing: Standing) -> Cell:
        if COMMITMENTS not in self.places.names:
            return standing.overdue
        due = self.places.column(COMMITMENTS, "due")
        late = f'{due},"<"&{formulas.sheet(self.places.names[ABOUT])}!{DAY}'
        return Formula(f"=COUNTIFS({self._open()},{late})", standing.overdue)

    def _all(self, letter: str) -> str:
        """A column of the summary itself."""
        return f"${letter}$2:${letter}${self.last_row}"

    @property
    def _id(self) -> str:
        return f"${letters(ID)}{self.row}"

    def _note(self, key: str) -> str:
        return self.places.column(NOTES, key)

    def _counted(self) -> str:
        """Of this person, and not withdrawn."""
        withdrawn = quoted(f"<>{self.t('Withdrawn')}")
        return f"{self._note('agent_id')},{self._id},{self._note('state')},{withdrawn}"

    def _open(self) -> str:
        """Promised by this person, and open."""
        promiser = self.places.column(COMMITMENTS, "promiser_id")
        state = self.places.column(COMMITMENTS, "promise_state")
        return f"{promiser},{self._id},{state},{quoted(self.t(OPEN))}"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of each sheet's rows there are. `withdrawn` of the notes are not counted in the summary."""

    notes: int
    commitments: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Made:
    """A file: for whom, when, of what."""

    asked: Asked
    teams: Sequence[Team]
    person: Person
    at: datetime
    by_command: bool = False


def about_sheet(t: Text) -> Sheet:
    return Sheet(t(ABOUT), widths=(26, 110))


def about(made: Made, counted: Counted, names: Names, t: Text) -> Iterator[Line]:
    """Who made the file, when, of what, by which right, and what it means. The second line is what the summary looks at."""
    yield line(t("Made for"), made.person.name)
    yield line(t("Made on"), day_of(made.at, made.person.zone))
    yield line(t("Made at"), on_the_wall(made.at, made.person.zone))
    yield line(t("Time zone"), made.person.zone)
    how = t("On the command line of Baton's machine") if made.by_command else t("In Slack")
    yield line(t("Asked for"), how)
    yield line(t("Teams"), ", ".join(one.name for one in made.teams))
    yield line(t("Days"), reports.period(made.asked.period, t))
    yield from _chosen(made.asked, names, t)
    yield line(t("Notes"), counted.notes)
    if counted.notes > MOST_NOTES:
        yield line("", told.too_many(t, About.COACHING))
    yield line(t("Withdrawn"), counted.withdrawn)
    yield line(t("Commitments"), counted.commitments)
    yield Line()
    yield heading(t("Whose notes you may have"))
    yield line(
        "",
        t(
            "Those about you that are shared with you; those that you wrote, as long as you lead that team; and those that "
            "their authors shared with the managers above, as long as you are one. The right is asked of each note at the "
            "moment when it is written into the file."
        ),
    )
    yield heading(t("What the file holds"))
    for one in DEFINITIONS:
        yield line("", t(one))


def _chosen(asked: Asked, names: Names, t: Text) -> Iterator[Line]:
    """What the file was narrowed to, if it was."""
    choice = asked.choice
    if choice.people:
        yield line(t("People"), ", ".join(sorted(name_of(one, names) for one in choice.people)))
    if choice.kinds:
        kinds = [t(told_kind) for kind, told_kind in words.KINDS.items() if kind in choice.kinds]
        yield line(t("Kinds"), ", ".join(kinds))
    if choice.states:
        states = [t(state) for one, state in words.STATES.items() if one in choice.states]
        yield line(t("States"), ", ".join(states))
