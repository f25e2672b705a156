"""A lead leaves: their promises and follow-ups end, the agent is told once, and nobody inherits what was private."""

from dataclasses import replace

import pytest

from bot.errors import Denied
from bot.people import Role, system
from bot.rules.coaching import CommitmentState, EntryKind, State, Visibility
from bot.rules.teams import Group
from bot.services import teams as team_service
from bot.services.coaching import following_up, leaving, promising, reading
from storage import members
from storage.database import Database
from tests import casebook, notes
from tests.casebook import said, timers
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    MARA,
    NOON,
    SHIPPING,
    WORKSPACE,
)
from tests.services.coaching.leavers import (
    OF_A_LEAD_WHO_HAS_GONE,
    SOON,
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
from tests.services.coaching.promised import entries


@pytest.fixture(autouse=True)
async def _cast(db: Database) -> None:
    await casebook.set_up(db)


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
