"""Rows of teams and members: names are unique, edits are claimed, and nothing of another workspace is ever shown."""

from datetime import date

import pytest

from bot.errors import FormProblems, Refused
from bot.people import Role
from bot.rules.calendars import BusinessHours, DayOff, OtherDay, Span
from bot.rules.people import Profile
from bot.rules.teams import Group, Team
from storage import members, people, teams, workspaces
from storage.database import Database
from storage.members import Filled
from tests.cast import WORKSPACE

HOURS = BusinessHours(
    always_open=False,
    week={"sun": (Span(540, 780), Span(840, 1080)), "mon": (Span(1320, 1800),)},
    region="DE-BY",
    days_off=(DayOff(date(2026, 12, 24), date(2027, 1, 2), "Winter, and “rest”"),),
    other_days=(OtherDay(date(2026, 12, 27), (Span(0, 1440),)),),
    critical_always=True,
)
TEAM = Team(WORKSPACE, "t1", "Billing", hours=HOURS, zone="Asia/Tokyo")


async def test_a_team_comes_back_as_it_was(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await teams.add(tx, TEAM)
    async with db.read(WORKSPACE) as tx:
        assert await teams.get(tx, "t1") == TEAM
        assert await teams.find(tx, "t2") is None
        assert await teams.list_all(tx) == [TEAM]


async def test_a_name_is_taken_once_and_the_transaction_lives_on(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await teams.add(tx, TEAM)
        with pytest.raises(FormProblems):
            await teams.add(tx, Team(WORKSPACE, "t2", " BILLING"))
        await teams.add(tx, Team(WORKSPACE, "t2", "Shipping"))
        with pytest.raises(FormProblems):
            await teams.change(tx, Team(WORKSPACE, "t2", "billing"))
    async with db.read(WORKSPACE) as tx:
        assert [one.name for one in await teams.list_all(tx)] == ["Billing", "Shipping"]


async def test_an_edit_of_an_older_version_is_lost(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await teams.add(tx, TEAM)
        assert await teams.change(tx, TEAM)
        assert not await teams.change(tx, TEAM)


async def test_who_is_in_a_team_comes_by_name_and_role_once(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await teams.add(tx, TEAM)
        await people.save(
            tx,
            Profile("U2", name="Ann", locale="de-DE", zone="Europe/Berlin"),
            Profile("U1", name="Bea"),
            Profile("U3", name="Gone", is_deleted=True),
        )
        group = Group("S1", "@all", ("U1", "U2", "U3"))
        await members.set_chosen(tx, "t1", {Role.LEAD: ["U1"], Role.AGENT: ["U1"]})
        await members.set_groups(tx, "t1", {Role.AGENT: [group]})
        found = await teams.members(tx, "t1")
        assert [(one.person_id, one.role, one.locale) for one in found] == [
            ("U2", Role.AGENT, "de-DE"),
            ("U1", Role.AGENT, "en-US"),
            ("U1", Role.LEAD, "en-US"),
        ]
        assert [one.name for one in await teams.members(tx, "t1", Role.LEAD)] == ["Bea"]
        assert await teams.find_of_person(tx, "U2") == [TEAM]
        assert await members.chosen(tx, "t1") == {Role.AGENT: ("U1",), Role.LEAD: ("U1",)}
        assert await members.filled_by(tx, "S1") == [Filled("t1", Role.AGENT, "S1")]


async def test_the_canary_workspace_is_never_shown(db: Database) -> None:
    async with db.read(WORKSPACE) as tx:
        assert await teams.list_all(tx) == []
        assert await people.admins(tx) == []
        assert await people.owners(tx) == []
        assert await people.find(tx, "LEAK-id") is None
        assert await people.profiles(tx, ["LEAK-id"]) == {}
        assert await members.everyone(tx) == {}
        assert await members.filled_by(tx, "LEAK-usergroup_id") == []
        assert await workspaces.find(tx) is None
        with pytest.raises(Refused, match="gone"):
            await teams.get(tx, "LEAK-id")
        with pytest.raises(Refused):
            await people.get(tx, "LEAK-id")


async def test_a_workspace_is_remembered_and_renamed(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await workspaces.save(tx, name="Old", bot_user_id="U0BATON")
        await workspaces.save(tx, name="New", bot_user_id="U0BATON")
        here = await workspaces.find(tx)
    assert here is not None
    assert (here.name, here.bot_user_id) == ("New", "U0BATON")
