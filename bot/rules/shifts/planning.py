"""What a list of shifts would add: the difference between its rows and what is there, or everything that is wrong."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from bot.errors import Refused
from bot.rules import zones
from bot.rules.calendars import WEEKDAYS
from bot.rules.roster.directory import Directory
from bot.rules.roster.lines import Problem
from bot.rules.shifts import written
from bot.rules.shifts.drafts import FAR, NAME_LIMIT, PATTERNS_AT_MOST, PEOPLE_AT_MOST
from bot.rules.shifts.lines import Line, Lines, empty_columns
from bot.rules.shifts.plans import Change, Override, Pattern
from bot.rules.teams import Team, name_key
from bot.text import _

LONGEST = timedelta(days=31)
"""A single shift of a list; whole weeks on call are written so."""

Hours = tuple[str, str, time, time, date | None, date | None]
"""Team, name, from, to, first and last day: what a weekly shift is, but for its people and days."""
Slot = tuple[Hours, str, str]
"""Hours, a weekday, a person."""
T = TypeVar("T")
Stretch = tuple[str, str, datetime, datetime]
"""Team, person, start, end."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is there already, by team id. `stretches` are the single shifts that were added before."""

    teams: Sequence[Team]
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    patterns: Sequence[Pattern] = ()
    stretches: frozenset[Stretch] = frozenset()

    def team(self, name: str) -> Team:
        """Raises Refused."""
        key = name_key(name)
        found = next((one for one in self.teams if name_key(one.name) == key), None)
        if found is None:
            raise Refused(_("There is no team “{team}”."), team=name)
        return found

    def slots(self) -> set[Slot]:
        return {
            (_hours(one), day, person)
            for one in self.patterns
            for day in one.weekdays
            for person in one.people
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be added. With any problem, nothing is. Neither has ids yet."""

    problems: tuple[Problem, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    overrides: tuple[Override, ...] = ()
    unchanged: int = 0


def make_plan(lines: Lines, directory: Directory, known: Known, *, now: datetime) -> Plan:
    """Compare the rows with what is there. A list adds, and takes nothing away."""
    wrong: list[Problem] = []
    if lines.weekly:
        slots = [slot for one in _each(lines, directory, known, _slots, wrong, now) for slot in one]
        new = set(slots) - known.slots()
        patterns = tuple(_patterns(new))
        wrong += [] if wrong else _too_many(patterns, known, lines)
        plan = Plan((), patterns, (), len(set(slots)) - len(new))
    else:
        stretches = set(_each(lines, directory, known, _stretch, wrong, now))
        added = tuple(
            Override("", team, Change.ADD, person, start, end)
            for team, person, start, end in sorted(stretches - known.stretches)
        )
        plan = Plan((), (), added, len(stretches) - len(added))
    return Plan(problems=tuple(wrong)) if wrong else plan


def _each(
    lines: Lines,
    directory: Directory,
    known: Known,
    read: Callable[[Line, Team, str, datetime], T],
    wrong: list[Problem],
    now: datetime,
) -> Iterator[T]:
    """What each row means; what is wrong with it goes to `wrong`, and the row is left out."""
    for line in lines.rows:
        empty = list(empty_columns(line, lines.needed))
        wrong += empty
        if empty:
            continue
        try:
            team = known.team(line["team"])
            person = directory.person(line["person"])
            if person.id not in known.members.get(team.id, ()):
                raise Refused(
                    _("“{person}” is no agent, lead or manager of {team}."),
                    person=line["person"],
                    team=team.name,
                )
            yield read(line, team, person.id, now)
        except Refused as refused:
            wrong.append(Problem(line.row, refused))


def _slots(line: Line, team: Team, person_id: str, now: datetime) -> list[Slot]:
    if line["zone"] and _zone(line, team) != team.zone:
        raise Refused(
            _("Weekly shifts go by the clock of their team, which is {zone}."), zone=team.zone
        )
    name = " ".join(line["name"].split())
    if len(name) > NAME_LIMIT:
        raise Refused(_("Please keep the name under {limit} characters."), limit=NAME_LIMIT + 1)
    first, last = _day(line["valid_from"], now), _day(line["valid_until"], now)
    if first and last and last < first:
        raise Refused(_("The end is before the beginning."))
    hours = (team.id, name, written.clock(line["from"]), written.clock(line["to"]), first, last)
    return [(hours, day, person_id) for day in written.weekdays(line["weekday"])]


def _stretch(line: Line, team: Team, person_id: str, now: datetime) -> Stretch:
    zone = _zone(line, team)
    start, end = written.instant(line["start"], zone), written.instant(line["end"], zone)
    if end <= start:
        raise Refused(_("The end is before the beginning."))
    if end - start > LONGEST:
        raise Refused(_("This shift is longer than {days} days."), days=LONGEST.days)
    if abs(start - now) > FAR:
        raise Refused(_("That is too far from today. Please look at the year."))
    return team.id, person_id, start, end


def _zone(line: Line, team: Team) -> str:
    if not line["zone"]:
        return team.zone
    if found := zones.find(line["zone"]):
        return found
    raise Refused(
        _("“{zone}” is no time zone. Write one such as Europe/Berlin."), zone=line["zone"]
    )


def _day(said: str, now: datetime) -> date | None:
    if not said:
        return None
    try:
        day = date.fromisoformat(said[:10])
    except ValueError:
        raise Refused(_("“{day}” is no day. Write it as 2026-03-02."), day=said) from None
    if abs(day - now.date()) > FAR:
        raise Refused(_("That is too far from today. Please look at the year."))
    return day


def _hours(pattern: Pattern) -> Hours:
    return (
        pattern.team_id,
        pattern.name,
        pattern.start,
        pattern.end,
        pattern.valid_from,
        pattern.valid_until,
    )


def _patterns(slots: set[Slot]) -> Iterator[Pattern]:
    """As few weekly shifts as say the same: people of the same hours and days share one."""
    days: defaultdict[tuple[Hours, str], set[str]] = defaultdict(set)
    for hours, day, person_id in slots:
        days[hours, person_id].add(day)
    shared: defaultdict[tuple[Hours, tuple[str, ...]], list[str]] = defaultdict(list)
    for (hours, person_id), those in days.items():
        shared[hours, tuple(day for day in WEEKDAYS if day in those)].append(person_id)
    for (hours, weekdays), everybody in sorted(shared.items(), key=_order):
        team, name, start, end, first, last = hours
        people = sorted(everybody)
        for at in range(0, len(people), PEOPLE_AT_MOST):
            some = tuple(people[at : at + PEOPLE_AT_MOST])
            yield Pattern("", team, weekdays, start, end, some, name, first, last)


def _order(item: tuple[tuple[Hours, tuple[str, ...]], list[str]]) -> tuple[str, ...]:
    """By team, then from the first day and hour of the week on."""
    (hours, weekdays), people = item
    numbers = [str(WEEKDAYS.index(day)) for day in weekdays]
    return (hours[0], "".join(numbers), *map(str, hours[1:]), *people)


def _too_many(patterns: Sequence[Pattern], known: Known, lines: Lines) -> Iterator[Problem]:
    counted = Counter(one.team_id for one in (*known.patterns, *patterns))
    for team in known.teams:
        if counted[team.id] > PATTERNS_AT_MOST:
            refused = Refused(
                _("{team} would have more than {limit} weekly shifts."),
                team=team.name,
                limit=PATTERNS_AT_MOST,
            )
            yield Problem(lines.rows[0].row, refused)
