"""The sheets of the Excel file with kudos: what was said, who gave and got, the values, and what the file is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.people import Person
from bot.rules.kudos import Given, Via
from bot.rules.reports import Asked
from bot.rules.teams import Team
from bot.text import Text, _
from bot.views.reports import abouts, formulas
from bot.views.reports.cells import Cell, Column, Formula, Line, Row, Sheet
from bot.views.reports.plain import Names, name_of, on_the_wall

KUDOS, PEOPLE, VALUES, ABOUT = (_("Kudos"), _("Per person"), _("Values"), _("About"))
TABLES: Mapping[str, str] = {KUDOS: "Kudos", PEOPLE: "People", VALUES: "Values"}
"""How Excel calls their tables, in every language."""
HOW: Mapping[Via, str] = {
    Via.COMMAND: _("Command"),
    Via.FORM: _("Form"),
    Via.REACTION: _("Reaction"),
    Via.ESCALATION: _("Escalation"),
    Via.COVER: _("Cover"),
    Via.HANDOVER: _("Handover"),
}
COLUMNS: Mapping[str, Sequence[Column]] = {
    KUDOS: (
        Column(_("Given at"), 17),
        Column(_("From"), 20),
        Column(_("To"), 20),
        Column(_("Team"), 16),
        Column(_("Value"), 18),
        Column(_("Reason"), 64),
        Column(_("How"), 12),
        Column(_("Giver's Slack ID"), 14),
        Column(_("Receiver's Slack ID"), 14),
    ),
    PEOPLE: (
        Column(_("Person"), 22),
        Column(_("Given"), 10),
        Column(_("Received"), 10),
        Column(_("Slack ID"), 14),
    ),
    VALUES: (Column(_("Value"), 26), Column(_("Kudos"), 10)),
}
VALUE, GIVER_ID, RECEIVER_ID = 4, 7, 8
"""The places of columns that are counted, from 0."""
NO_VALUE = _("Without a value")
DEFINITIONS = (
    _(
        "One line for each person who was thanked: thanks to two people are two lines. They belong to the receiver's team."
    ),
    _(
        "Only what was given in public. Private kudos are between giver and receiver; they are neither listed nor counted here."
    ),
    _("Who wants no thanks to them to be seen is not in it as a receiver."),
    _(
        "Given and received stand side by side: whoever thanks others matters as much. Given counts only what is listed here, so "
        "not what somebody gave in other teams."
    ),
    _("Times are those of each team's own clock."),
)


@dataclass(slots=True)
class Tally:
    """How often each person gave and got, and each value was named."""

    given: Counter[str] = field(default_factory=Counter)
    received: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)

    def add(self, one: Given, value: str) -> None:
        """`value` is what stands in the sheet."""
        self.given[one.giver_id] += 1
        self.received[one.receiver_id] += 1
        self.values[value] += 1


def sheet(key: str, t: Text) -> Sheet:
    columns = [Column(t(one.title), one.width) for one in COLUMNS[key]]
    return Sheet(t(key), columns, table=TABLES[key])


def about_sheet(t: Text) -> Sheet:
    return Sheet(t(ABOUT), widths=(24, 110))


def value_of(one: Given, t: Text) -> str:
    """As it is listed and counted."""
    return one.value or t(NO_VALUE)


def kudos(one: Given, team: Team, names: Names, t: Text) -> Row:
    return [
        on_the_wall(one.given_at, team.zone),
        name_of(one.giver_id, names),
        name_of(one.receiver_id, names),
        team.name,
        value_of(one, t),
        one.reason,
        t(HOW[one.via]),
        one.giver_id,
        one.receiver_id,
    ]


def people(tally: Tally, names: Names, listed: "Listed") -> Iterator[Row]:
    """By name."""
    everybody = tally.given.keys() | tally.received.keys()
    ordered = sorted(everybody, key=lambda one: (name_of(one, names).casefold(), one))
    for row, one in enumerate(ordered, start=2):
        yield [
            name_of(one, names),
            listed.count(GIVER_ID, f"$D{row}", tally.given[one]),
            listed.count(RECEIVER_ID, f"$D{row}", tally.received[one]),
            one,
        ]


def values(tally: Tally) -> Iterator[Row]:
    """The most named first. Plain numbers: a value is somebody's words, which a formula could take for a pattern."""
    for value, count in tally.values.most_common():
        yield [value, count]


@dataclass(frozen=True, slots=True)
class Listed:
    """Where the list of kudos is: its sheet's name and how far it goes. With more than it holds nothing is worked out."""

    name: str
    rows: int
    is_whole: bool

    def count(self, place: int, wanted: str, value: int) -> Cell:
        if not self.is_whole:
            return value
        where = formulas.cells(self.name, place, self.rows)
        return Formula(f"=COUNTIFS({where},{wanted})", value)


def about(
    asked: Asked, teams: Sequence[Team], person: Person, listed: int, t: Text, *, now: datetime
) -> Iterator[Line]:
    """Who made the file, when, of what, and what it means."""
    return abouts.about(asked, teams, person, (t("Kudos"), listed), DEFINITIONS, t, now=now)
