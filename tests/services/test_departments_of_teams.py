"""The team that another team reports to: who may choose it, and no circles, not even of two who save at once."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import Denied, FormProblems
from bot.people import Person
from bot.rules.teams import Team
from bot.services import teams as service
from storage import teams
from storage.database import Database
from tests.cast import (
    ADA,
    ALICE,
    BILLING,
    BOB,
    CHARLIE,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.services.floor import by_id, furnish


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def report_to(
    db: Database, team_id: str, department_id: str, person: Person = ADA, key: str = ""
) -> Team:
    team, draft = await service.open_team(db, person, team_id)
    draft = replace(draft, department_id=department_id, zone="Europe/Berlin")
    return await service.edit_team(db, person, team, draft, key=key or team_id, now=NOON)


async def chain(db: Database, team_id: str) -> tuple[str, ...]:
    async with db.read(WORKSPACE) as tx:
        return await teams.chain_of(tx, team_id)


@pytest.mark.parametrize("person", [ADA, MARA], ids=by_id)
async def test_admins_and_its_managers_choose_it(db: Database, person: Person) -> None:
    await report_to(db, BILLING, SHIPPING, person)
    assert await chain(db, BILLING) == (BILLING, SHIPPING)
    _team, draft = await service.open_team(db, person, BILLING)
    assert (draft.department_id, draft.department_name) == (SHIPPING, "Shipping")
    await report_to(db, BILLING, "", person, key="back")
    assert await chain(db, BILLING) == (BILLING,)


@pytest.mark.parametrize("person", [BOB, ALICE, OLGA, CHARLIE, NOBODY], ids=by_id)
async def test_nobody_else_does_or_is_offered_any(db: Database, person: Person) -> None:
    with pytest.raises(Denied):
        await report_to(db, BILLING, SHIPPING, person)
    assert await service.teams_to_report_to(db, person, "") == []


async def test_teams_are_found_by_a_part_of_their_name(db: Database) -> None:
    assert [one.name for one in await service.teams_to_report_to(db, MARA, " SHIP")] == ["Shipping"]
    assert len(await service.teams_to_report_to(db, ADA, "")) == 2
    assert "Billing" not in str(await service.teams_to_report_to(db, STRANGER, ""))


@pytest.mark.parametrize("department", [BILLING, "gone"])
async def test_itself_and_what_is_gone_are_refused(db: Database, department: str) -> None:
    with pytest.raises(FormProblems) as refused:
        await report_to(db, BILLING, department)
    assert set(refused.value.problems) == {"department"}
    assert await chain(db, BILLING) == (BILLING,)


async def test_a_circle_is_refused(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        top = Team(WORKSPACE, "top", "Top", leads_channel="C0TOP", department_id=BILLING)
        await teams.add(tx, top)
    await report_to(db, SHIPPING, "top")
    with pytest.raises(FormProblems, match="goes round in a circle"):
        await report_to(db, BILLING, SHIPPING)
    assert await chain(db, SHIPPING) == (SHIPPING, "top", BILLING)


async def test_two_that_choose_each_other_at_once_are_no_circle(db: Database) -> None:
    outcomes = await asyncio.gather(
        report_to(db, BILLING, SHIPPING), report_to(db, SHIPPING, BILLING), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["FormProblems", "Team"]
