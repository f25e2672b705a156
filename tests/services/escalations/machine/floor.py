"""The floor on which random people work: two teams with hours, a holiday, a night shift, shifts and a user group."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from hypothesis import strategies as st

from bot.people import Person, Role
from bot.rules.calendars import BusinessHours, DayOff, OtherDay, Span
from bot.rules.people import Profile
from bot.rules.policies import Level, Outside, Policy, Target, TargetKind
from bot.rules.severities import Severity
from bot.rules.shifts import Pattern
from bot.rules.teams import Group, Team
from storage import people, policies, shifts
from storage.database import Database
from tests import casebook
from tests.cast import (
    ADA,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    OLGA,
    SHIPPING,
    WORKSPACE,
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
EVERY_DAY = (*WEEKDAYS, "sat", "sun")
OFFICE = BusinessHours(
    always_open=False,
    week=dict.fromkeys(WEEKDAYS, (Span(9 * 60, 13 * 60), Span(14 * 60, 18 * 60))),
    region="DE-BE",
    days_off=(DayOff(date(2026, 4, 7), date(2026, 4, 8), "Stocktaking"),),
    other_days=(OtherDay(date(2026, 12, 24), (Span(9 * 60, 12 * 60),)),),
    critical_always=True,
)
NIGHTS = BusinessHours(always_open=False, week=dict.fromkeys(EVERY_DAY, (Span(22 * 60, 30 * 60),)))
ALWAYS = BusinessHours()
HOURS = {"office": OFFICE, "nights": NIGHTS, "always": ALWAYS}
TEAMS = {
    BILLING: replace(casebook.TEAM, hours=OFFICE),
    SHIPPING: replace(casebook.OTHER_TEAM, zone="America/New_York", hours=NIGHTS),
}
GROUP = Group("S1", "@money", (DAN.id, NOBODY.id))
HELP = "C0HELP"
BEGINNINGS = (
    datetime(2026, 3, 6, 15, tzinfo=UTC),  # New York's clocks leap two days later
    datetime(2026, 3, 27, 16, tzinfo=UTC),  # Berlin's clocks leap two days later, then it is Easter
    datetime(2026, 10, 23, 9, tzinfo=UTC),  # both fall back, a week apart
    datetime(2026, 12, 23, 20, tzinfo=UTC),
)

K = TargetKind
TARGETS = (
    Target(K.LEAD_ON_SHIFT),
    Target(K.LEADS),
    Target(K.MANAGER),
    Target(K.REPORTERS_LEAD),
    Target(K.EVERYONE),
    Target(K.PERSON, ADA.id),
    Target(K.PERSON, CHARLIE.id),
    Target(K.PERSON, "U0LEFT"),
    Target(K.GROUP, GROUP.id),
    Target(K.GROUP, "S0GONE"),
    Target(K.CHANNEL, HELP),
    Target(K.ROUND_ROBIN, people=(BOB.id, BEN.id, DAN.id)),
)
NAMED = TARGETS[:3]
NIGHT_POLICY = "night"

_targets = st.lists(st.sampled_from(TARGETS), min_size=1, max_size=3, unique=True).map(tuple)
_named = st.lists(st.sampled_from(NAMED[1:]), max_size=2, unique=True).map(tuple)
_levels = st.builds(Level, _targets, st.sampled_from([0, 5, 20, 60, 600, 3000]))


def a_policy(team_id: str, name: str) -> st.SearchStrategy[Policy]:
    """Any policy; the one named after the night runs only in place of others."""
    instead = name == NIGHT_POLICY
    return st.builds(
        Policy,
        st.just(WORKSPACE),
        st.just(f"{team_id}-{name}"),
        st.just(team_id),
        st.just(name),
        st.just(frozenset())
        if instead
        else st.sampled_from([frozenset(), frozenset({Severity.HIGH, Severity.CRITICAL})]),
        st.lists(_levels, min_size=1, max_size=4).map(tuple),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from(Outside),
        st.sampled_from([f"{team_id}-{NIGHT_POLICY}", "gone", None]),
        st.lists(st.sampled_from(NAMED), max_size=2, unique=True).map(tuple),
        _named,
        only_instead=st.just(instead),
    ).map(_within_its_limits)


def _within_its_limits(policy: Policy) -> Policy:
    return replace(policy, repeat_from=min(policy.repeat_from, len(policy.levels) - 1))


@dataclass
class Floor:
    """What the world knows of the floor by itself, beside the rows: who has left, who is away when, which policies there are."""

    left: set[str] = field(default_factory=set)
    away: list[tuple[str, datetime, datetime]] = field(default_factory=list)
    policies: dict[str, Policy] = field(default_factory=dict)

    def is_there(self, person_id: str, at: datetime) -> bool:
        return person_id not in self.left and not any(
            one == person_id and start <= at < end for one, start, end in self.away
        )

    def in_role(self, team_id: str, *roles: Role) -> set[str]:
        """Who has one of these roles and has not left."""
        found = {one.id for one in casebook.EVERYBODY if one.has_role(team_id, *roles)}
        return found - self.left

    def chain(self, team_id: str) -> set[str]:
        """Who reads the thread of the team's cards."""
        return self.in_role(team_id, Role.LEAD, Role.MANAGER)

    def named(self, targets: Sequence[Target], team_id: str, at: datetime) -> set[str]:
        """Whom the targets of a warning or a breach name."""
        roles = {K.LEADS: Role.LEAD, K.MANAGER: Role.MANAGER}
        found = {one for target in targets for one in self.in_role(team_id, roles[target.kind])}
        return {one for one in found if self.is_there(one, at)}


async def furnish(db: Database) -> None:
    await casebook.set_up(db, *TEAMS.values())
    async with db.write(WORKSPACE) as tx:
        await people.save(tx, Profile("U0LEFT", name="Lefty", is_deleted=True, updated=1))
        await policies.put_group(tx, GROUP)
        for pattern in (
            Pattern("early", BILLING, WEEKDAYS, time(8), time(13), (BOB.id,)),
            Pattern("late", BILLING, WEEKDAYS, time(13), time(19), (BEN.id,)),
            Pattern("weekend", BILLING, ("sat", "sun"), time(0, 30), time(3, 30), (BOB.id,)),
        ):
            await shifts.add_pattern(tx, pattern)


def a_team(team_id: str, hours: str, version: int) -> Team:
    return replace(TEAMS[team_id], hours=HOURS[hours], version=version)


ACTORS: tuple[Person, ...] = casebook.EVERYBODY
LEAVERS = (BOB, BEN, MARA, OLGA, NOBODY)
