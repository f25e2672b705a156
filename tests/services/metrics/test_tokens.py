"""Programs are let in and sent away by Baton's admins alone, and their tokens are kept nowhere."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused
from bot.people import Person
from bot.rules.metrics.program import programs
from bot.rules.metrics.program.programs import ProgramDraft
from bot.services.metrics.program import tokens
from storage.base import new_id
from storage.database import Database
from storage.metrics import tokens as stored
from tests.cast import ADA, ALICE, BILLING, BOB, MARA, NOON, STRANGER, WORKSPACE
from tests.services.escalations.machine.deaths import AT_COMMIT, Died, dying
from tests.services.floor import SVEN, by_id, furnish
from tests.services.metrics.programs import item, let_in, send

DRAFT = ProgramDraft("Dialler", "Phones", BILLING)


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await furnish(db)


async def test_an_admin_lets_a_program_in_and_only_the_digest_is_kept(db: Database) -> None:
    made = await let_in(db)
    assert await tokens.let_in(db, made.token) == made.program
    [seen] = await tokens.list_programs(db, ADA)
    assert (seen.program.name, seen.program.feed, seen.team) == ("Dialler", "Phones", "Billing")
    assert made.token not in str(seen)
    assert programs.workspace_of(made.token) == WORKSPACE


@pytest.mark.parametrize("person", [ALICE, BOB, MARA, SVEN], ids=by_id)
async def test_nobody_else_may(db: Database, person: Person) -> None:
    made = await let_in(db)
    with pytest.raises(Denied):
        await tokens.list_programs(db, person)
    with pytest.raises(Denied):
        await tokens.find_teams(db, person, "")
    with pytest.raises(Denied):
        await tokens.check_may_make(db, person)
    with pytest.raises(Denied):
        await tokens.make(db, person, DRAFT, key=new_id(), now=NOON)
    with pytest.raises(Denied):
        await tokens.revoke(db, person, made.program.id, key=new_id(), now=NOON)
    assert await tokens.let_in(db, made.token)


async def test_another_workspace_sees_nothing_and_revokes_nothing(db: Database) -> None:
    made = await let_in(db)
    assert "Dialler" not in str(await tokens.list_programs(db, STRANGER))
    with pytest.raises(Refused):
        await tokens.revoke(db, STRANGER, made.program.id, key=new_id(), now=NOON)
    assert await tokens.let_in(db, made.token) == made.program
    assert await tokens.let_in(db, made.token.replace(WORKSPACE, STRANGER.workspace_id)) is None


@pytest.mark.parametrize("token", ["", "baton_T0BATON_", "baton_T0NONE_" + "x" * 43, "x" * 10_000])
async def test_what_is_no_token_lets_nobody_in(db: Database, token: str) -> None:
    assert await tokens.let_in(db, token) is None


async def test_a_revoked_token_lets_nobody_in_and_what_it_brought_stays(db: Database) -> None:
    made = await let_in(db)
    await send(db, made.program, item("1"))
    await tokens.revoke(db, ADA, made.program.id, key=new_id(), now=NOON)
    assert await tokens.let_in(db, made.token) is None
    assert await tokens.list_programs(db, ADA) == []
    with pytest.raises(Refused):
        await tokens.revoke(db, ADA, made.program.id, key=new_id(), now=NOON)


async def test_the_same_form_twice_makes_one(db: Database) -> None:
    both = await asyncio.gather(
        *[tokens.make(db, ADA, DRAFT, key="once", now=NOON) for _ in range(2)],
        return_exceptions=True,
    )
    assert [type(one) for one in both if isinstance(one, Exception)] == [AlreadyHeard]
    assert len(await tokens.list_programs(db, ADA)) == 1


async def test_a_death_in_the_middle_leaves_no_token(db: Database) -> None:
    with dying(db, AT_COMMIT), pytest.raises(Died):
        await tokens.make(db, ADA, DRAFT, key="once", now=NOON)
    await db.close()  # what a dead process held is let go
    assert await tokens.list_programs(db, ADA) == []
    await tokens.make(db, ADA, DRAFT, key="once", now=NOON)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ProgramDraft("", "Phones", BILLING), "name"),
        (ProgramDraft("x" * 61, "Phones", BILLING), "name"),
        (ProgramDraft("Dialler", "", BILLING), "feed"),
        (ProgramDraft("Dialler", "bAton", BILLING), "feed"),
        (ProgramDraft("Dialler", "Phones", ""), "team"),
        (ProgramDraft("Dialler", "Phones", "gone"), "team"),
    ],
)
async def test_what_is_wrong_is_said_by_field(
    db: Database, draft: ProgramDraft, field: str
) -> None:
    with pytest.raises(FormProblems) as refused:
        await tokens.make(db, ADA, draft, key=new_id(), now=NOON)
    assert set(refused.value.problems) == {field}


async def test_the_last_use_is_noted_to_the_minute(db: Database) -> None:
    program = (await let_in(db)).program
    times = [NOON, NOON + timedelta(seconds=30), NOON + timedelta(minutes=5)]
    noted = []
    for now in times:
        await send(db, program, item(str(now)), now=now)
        async with db.read(WORKSPACE) as tx:
            found = await stored.find(tx, program.id)
            assert found
            program = found
        noted.append(program.used_at)
    assert noted == [times[0], times[0], times[2]]
