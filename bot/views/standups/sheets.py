"""The sheets of the Excel file with stand-ups: what was said, who took part, what stood in the way, and what the file is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.people import Person
from bot.rules.reports import Asked
from bot.rules.standups import Blocker, BlockerState, Kind, Said, Seat, SeatState, Via
from bot.rules.standups.held import Held
from bot.rules.standups.measures import Counts, Outcome, is_late, outcome
from bot.rules.teams import Team
from bot.text import Text, _
from bot.views.reports import abouts
from bot.views.reports.cells import Cell, Column, Line, Percent, Row
from bot.views.reports.plain import Names, name_of, on_the_wall

BEGIN = (Column(_("Team"), 18), Column(_("Stand-up"), 20), Column(_("Day"), 12))
ANSWERS = (
    *BEGIN,
    Column(_("Person"), 18),
    Column(_("State"), 20),
    Column(_("Asked at"), 17),
    Column(_("Answered at"), 17),
    Column(_("Changed at"), 17),
    Column(_("How"), 16),
    Column(_("Question"), 34),
    Column(_("Answer"), 60),
    Column(_("Number"), 9),
    Column(_("Mood"), 8),
    Column(_("Time zone"), 18),
)
PARTICIPATION = (
    Column(_("Team"), 18),
    Column(_("Person"), 18),
    Column(_("Asked"), 9),
    Column(_("In time"), 9),
    Column(_("Later"), 9),
    Column(_("No answer"), 10),
    Column(_("Skipped"), 9),
    Column(_("Answered"), 10),
)
BLOCKERS = (
    *BEGIN,
    Column(_("Said by"), 18),
    Column(_("Said at"), 17),
    Column(_("Blocker"), 60),
    Column(_("State"), 16),
    Column(_("Looked after by"), 18),
    Column(_("Escalation"), 11),
    Column(_("Closed at"), 17),
    Column(_("Closed by"), 18),
    Column(_("How it ended"), 40),
    Column(_("Time zone"), 18),
)
ENDED: Mapping[Outcome, str] = {
    Outcome.IN_TIME: _("Answered in time"),
    Outcome.LATE: _("Answered later"),
    Outcome.SILENT: _("No answer"),
    Outcome.SKIPPED: _("Skipped"),
}
NOT_COUNTED: Mapping[SeatState, str] = {
    SeatState.DUE: _("Not asked yet"),
    SeatState.ASKED: _("Not answered yet"),
    SeatState.OUT: _("Out that day"),
    SeatState.AWAY: _("Away"),
    SeatState.NOT_ASKED: _("Not asked: Baton was down"),
    SeatState.LEFT: _("Left the team"),
}
HOW: Mapping[Via, str] = {
    Via.FORM: _("Form"),
    Via.SAME: _("Nothing new"),
    Via.MESSAGE: _("Message"),
    Via.AHEAD: _("Early"),
}
BLOCKED: Mapping[BlockerState, str] = {
    BlockerState.OPEN: _("Stands"),
    BlockerState.ESCALATED: _("Escalated"),
    BlockerState.SOLVED: _("Solved"),
}
DEFINITIONS = (
    _(
        "One line for each question that somebody answered, and one for who said nothing. Answers are whole."
    ),
    _(
        "Asked: in time + later + no answer + skipped. Who was away or out that day is not counted, nor rounds that still run."
    ),
    _(
        "Answered: (in time + later) ÷ (in time + later + no answer). Of fewer than 5 rounds there is no share: one more "
        "or less would turn the picture."
    ),
    _("In time: the first answer came before the end of that person's time to answer."),
    _("Mood is here only of those who share it at the time when the file is made."),
    _("Times are those of each team's own clock."),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A round to be listed, with all that its rows need."""

    held: Held
    team: Team
    names: Names

    def begin(self) -> list[Cell]:
        """With what each of its rows begins."""
        return [self.team.name, self.held.round.name, self.held.round.day]


def answers(one: Listed, t: Text) -> Iterator[Row]:
    """Everybody's, by name."""
    for seat in sorted(
        one.held.seats, key=lambda seat: name_of(seat.person_id, one.names).casefold()
    ):
        said = [*_said(one, seat, t)] or [("", "", None, None)]
        for question, text, number, mood in said:
            yield [
                *one.begin(),
                name_of(seat.person_id, one.names),
                state(seat, t),
                on_the_wall(seat.asked_at, one.team.zone),
                on_the_wall(seat.answered_at, one.team.zone),
                on_the_wall(seat.edited_at, one.team.zone),
                t(HOW[seat.via]) if seat.via else "",
                question,
                text,
                number,
                mood,
                one.team.zone,
            ]


def blockers(one: Listed, t: Text) -> Iterator[Row]:
    for blocker in one.held.blockers:
        yield [*one.begin(), *_blocker(blocker, one, t), one.team.zone]


def participation(
    counted: Mapping[str, Mapping[str, Counts]], teams: Sequence[Team], names: Names, t: Text
) -> Iterator[Row]:
    """By team; first the whole team, then each person by name."""
    for team in teams:
        people = counted.get(team.id, {})
        whole = sum(people.values(), Counts())
        if whole.asked:
            yield [team.name, t("The whole team"), *_counts(whole)]
        for person_id in sorted(people, key=lambda one: (name_of(one, names).casefold(), one)):
            yield [team.name, name_of(person_id, names), *_counts(people[person_id])]


def about(
    asked: Asked, teams: Sequence[Team], person: Person, listed: int, t: Text, *, now: datetime
) -> Iterator[Line]:
    """Who made the file, when, of what, and what it means."""
    return abouts.about(asked, teams, person, (t("Lines"), listed), DEFINITIONS, t, now=now)


def state(seat: Seat, t: Text) -> str:
    ended = outcome(seat.state, is_late=is_late(seat))
    return t(ENDED[ended]) if ended else t(NOT_COUNTED[seat.state])


def _said(one: Listed, seat: Seat, t: Text) -> Iterator[tuple[str, str, int | None, int | None]]:
    """Question, words, number, mood. The mood of who does not share it is left out, as if nobody had asked."""
    for question in one.held.round.questions:
        said = seat.answers.get(question.id)
        if said is None or said.is_empty:
            continue
        if question.kind is not Kind.MOOD:
            yield question.words, _words(said, t), said.number, None
        elif seat.person_id in one.held.sharing:
            yield question.words, "", None, said.number


def _words(said: Said, t: Text) -> str:
    """Whole, in the order in which it is asked."""
    told_yes = "" if said.yes is None else (t("yes") if said.yes else t("no"))
    parts = (said.choice, told_yes, said.text)
    return "\n".join(part for part in parts if part)


def _blocker(given: Blocker, one: Listed, t: Text) -> Row:
    zone = one.team.zone
    return [
        name_of(given.person_id, one.names),
        on_the_wall(given.raised_at, zone),
        given.words,
        t(BLOCKED[given.state]),
        name_of(given.taken_by, one.names),
        given.case_number,
        on_the_wall(given.closed_at, zone),
        name_of(given.closed_by, one.names),
        given.closed_word,
    ]


def _counts(given: Counts) -> Row:
    rate = None if given.rate is None else Percent(given.rate)
    return [given.asked, given.in_time, given.late, given.silent, given.skipped, rate]
