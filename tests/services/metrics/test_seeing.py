"""Whose teams' numbers somebody sees: their own, those they manage from above, and all for admins."""

from dataclasses import replace

import pytest

from bot.errors import Denied
from bot.people import Person, Role
from bot.rules.teams import Team
from bot.services.metrics.alert import alerts, targets
from bot.services.metrics.look import seeing
from storage import members, people, teams
from storage.database import Database
from tests.cast import (
    ADA,
    ALICE,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.plans import hearing
from tests.services.floor import by_id, furnish

SERVICE = "team-service"
VERA = Person(WORKSPACE, "U0VERA", name="Vera", roles={SERVICE: frozenset({Role.MANAGER})})
"""Manages the department above Billing."""


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await furnish(db)
    async with db.write(WORKSPACE) as tx:
        await teams.add(tx, Team(WORKSPACE, SERVICE, "Service"))
        await people.add_unknown(tx, [VERA.id])
        await members.add(tx, SERVICE, Role.MANAGER, [VERA.id])
        billing = await teams.get(tx, BILLING)
        assert await teams.change(tx, replace(billing, department_id=SERVICE))


@pytest.mark.parametrize(
    ("person", "seen", "led", "set_"),
    [
        (ALICE, {BILLING}, set(), set()),
        (BOB, {BILLING}, {BILLING}, {BILLING}),
        (MARA, {BILLING}, {BILLING}, {BILLING}),
        (OLGA, {BILLING}, set(), set()),
        (VERA, {BILLING, SERVICE}, {BILLING, SERVICE}, {BILLING, SERVICE}),
        (DAN, {SHIPPING}, set(), set()),
        (ADA, {BILLING, SERVICE, SHIPPING}, set(), {BILLING, SERVICE, SHIPPING}),
        (NOBODY, set(), set(), set()),
        (STRANGER, set(), set(), set()),
    ],
    ids=by_id,
)
async def test_who_sees_leads_and_sets(
    db: Database, person: Person, seen: set[str], led: set[str], set_: set[str]
) -> None:
    async with db.read(WORKSPACE) as tx:
        assert {one.id for one in await seeing.teams_seen(tx, person)} == seen
        assert {one.id for one in await seeing.teams_led(tx, person)} == led
        assert {one.id for one in await seeing.teams_set(tx, person)} == set_
        assert await seeing.may_see_all(tx, person, [BILLING]) == (BILLING in seen)


async def test_a_check_is_for_the_team_that_is_named(db: Database) -> None:
    async with db.read(WORKSPACE) as tx:
        assert (await seeing.check_see(tx, ALICE, BILLING)).id == BILLING
        assert (await seeing.check_set(tx, ADA, BILLING)).id == BILLING
        for check, person in (
            (seeing.check_see, CHARLIE),
            (seeing.check_set, OLGA),
        ):
            with pytest.raises(Denied):
                await check(tx, person, BILLING)


@pytest.mark.parametrize("person", [ALICE, BOB, MARA, VERA], ids=by_id)
async def test_somebodys_numbers_are_theirs_and_their_chains(db: Database, person: Person) -> None:
    async with db.read(WORKSPACE) as tx:
        assert (await seeing.check_see_person(tx, person, BILLING, ALICE.id)).id == BILLING


@pytest.mark.parametrize("person", [OLGA, CHARLIE, DAN, ADA, NOBODY, STRANGER], ids=by_id)
async def test_and_nobody_elses(db: Database, person: Person) -> None:
    async with db.read(WORKSPACE) as tx:
        with pytest.raises(Denied):
            await seeing.check_see_person(tx, person, BILLING, ALICE.id)


async def test_a_department_is_all_its_teams_or_itself_alone(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await members.add(tx, SERVICE, Role.OBSERVER, [OLGA.id])
        await members.add(tx, SERVICE, Role.AGENT, [DAN.id])
    dan = replace(DAN, roles={SERVICE: frozenset({Role.AGENT})})
    async with db.read(WORKSPACE) as tx:
        assert await seeing.covered(tx, VERA, SERVICE) == (SERVICE, BILLING)
        assert await seeing.covered(tx, ADA, SERVICE) == (SERVICE, BILLING)
        assert await seeing.covered(tx, dan, SERVICE) == (SERVICE,)
        assert await seeing.covered(tx, BOB, BILLING) == (BILLING,)


async def test_of_many_teams_at_once_it_is_asked_once(db: Database) -> None:
    async with db.read(WORKSPACE) as tx:
        with hearing(db, "teams") as said:
            assert await seeing.may_see_all(tx, VERA, [SERVICE, BILLING])
        assert len(said) == 1
        assert not await seeing.may_see_all(tx, BOB, [SERVICE, BILLING])
        assert not await seeing.may_see_all(tx, VERA, [SERVICE, SHIPPING])


async def test_who_names_no_team_looks_at_their_own_first_everywhere(db: Database) -> None:
    """However many others an admin sees, and whatever those are called."""
    admin = replace(CHARLIE, is_admin=True)
    assert (await alerts.see(db, admin)).team.id == SHIPPING
    assert (await targets.see(db, admin, now=NOON)).team.id == SHIPPING
    assert (await alerts.see(db, ADA)).team.id == BILLING
