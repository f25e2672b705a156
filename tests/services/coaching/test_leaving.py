"""Somebody leaves: their promises and follow-ups end, the agent is told once, and nobody inherits what was private."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.errors import Denied
from bot.people import Person, Role, system
from bot.rules.coaching import CommitmentState, EntryKind, Note, Promiser, State, Visibility
from bot.rules.coaching.disputes import DisputeDraft
from bot.rules.people import Profile
from bot.rules.teams import Group, Team
from bot.services import teams as team_service
from bot.services.coaching import disputing, following_up, leaving, promising, reading
from bot.services.people import save_profiles, set_admins
from bot.services.ticking import fire_due
from schedules.coaching import FIRE
from storage import coaching, members, people, teams
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
from tests.services.coaching.promised import entries, of

DEPARTMENT = "team-department"
EVERY_ROLE: dict[Role, Sequence[str]] = {
    Role.LEAD: (BOB.id, BEN.id),
    Role.AGENT: (ALICE.id,),
    Role.MANAGER: (MARA.id,),
}
TOLD = f"<@{BOB.id}> does not coach you any more. What they have shared with you stays yours to read: `/coach` shows it."
SOON = NOON + timedelta(days=3)


@pytest.fixture(autouse=True)
async def _cast(db: Database) -> None:
    await casebook.set_up(db)


async def members_are(db: Database, by_role: dict[Role, Sequence[str]], key: str = "k") -> None:
    """Somebody fills the form in, and a second passes."""
    await team_service.set_members(db, ADA, BILLING, EVERY_ROLE | by_role, key=key, now=NOON)
    await look(db)


async def look(db: Database) -> None:
    while leaving.LOOK in await timers(db):
        await fire_due(db, WORKSPACE, FIRE, NOON)
    await fire_due(db, WORKSPACE, FIRE, NOON)


async def deactivated(db: Database, person: Person) -> None:
    gone = Profile(person.id, name=person.name, is_deleted=True, updated=99)
    await save_profiles(db, system(WORKSPACE), [gone], now=NOON)
    await look(db)


async def unfinished(db: Database, **values: object) -> Note:
    """A shared note of Bob's about Alice with a promise of each, to be followed up, all of it planned."""
    note = await notes.keep(db, State.SHARED, follow_up_on=SOON.date(), **values)
    for promiser in Promiser:
        await notes.promise(db, note, promiser=promiser)
    async with db.write(WORKSPACE) as tx:
        await following_up.plan(tx, note, now=NOON)
        await promising.replan_of(tx, note.author_id, note.agent_id, now=NOON)
    return note


async def states(db: Database, note: Note) -> dict[Promiser, CommitmentState]:
    return {one.promiser: one.state for one in await of(db, note)}


async def kinds(db: Database, note: Note) -> list[tuple[EntryKind, str]]:
    return [(one.kind, one.by) for one in await entries(db, note)]


async def found(db: Database, note: Note) -> Note:
    async with db.read(WORKSPACE) as tx:
        return await coaching.get(tx, note.id)


async def person(db: Database, one: Person) -> Person:
    async with db.read(WORKSPACE) as tx:
        return await people.get(tx, one.id)


OF_A_LEAD_WHO_HAS_GONE = {
    Promiser.AGENT: CommitmentState.OPEN,
    Promiser.LEAD: CommitmentState.DROPPED,
}


async def test_a_lead_who_leaves_has_nothing_left_to_do_and_the_agent_is_told_once(
    db: Database,
) -> None:
    first, second = await unfinished(db), await unfinished(db)
    await members_are(db, {Role.LEAD: [BEN.id]})

    for note in (first, second):
        assert await states(db, note) == OF_A_LEAD_WHO_HAS_GONE
        assert (await found(db, note)).followed_up_at == NOON
        assert sorted(await kinds(db, note)) == sorted(
            [(EntryKind.LEFT, BOB.id), (EntryKind.COMMITMENT_SETTLED, BOB.id)]
        )
        assert not any(one.words for one in await entries(db, note))
    assert await said(db, ALICE.id) == [TOLD]
    assert await said(db, BOB.id) == []
    assert following_up.REMIND not in await timers(db)
    assert promising.REMIND in await timers(db)  # Alice keeps her own promises


async def test_a_second_look_changes_nothing(db: Database) -> None:
    note = await unfinished(db)
    await members_are(db, {Role.LEAD: [BEN.id]})
    before = (await kinds(db, note), await found(db, note), await said(db, ALICE.id))
    await members_are(db, {Role.LEAD: [BEN.id]}, key="again")
    async with db.write(WORKSPACE) as tx:
        await leaving.heed_of(tx, BOB.id, ALICE.id, now=NOON)
    await look(db)

    assert (await kinds(db, note), await found(db, note), await said(db, ALICE.id)) == before


async def test_a_lead_who_is_deactivated_is_one_who_leaves(db: Database) -> None:
    note = await unfinished(db)
    await deactivated(db, BOB)

    assert await states(db, note) == OF_A_LEAD_WHO_HAS_GONE
    assert await said(db, ALICE.id) == [TOLD]


async def test_so_is_one_who_falls_out_of_a_user_group(db: Database) -> None:
    note = await unfinished(db)
    group = Group("S0LEADS", "@leads", (BOB.id,))
    async with db.write(WORKSPACE) as tx:
        await members.set_chosen(tx, BILLING, {Role.LEAD: [BEN.id], Role.AGENT: [ALICE.id]})
        await members.set_groups(tx, BILLING, {Role.LEAD: [group]})
    now_empty = replace(group, members=())
    await team_service.follow_group(db, system(WORKSPACE), now_empty, key="k", now=NOON)
    await look(db)

    assert await states(db, note) == OF_A_LEAD_WHO_HAS_GONE


async def test_a_lead_who_becomes_the_manager_goes_on(db: Database) -> None:
    note = await unfinished(db)
    await members_are(db, {Role.LEAD: [BEN.id], Role.MANAGER: [BOB.id]})

    assert set((await states(db, note)).values()) == {CommitmentState.OPEN}
    assert await said(db, ALICE.id) == []


async def test_who_wrote_it_keeps_reading_and_nobody_inherits_it(db: Database) -> None:
    shared, private = (
        await unfinished(db),
        await notes.keep(db, visibility=Visibility.PRIVATE, follow_up_on=SOON.date()),
    )
    await members_are(db, {Role.LEAD: [BEN.id]})

    bob = await person(db, BOB)
    for note in (shared, private):
        seen = await reading.see(db, bob, note.id, now=NOON)
        assert not {"edit", "share", "add", "close"} & set(seen.possible)
        for other in (BEN, MARA, ADA):
            with pytest.raises(Denied):
                await reading.see(db, await person(db, other), note.id, now=NOON)
    assert (await found(db, private)).followed_up_at == NOON


async def test_nobody_learns_of_a_private_note_or_a_draft_by_its_author_leaving(
    db: Database,
) -> None:
    private = await notes.keep(db, visibility=Visibility.PRIVATE, follow_up_on=SOON.date())
    draft = await notes.keep(db)
    await members_are(db, {Role.LEAD: [BEN.id]})

    assert await said(db, ALICE.id) == []
    assert await kinds(db, private) == await kinds(db, draft) == []


async def test_what_was_closed_is_over_already(db: Database) -> None:
    note = await notes.keep(db, State.CLOSED)
    await members_are(db, {Role.LEAD: [BEN.id]})
    assert await kinds(db, note) == []
    assert await said(db, ALICE.id) == []


async def test_who_still_coaches_them_elsewhere_is_not_said_to_have_gone(db: Database) -> None:
    note = await unfinished(db)
    async with db.write(WORKSPACE) as tx:
        await members.add(tx, SHIPPING, Role.LEAD, [BOB.id])
        await members.add(tx, SHIPPING, Role.AGENT, [ALICE.id])
    await members_are(db, {Role.LEAD: [BEN.id]})

    assert await states(db, note) == OF_A_LEAD_WHO_HAS_GONE
    assert await said(db, ALICE.id) == []


async def test_who_comes_back_may_go_on_and_leaves_again_with_what_is_new(db: Database) -> None:
    old = await unfinished(db)
    await members_are(db, {Role.LEAD: [BEN.id]})
    await members_are(db, {}, key="back")
    new = await unfinished(db)
    assert "add" in (await reading.see(db, await person(db, BOB), old.id, now=NOON)).possible
    lines = await kinds(db, old)
    await members_are(db, {Role.LEAD: [BEN.id]}, key="and away")

    assert await kinds(db, old) == lines
    assert await states(db, new) == OF_A_LEAD_WHO_HAS_GONE


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
