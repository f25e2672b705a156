"""What a roster would change: the difference between its rows and what is there, or everything that is wrong with it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.errors import Refused
from bot.people import Role
from bot.rules import zones
from bot.rules.languages import find_language
from bot.rules.people import Profile
from bot.rules.roster.directory import Directory
from bot.rules.roster.lines import OPTIONAL, Line, Problem, find_role, problems
from bot.rules.teams import NAME_LIMIT, Team, name_key
from bot.text import _, languages

Settings = dict[str, Any]
"""Columns of a team's row and their values, as `Team` names them."""
Seat = tuple[str, Role, str]
"""A team's name key, a role, a person's id."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is there already: the teams, and who is what in them by team id."""

    workspace_id: str
    teams: Sequence[Team] = ()
    members: Mapping[tuple[str, Role], frozenset[str]] = field(default_factory=dict)

    def seats(self) -> set[Seat]:
        keys = {team.id: name_key(team.name) for team in self.teams}
        return {
            (keys[team_id], role, one)
            for (team_id, role), ids in self.members.items()
            if team_id in keys
            for one in ids
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written. With any problem, nothing is. Teams that are new have no id yet."""

    problems: tuple[Problem, ...] = ()
    created: tuple[Team, ...] = ()
    changed: tuple[Team, ...] = ()
    added: tuple[Seat, ...] = ()
    unchanged: int = 0
    absent: tuple[Seat, ...] = ()
    profiles: tuple[Profile, ...] = ()
    teams: Mapping[str, Team] = field(default_factory=dict)
    """Every team that the file names, by its key, as it will be."""


def make_plan(lines: Sequence[Line], directory: Directory, known: Known) -> Plan:
    """Compare the rows with what is there. The file adds and updates; it takes nothing away."""
    found, people = _look_up(lines, directory)
    there = {name_key(team.name): team for team in known.teams}
    teams: dict[str, Team] = {}
    for line in lines:
        key = name_key(line.team)
        before = teams.get(key) or there.get(key) or _new(known, line.team)
        teams[key] = before
    settings, conflicts = _settings(lines, directory)
    found += conflicts
    if found:
        return Plan(problems=tuple(sorted(found, key=lambda one: one.row)))
    wanted = {_seat(line, people) for line in lines}
    for key, team in teams.items():
        told = settings.get(key, {})
        if not team.id and "zone" not in told:
            told = told | {"zone": _usual_zone(key, wanted, people)}
        teams[key] = replace(team, **told)
    seats = known.seats()
    return Plan(
        created=tuple(team for team in teams.values() if not team.id),
        changed=tuple(team for key, team in teams.items() if team.id and team != there[key]),
        added=tuple(sorted(wanted - seats)),
        unchanged=len(wanted & seats),
        absent=tuple(sorted(seat for seat in seats - wanted if seat[0] in teams)),
        profiles=tuple({one.id: one for one in people.values()}.values()),
        teams=teams,
    )


def warnings(plan: Plan, directory: Directory, leading: set[str]) -> Iterator[Refused]:
    """What is allowed and will disappoint somebody. `leading` are the keys of the teams that have a lead."""
    for key, team in plan.teams.items():
        if key not in leading:
            yield Refused(_("{team} has nobody who leads it yet."), team=team.name)
        if not team.leads_channel:
            yield Refused(
                _("{team} has no leads' channel yet, so its escalations have nowhere to go."),
                team=team.name,
            )
        elif not is_open(directory, team.leads_channel):
            channel = directory.find_channel(team.leads_channel)
            yield Refused(
                _("Baton is not in #{channel} yet. Please invite it there."),
                channel=channel.name if channel else team.leads_channel,
            )


def is_open(directory: Directory, channel_id: str) -> bool:
    """Whether Baton can post there."""
    channel = directory.find_channel(channel_id)
    return channel is not None and channel.is_member


def _look_up(
    lines: Sequence[Line], directory: Directory
) -> tuple[list[Problem], dict[str, Profile]]:
    """Who is meant by each name that was written, and what is wrong with each row by itself."""
    found: list[Problem] = []
    people: dict[str, Profile] = {}
    for line in lines:
        found += problems(line)
        if len(line.team) > NAME_LIMIT:
            refused = Refused(
                _("The team's name is longer than {limit} characters."), limit=NAME_LIMIT
            )
            found.append(Problem(line.row, refused))
        if line.person:
            try:
                people[line.person] = directory.person(line.person)
            except Refused as refused:
                found.append(Problem(line.row, refused))
    return found, people


def _settings(
    lines: Sequence[Line], directory: Directory
) -> tuple[dict[str, Settings], list[Problem]]:
    """What the rows say about each team. Two rows that disagree are a problem of the second."""
    told: dict[str, Settings] = {}
    found: list[Problem] = []
    for line in lines:
        team = told.setdefault(name_key(line.team), {})
        for column in OPTIONAL:
            written = getattr(line, column)
            if not written:
                continue
            try:
                value = _value(column, written, directory)
            except Refused as refused:
                found.append(Problem(line.row, refused))
                continue
            if team.setdefault(column, value) != value:
                conflict = Refused(
                    _("An earlier row says something else for `{column}` of this team."),
                    column=column,
                )
                found.append(Problem(line.row, conflict))
    return told, found


def _value(column: str, written: str, directory: Directory) -> str:
    if column == "zone":
        if zone := zones.find(written):
            return zone
        raise Refused(_("“{zone}” is no time zone. Write one such as Europe/Berlin."), zone=written)
    if column == "language":
        if language := find_language(written):
            return language
        raise Refused(
            _("Baton does not speak “{language}”. Write one of: {languages}."),
            language=written,
            languages=", ".join(languages()),
        )
    return directory.channel(written).id


def _seat(line: Line, people: Mapping[str, Profile]) -> Seat:
    role = find_role(line.role)
    assert role is not None  # `problems` has said so otherwise
    return name_key(line.team), role, people[line.person].id


def _new(known: Known, name: str) -> Team:
    return Team(known.workspace_id, "", " ".join(name.split()))


def _usual_zone(key: str, wanted: set[Seat], people: Mapping[str, Profile]) -> str:
    """Where most of the team's people are; of equals the first by name."""
    ids = {person_id for team, _role, person_id in wanted if team == key}
    counted = Counter(
        one.zone for one in {p.id: p for p in people.values()}.values() if one.id in ids
    )
    counted.pop("", None)
    return min(counted, key=lambda zone: (-counted[zone], zone), default="UTC")
