"""Whom a policy reaches, with the rows of a real floor: roles, shifts, absences, user groups, rounds, and who has left."""

import asyncio
from datetime import time, timedelta

import pytest

from bot.people import Role
from bot.rules.absences import Absence, Kind
from bot.rules.escalations import Escalation
from bot.rules.people import Profile
from bot.rules.policies import Level, Policy, Target, TargetKind
from bot.rules.severities import Severity
from bot.rules.shifts import Change, Override, Pattern
from bot.rules.teams import Group, Team
from bot.services.policies import get_for, reach
from storage import absences, members, people, policies, shifts, teams
from storage.database import Database
from tests import casebook
from tests.cast import (
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    STRANGER,
    WORKSPACE,
)

K = TargetKind
ROUND = Target(K.ROUND_ROBIN, people=(BOB.id, BEN.id))
POLICY = Policy(WORKSPACE, "p1", BILLING, "Ours", frozenset(), (Level((ROUND,), 5),))
HOUR = timedelta(hours=1)


@pytest.fixture
async def case(db: Database) -> Escalation:
    await casebook.set_up(db)
    async with db.write(WORKSPACE) as tx:
        await policies.add(tx, POLICY)
    return await casebook.escalate(db)


async def told(db: Database, case: Escalation, *targets: Target) -> tuple[str, ...]:
    async with db.write(WORKSPACE) as tx:
        team = await teams.get(tx, BILLING)
        found = await reach(tx, POLICY, Level(targets, 5), case, team, now=NOON)
        return found.people


async def test_people_by_their_roles(db: Database, case: Escalation) -> None:
    assert await told(db, case, Target(K.LEADS)) == (BEN.id, BOB.id)
    assert await told(db, case, Target(K.MANAGER)) == (MARA.id,)
    assert await told(db, case, Target(K.EVERYONE)) == (ALICE.id, BEN.id, BOB.id, MARA.id)
    assert await told(db, case, Target(K.REPORTERS_LEAD)) == (BEN.id, BOB.id)
    assert OLGA.id not in await told(db, case, Target(K.EVERYONE))


async def test_the_reporters_lead_is_that_of_the_team_they_work_in(
    db: Database, case: Escalation
) -> None:
    dans = await casebook.escalate(db, casebook.DRAFT, person=DAN, key="dan")
    assert await told(db, dans, Target(K.REPORTERS_LEAD)) == (CHARLIE.id,)
    nobodys = await casebook.escalate(db, casebook.DRAFT, person=NOBODY, key="nobody")
    assert await told(db, nobodys, Target(K.REPORTERS_LEAD)) == ()


async def test_leads_on_shift_once_there_are_shifts(db: Database, case: Escalation) -> None:
    """NOON is 13:00 in Berlin."""
    lead = Target(K.LEAD_ON_SHIFT)
    assert await told(db, case, lead) == (BEN.id, BOB.id)
    early = Pattern("s1", BILLING, ("mon",), time(8), time(16), (ALICE.id, BOB.id))
    async with db.write(WORKSPACE) as tx:
        await shifts.add_pattern(tx, early)
    assert await told(db, case, lead) == (BOB.id,)


@pytest.mark.parametrize(
    ("begins", "reached"),
    [(-HOUR, (BOB.id,)), (2 * HOUR, ()), (timedelta(days=60), (BEN.id, BOB.id))],
    ids=["on now", "on later", "in two months: nobody says who is on now"],
)
async def test_single_shifts_count_as_shifts(
    db: Database, case: Escalation, begins: timedelta, reached: tuple[str, ...]
) -> None:
    start = NOON + begins
    dated = Override("o1", BILLING, Change.ADD, BOB.id, start, start + 2 * HOUR)
    async with db.write(WORKSPACE) as tx:
        await shifts.add_overrides(tx, dated, now=NOON)
    assert await told(db, case, Target(K.LEAD_ON_SHIFT)) == reached


async def test_nobody_is_told_who_is_away_or_has_left(db: Database, case: Escalation) -> None:
    span = NOON - HOUR, NOON + HOUR
    async with db.write(WORKSPACE) as tx:
        for person in (BOB, CHARLIE):
            away = Absence(WORKSPACE, person.id, person.id, Kind.SICK, *span)
            await absences.add(tx, away)
        await people.save(tx, Profile(MARA.id, name="Mara", is_deleted=True, updated=99))
        await people.save(tx, Profile(DAN.id, name="Dan", is_deleted=True, updated=99))
        await policies.put_group(tx, Group("S1", "@all", (BOB.id, DAN.id, NOBODY.id)))
    assert await told(db, case, Target(K.LEADS), Target(K.MANAGER)) == (BEN.id,)
    named = [Target(K.PERSON, one.id) for one in (BOB, CHARLIE, DAN, STRANGER)]
    assert await told(db, case, *named) == ()
    assert await told(db, case, Target(K.GROUP, "S1")) == (NOBODY.id,)
    assert await told(db, case, ROUND) == (BEN.id,)
    assert await told(db, case, ROUND) == (BEN.id,)


async def test_who_joins_a_role_is_told_from_then_on(db: Database, case: Escalation) -> None:
    async with db.write(WORKSPACE) as tx:
        await members.add(tx, BILLING, Role.MANAGER, [NOBODY.id], source="S7")
    assert set(await told(db, case, Target(K.MANAGER))) == {MARA.id, NOBODY.id}


async def test_everybody_of_a_round_has_their_turn(db: Database, case: Escalation) -> None:
    found = [await told(db, case, ROUND) for _ in range(3)]
    assert found == [(BOB.id,), (BEN.id,), (BOB.id,)]
    both = [Target(K.ROUND_ROBIN, people=(BEN.id, BOB.id)), ROUND]
    assert await told(db, case, *both) == (BEN.id, BOB.id)


async def test_two_cases_at_once_go_to_two_people(db: Database, case: Escalation) -> None:
    found = await asyncio.gather(*(told(db, case, ROUND) for _ in range(4)))
    assert sorted(found) == [(BEN.id,), (BEN.id,), (BOB.id,), (BOB.id,)]


async def test_the_policy_of_a_case(db: Database, case: Escalation) -> None:
    shipping = Team(WORKSPACE, "team-shipping", "Shipping")
    async with db.read(WORKSPACE) as tx:
        assert (await get_for(tx, casebook.TEAM, Severity.HIGH)).id == "p1"
        assert (await get_for(tx, shipping, Severity.HIGH)).is_default
