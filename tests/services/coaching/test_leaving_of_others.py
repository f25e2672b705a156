"""An agent, a manager or a decider leaves: what is theirs stays theirs, and who manages now takes the rest over."""

import asyncio

import pytest
from sqlalchemy import update

from bot.errors import Denied, Refused
from bot.people import Person, Role
from bot.rules.coaching import (
    CommitmentAction,
    CommitmentState,
    EntryKind,
    Note,
    Promiser,
    State,
    Visibility,
)
from bot.rules.coaching.disputes import DisputeDraft
from bot.rules.teams import Team
from bot.services import teams as team_service
from bot.services.coaching import disputing, following_up, leaving, promising, reading
from bot.services.people import set_admins
from storage import members, teams
from storage.database import Database
from storage.teams import TeamRow
from storage.timers import Timer
from tests import casebook, notes
from tests.casebook import said, timers
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    SHIPPING,
    WORKSPACE,
)
from tests.services.coaching.leavers import (
    EVERY_ROLE,
    OF_A_LEAD_WHO_HAS_GONE,
    TOLD,
    deactivated,
    found,
    kinds,
    look,
    members_are,
    person,
    states,
    unfinished,
)

DEPARTMENT = "team-department"


@pytest.fixture(autouse=True)
async def _cast(db: Database) -> None:
    await casebook.set_up(db)


async def test_an_agent_who_changes_team_keeps_all_and_their_lead_goes_on(db: Database) -> None:
    note = await unfinished(db)
    async with db.write(WORKSPACE) as tx:
        await members.add(tx, SHIPPING, Role.AGENT, [ALICE.id])
    await members_are(db, {Role.AGENT: [DAN.id]})

    assert set((await states(db, note)).values()) == {CommitmentState.OPEN}
    assert (await reading.see(db, await person(db, ALICE), note.id, now=NOON)).note.id == note.id
    with pytest.raises(Denied):
        await reading.see(db, await person(db, CHARLIE), note.id, now=NOON)


async def test_an_agent_who_is_deactivated_is_waited_for_no_more(db: Database) -> None:
    note = await unfinished(db)
    await members_are(db, {Role.AGENT: [NOBODY.id]})  # no team of hers leads to her
    await deactivated(db, ALICE)

    assert set((await states(db, note)).values()) == {CommitmentState.DROPPED}
    assert (EntryKind.LEFT, ALICE.id) in await kinds(db, note)
    assert not {promising.REMIND, following_up.REMIND} & set(await timers(db))
    assert await said(db, BOB.id) == []


async def test_a_department_that_is_taken_away_takes_its_managers_along(db: Database) -> None:
    """Charlie manages the department above Billing, and wrote about Alice."""
    async with db.write(WORKSPACE) as tx:
        await teams.add(tx, Team(WORKSPACE, DEPARTMENT, "Department", leads_channel="C0LEADS"))
        await members.add(tx, DEPARTMENT, Role.MANAGER, [CHARLIE.id])
        await tx.execute(
            update(TeamRow).where(TeamRow.id == BILLING).values(department_id=DEPARTMENT)
        )
    note = await unfinished(db, author_id=CHARLIE.id)
    async with db.write(WORKSPACE) as tx:
        await leaving.heed(tx, DEPARTMENT, now=NOON)
    await look(db)
    assert await kinds(db, note) == []

    async with db.write(WORKSPACE) as tx:
        await members.set_chosen(tx, DEPARTMENT, {})
        await leaving.heed(tx, DEPARTMENT, now=NOON)
    await look(db)
    assert await states(db, note) == OF_A_LEAD_WHO_HAS_GONE


async def test_two_who_look_at_once_say_it_once(db: Database) -> None:
    """The team and its department are looked at by two processes, and each finds the same note."""
    async with db.write(WORKSPACE) as tx:
        await teams.add(tx, Team(WORKSPACE, DEPARTMENT, "Department"))
        await tx.execute(
            update(TeamRow).where(TeamRow.id == BILLING).values(department_id=DEPARTMENT)
        )
    note = await unfinished(db)
    async with db.write(WORKSPACE) as tx:
        await members.set_chosen(tx, BILLING, {Role.AGENT: [ALICE.id]})

    async def looks(team_id: str) -> None:
        async with db.write(WORKSPACE) as tx:
            await leaving.look(tx, Timer(leaving.LOOK, team_id, NOON), NOON)

    await asyncio.gather(looks(BILLING), looks(DEPARTMENT))
    assert [kind for kind, _by in await kinds(db, note)].count(EntryKind.LEFT) == 1


async def test_chain_notes_go_to_whoever_manages_now(db: Database) -> None:
    note = await notes.keep(db, State.SHARED, visibility=Visibility.CHAIN)
    await members_are(db, {Role.MANAGER: [NOBODY.id]})

    assert (await reading.see(db, await person(db, NOBODY), note.id, now=NOON)).note.id == note.id
    with pytest.raises(Denied):
        await reading.see(db, await person(db, MARA), note.id, now=NOON)


async def disputed(db: Database, decider: Person) -> Note:
    note = await notes.keep(db, State.SHARED)
    draft = DisputeDraft(decider.id, "It was another customer")
    return await disputing.dispute(db, ALICE, note.id, draft, key=f"d{note.id}", now=NOON)


async def test_a_decider_who_leaves_is_replaced(db: Database) -> None:
    note = await disputed(db, MARA)
    await members_are(db, {Role.MANAGER: [NOBODY.id]})
    assert (await found(db, note)).decider_id == NOBODY.id


async def test_a_decider_who_is_there_still_goes_on(db: Database) -> None:
    note = await disputed(db, MARA)
    await members_are(db, {Role.AGENT: [ALICE.id, DAN.id]})
    assert (await found(db, note)).decider_id == MARA.id


async def test_an_admin_who_is_none_any_more_decides_no_more(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await members.set_chosen(tx, BILLING, {Role.LEAD: [BOB.id], Role.AGENT: [ALICE.id]})
    note = await disputed(db, ADA)
    await set_admins(db, ADA, [DAN.id], key="k", now=NOON)
    await look(db)
    assert (await found(db, note)).decider_id == DAN.id


async def test_much_is_ended_a_little_at_a_time(db: Database) -> None:
    kept = [await notes.keep(db, State.SHARED) for _ in range(leaving.AT_ONCE + 2)]
    without_bob = {**EVERY_ROLE, Role.LEAD: [BEN.id]}
    await team_service.set_members(db, ADA, BILLING, without_bob, key="k", now=NOON)
    async with db.write(WORKSPACE) as tx:
        await leaving.look(tx, Timer(leaving.LOOK, BILLING, NOON), NOON)
    marked = [one for one in kept if await kinds(db, one)]
    assert len(marked) == leaving.AT_ONCE
    await look(db)
    assert all([await kinds(db, one) for one in kept])
    assert await said(db, ALICE.id) == [TOLD]


@pytest.mark.parametrize("gone", [ALICE, BOB], ids=["agent", "lead"])
@pytest.mark.parametrize("promiser", Promiser)
async def test_what_was_done_is_not_undone_once_one_of_both_has_gone(
    db: Database, promiser: Promiser, gone: Person
) -> None:
    """Nobody would be there to keep it, and the note could never be closed."""
    note = await notes.keep(db, State.ACKNOWLEDGED)
    done = await notes.promise(db, note, promiser=promiser, state=CommitmentState.DONE)
    await deactivated(db, gone)
    other, reopen = BOB if gone is ALICE else ALICE, CommitmentAction.REOPEN
    if (gone, promiser) == (BOB, Promiser.AGENT):  # what an agent promised is theirs
        await promising.settle(db, other, done.id, reopen, key="again", now=NOON)
        return
    with pytest.raises(Refused, match="not here any more"):
        await promising.settle(db, other, done.id, reopen, key="again", now=NOON)
