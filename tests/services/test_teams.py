"""Making and changing teams: who may, what is refused beside its field, and that twice is harmless."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person, Role, system
from bot.rules.teams import Group, Team, TeamDraft
from bot.services import people as people_service
from bot.services import teams as service
from storage import people, teams
from storage.database import Database
from storage.outbox import OutboxRow
from tests import cast
from tests.cast import ADA, ALICE, BILLING, BOB, CHARLIE, MARA, NOBODY, NOON, SHIPPING, WORKSPACE
from tests.services.floor import BOT, DRAFT, SVEN, by_id, furnish, people_of, team_named


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def create(
    db: Database, person: Person = ADA, draft: TeamDraft = DRAFT, key: str = "k"
) -> Team:
    return await service.create_team(db, person, draft, key=key, now=NOON)


async def edit(db: Database, person: Person, team: Team, draft: TeamDraft, key: str = "k") -> Team:
    return await service.edit_team(db, person, team, draft, key=key, now=NOON)


async def said(db: Database) -> list[tuple[str, str | None]]:
    async with db.read(WORKSPACE) as tx:
        rows = await tx.scalars(select(OutboxRow).order_by(OutboxRow.lane, OutboxRow.seq))
        return [(row.lane, row.words) for row in rows]


# making one


async def test_an_admin_makes_a_team_with_its_people(db: Database) -> None:
    team = await create(db)
    assert await team_named(db, "returns") == team
    assert await people_of(db, team.id, Role.LEAD) == [BOB.id]
    assert await people_of(db, team.id, Role.AGENT) == [ALICE.id, NOBODY.id]


@pytest.mark.parametrize("person", [ALICE, BOB, MARA, NOBODY, SVEN, cast.STRANGER], ids=by_id)
async def test_nobody_else_makes_teams(db: Database, person: Person) -> None:
    with pytest.raises(Denied, match="Only Baton's admins"):
        await create(db, replace(person, is_admin=False))


async def test_an_admin_of_another_workspace_makes_it_there(db: Database) -> None:
    await create(db, cast.STRANGER)
    async with db.read(WORKSPACE) as tx:
        assert await teams.find_by_name(tx, "Returns") is None


async def test_the_same_form_twice_makes_one_team_and_says_hello_once(db: Database) -> None:
    outcomes = await asyncio.gather(*[create(db) for _ in range(3)], return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == [
        "AlreadyHeard",
        "AlreadyHeard",
        "Team",
    ]
    assert await said(db) == [("C0RETURNS", "Baton will post escalations of *Returns* here.")]


async def test_two_forms_of_the_same_name_make_one_team(db: Database) -> None:
    drafts = [replace(DRAFT, name=name) for name in ("Returns", "returns", " RETURNS ")]
    outcomes = await asyncio.gather(
        *[create(db, draft=draft, key=str(n)) for n, draft in enumerate(drafts)],
        return_exceptions=True,
    )
    taken = [one for one in outcomes if isinstance(one, FormProblems)]
    assert [list(one.problems) for one in taken] == [["name"], ["name"]]


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (replace(DRAFT, name="billing"), {"name"}),
        (replace(DRAFT, name="", zone="Nowhere", people={}), {"name", "zone", "lead"}),
        (replace(DRAFT, people={Role.LEAD: ("U0ROBOT",)}), {"lead"}),
        (replace(DRAFT, people={Role.LEAD: (BOT,)}), {"lead"}),
        (replace(DRAFT, people={Role.LEAD: (BOB.id,), Role.AGENT: ("U0LEFT",)}), {"agent"}),
    ],
)
async def test_what_is_wrong_stays_beside_its_field_and_nothing_is_saved(
    db: Database, draft: TeamDraft, fields: set[str]
) -> None:
    with pytest.raises(FormProblems) as wrong:
        await create(db, draft=draft)
    assert set(wrong.value.problems) == fields
    assert await said(db) == []
    await create(db)  # the key was not used up: the form is sent again


async def test_a_name_in_the_hello_cannot_become_a_mention(db: Database) -> None:
    await create(db, draft=replace(DRAFT, name="<!channel> & co"))
    assert await said(db) == [
        ("C0RETURNS", "Baton will post escalations of *&lt;!channel&gt; &amp; co* here.")
    ]


# the first admin


async def test_while_there_is_no_admin_a_slack_owner_may_and_becomes_it(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await people.set_admins(tx, [])
    with pytest.raises(Denied):
        await create(db, MARA)
    assert (await service.set_up(db, SVEN)).may_set_up
    await create(db, SVEN)
    assert await people_service.whom_to_ask(db, WORKSPACE) == [SVEN.id]


# changing one


@pytest.mark.parametrize("person", [ADA, MARA], ids=["admin", "manager"])
async def test_an_admin_and_the_manager_change_a_team(db: Database, person: Person) -> None:
    team, draft = await service.open_team(db, person, BILLING)
    edited = await edit(db, person, team, replace(draft, name="Bills", language="en"))
    assert (edited.id, edited.name, edited.version) == (BILLING, "Bills", 2)
    assert await team_named(db, "bills") == edited
    assert set(await people_of(db, BILLING)) == {"U0ALICE", "U0BOB", "U0BEN", "U0MARA", "U0OLGA"}


@pytest.mark.parametrize("person", [ALICE, BOB, CHARLIE, NOBODY, SVEN], ids=by_id)
async def test_nobody_else_changes_a_team(db: Database, person: Person) -> None:
    with pytest.raises(Denied, match="manager and Baton's admins"):
        await service.open_team(db, person, BILLING)
    with pytest.raises(Denied):
        await edit(db, person, Team(WORKSPACE, BILLING, ""), DRAFT)
    with pytest.raises(Denied):
        await service.set_members(db, person, BILLING, DRAFT.people, key="k", now=NOON)


async def test_a_manager_changes_only_their_own(db: Database) -> None:
    with pytest.raises(Denied):
        await service.open_team(db, MARA, SHIPPING)


@pytest.mark.parametrize("team_id", [BILLING, "LEAK-id", "no such team"])
async def test_another_workspace_sees_no_team(db: Database, team_id: str) -> None:
    person = cast.STRANGER if team_id == BILLING else ADA
    with pytest.raises(Refused, match="gone"):
        await service.open_team(db, person, team_id)


async def test_the_second_of_two_forms_is_told_and_changes_nothing(db: Database) -> None:
    team, draft = await service.open_team(db, MARA, BILLING)
    await edit(db, ADA, team, replace(draft, zone="Asia/Tokyo"), "a")
    with pytest.raises(Stale, match="nothing was saved"):
        await edit(db, MARA, team, replace(draft, people={Role.LEAD: (BOB.id,)}), "b")
    assert len(await people_of(db, BILLING)) == 5


async def test_another_teams_name_is_taken_and_ones_own_is_not(db: Database) -> None:
    team, draft = await service.open_team(db, ADA, BILLING)
    with pytest.raises(FormProblems) as wrong:
        await edit(db, ADA, team, replace(draft, name="SHIPPING"))
    assert set(wrong.value.problems) == {"name"}
    assert (await edit(db, ADA, team, replace(draft, name="BILLING"))).name == "BILLING"


async def test_a_new_leads_channel_hears_hello_and_the_old_one_not_again(db: Database) -> None:
    team = await create(db)
    for n, channel in enumerate(("C0NEW", "C0RETURNS", "C0NEW")):
        team = await edit(db, ADA, team, replace(DRAFT, leads_channel=channel), f"e{n}")
    assert sorted(lane for lane, _ in await said(db)) == ["C0NEW", "C0RETURNS"]


async def test_members_are_chosen_for_every_role_at_once(db: Database) -> None:
    chosen = {Role.LEAD: [CHARLIE.id], Role.AGENT: [NOBODY.id, ALICE.id]}
    await service.set_members(db, MARA, BILLING, chosen, key="k", now=NOON)
    assert await people_of(db, BILLING, Role.LEAD) == [CHARLIE.id]
    assert await people_of(db, BILLING, Role.AGENT) == [ALICE.id, NOBODY.id]
    with pytest.raises(AlreadyHeard):
        await service.set_members(db, MARA, BILLING, chosen, key="k", now=NOON)
    with pytest.raises(FormProblems):
        await service.set_members(db, MARA, BILLING, {}, key="k2", now=NOON)


# user groups


async def test_a_user_group_fills_a_role_and_is_followed(db: Database) -> None:
    group = Group("S0AGENTS", "@agents", (ALICE.id, "U0NEW"))
    team = await create(db, draft=replace(DRAFT, groups={Role.AGENT: (group,)}))
    assert set(await people_of(db, team.id, Role.AGENT)) == {ALICE.id, NOBODY.id, "U0NEW"}

    slack = system(WORKSPACE)
    assert await service.is_group_used(db, slack, "S0AGENTS")
    changed = Group("S0AGENTS", members=("U0DAN",))
    await service.follow_group(db, slack, changed, key="e1", now=NOON)
    # Alice was chosen as well, and stays
    assert set(await people_of(db, team.id, Role.AGENT)) == {ALICE.id, NOBODY.id, "U0DAN"}
    with pytest.raises(AlreadyHeard):
        await service.follow_group(db, slack, changed, key="e1", now=NOON)

    _, draft = await service.open_team(db, ADA, team.id)
    assert draft.groups == {Role.AGENT: (Group("S0AGENTS", "@agents"),)}


async def test_only_slack_says_who_is_in_a_group(db: Database) -> None:
    with pytest.raises(Denied):
        await service.follow_group(db, ADA, Group("S0AGENTS"), key="e", now=NOON)
    assert not await service.is_group_used(db, cast.STRANGER, "S0AGENTS")


# what /baton shows


@pytest.mark.parametrize(
    ("person", "names", "editable"),
    [
        (ADA, ["Billing", "Shipping"], ["Billing", "Shipping"]),
        (MARA, ["Billing"], ["Billing"]),
        (BOB, ["Billing"], []),
        (ALICE, ["Billing"], []),
        (CHARLIE, ["Shipping"], []),
        (NOBODY, [], []),
    ],
    ids=by_id,
)
async def test_everybody_sees_their_own_teams(
    db: Database, person: Person, names: list[str], editable: list[str]
) -> None:
    seen = await service.set_up(db, person)
    assert [one.team.name for one in seen.teams] == names
    assert [one.team.name for one in seen.teams if one.may_edit] == editable
    assert seen.admins == (ADA.id,)
    assert seen.may_set_up is person.is_admin


async def test_a_stranger_sees_nothing_of_this_workspace(db: Database) -> None:
    seen = await service.set_up(db, cast.STRANGER)
    assert all(one.team.workspace_id == cast.OTHER_WORKSPACE for one in seen.teams)
    assert ADA.id not in seen.admins
