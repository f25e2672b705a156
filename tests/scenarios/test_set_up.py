"""Stories of setting up: from nothing to a team, through mistakes, user groups, and people who move."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.people import Role
from bot.rules.teams import Member, Team
from bot.serving import running
from sandbox.driver.people import Actor
from sandbox.people_acts import profiles
from sandbox.server import Sandbox
from storage import teams
from tests import canary
from tests.clock import MovableClock
from tests.conftest import FreshDatabase
from tests.scenarios.conftest import BOTH_WAYS
from tests.scenarios.escalating import raise_case
from tests.scenarios.stage import MANIFEST, SEED, Stage, choose_for, settings


@pytest.fixture(params=BOTH_WAYS, ids="-".join)
async def bare(
    request: pytest.FixtureRequest, fresh_database: FreshDatabase
) -> AsyncIterator[Stage]:
    """A workspace in which Baton was installed a moment ago: nobody has set up anything."""
    transport, kind = request.param
    clock = MovableClock()
    async with Sandbox(SEED, MANIFEST, clock=clock) as slack:
        chosen = settings(slack, await fresh_database(kind), transport)
        async with running(chosen, clock) as baton:
            stage = Stage(slack, baton, clock)
            if transport == "socket":
                await slack.until_connected()
            else:
                slack.deliver_to(f"http://127.0.0.1:{baton.http.port}/slack/events")
            yield stage
            canary.check_silent(slack)


def menu(person: Actor) -> dict[str, Any]:
    """Of the only team that is listed."""
    [found] = [one["accessory"] for one in person.modal.blocks if "accessory" in one]
    return dict(found)


def offered(person: Actor) -> list[str]:
    return [one["text"]["text"] for one in menu(person)["options"]]


async def in_role(stage: Stage, team: str, *roles: Role) -> list[str]:
    found = await find_team(stage, team)
    async with stage.baton.db.read(stage.slack.team_id) as tx:
        return [one.person_id for one in await teams.members(tx, found.id, *roles)]


async def find_team(stage: Stage, name: str) -> Team:
    async with stage.baton.db.read(stage.slack.team_id) as tx:
        found = await teams.find_by_name(tx, name)
    assert found, f"There is no team {name}."
    return found


async def until(stage: Stage, holds: Callable[[], Any]) -> None:
    await stage.slack.until(holds)


async def opens(person: Actor, text: str = "") -> str:
    """Type `/baton`; what is then on top."""
    assert (await person.slash("/baton", text)).ok
    return person.modal.text


async def test_an_owner_sets_up_the_first_team_from_nothing(bare: Stage) -> None:
    ada, bob = bare.person("ada"), bare.person("bob")
    assert "Nobody has set Baton up yet" in await opens(bob)
    assert bob.modal.buttons == ["My data"]

    assert "Welcome" in await opens(ada)
    await ada.click(ada.modal, "New team")
    assert ada.modal.value_of("Time zone") == "London (Europe), UTC"
    form = ada.fill(
        {
            "Name": "Billing",
            "Time zone": "Berlin (Europe), UTC+01:00",
            "Leads' channel": "billing-leads",
            "Team channel": "general",
            "Leads": ["bob", "ben"],
            "Agents": ["alice"],
            "Managers": ["mara"],
        }
    )
    assert (await form.submit()).ok

    assert "Billing" in ada.modal.text  # the list below was drawn anew
    assert f"Baton's admins: <@{ada.id}>" in ada.modal.text
    await bare.channel("billing-leads").wait_for(
        text="Baton will post escalations of *Billing* here"
    )
    team = await find_team(bare, "Billing")
    assert (team.zone, team.hours.always_open) == ("Europe/Berlin", True)
    assert await in_role(bare, "Billing", Role.LEAD) == [bare.person("ben").id, bob.id]
    # #general is public: Baton joined it without being asked
    assert "baton" in bare.channel("general").members
    assert "Billing" in await opens(bob)


async def test_a_wrong_channel_keeps_the_form_until_baton_is_invited(bare: Stage) -> None:
    ada = bare.person("ada")
    await opens(ada)
    await ada.click(ada.modal, "New team")
    answers: dict[str, object] = {"Name": "Billing", "Leads' channel": "no-bots", "Leads": ["bob"]}
    await ada.fill(answers).submit()
    assert "/invite @Baton" in ada.modal.errors["Leads' channel"]
    assert ada.modal.value_of("Name") == "Billing"

    await ada.invites("no-bots")
    assert (await ada.modal.submit()).ok
    assert await find_team(bare, "Billing")


async def test_everything_that_is_wrong_is_said_at_once(bare: Stage) -> None:
    ada = bare.person("ada")
    await opens(ada)
    await ada.click(ada.modal, "New team")
    await ada.fill({"Name": "   ", "Leads' channel": "no-bots"}).submit()
    assert set(ada.modal.errors) == {"Name", "Leads' channel", "Leads"}


async def test_a_manager_changes_their_own_team_and_no_other(stage: Stage) -> None:
    mara = stage.person("mara")
    text = await opens(mara)
    assert "Billing" in text
    assert "Shipping" not in text
    assert mara.modal.buttons == ["My data"]
    assert offered(mara) == [
        "Edit",
        "Shifts",
        "Policies",
        "Stand-ups",
        "Clocks",
        "Coaching",
        "Kudos",
        "Numbers",
    ]
    await choose_for(mara, "Edit")
    assert (await mara.fill({"Name": "Billing EMEA", "Agents": ["alice", "nemo"]}).submit()).ok
    assert "Billing EMEA" in mara.modal.text
    assert set(await in_role(stage, "Billing EMEA", Role.AGENT)) == {
        stage.person("alice").id,
        stage.person("nemo").id,
    }

    alice = stage.person("alice")
    await opens(alice)
    assert offered(alice) == ["Shifts", "Policies"]


async def test_every_choice_of_a_teams_menu_opens_what_it_says(stage: Stage) -> None:
    """What opens on top leaves the list below, with a menu that has forgotten the choice; the others take its place."""
    mara = stage.person("mara")
    for what, title in {
        "Edit": "Edit team",
        "Shifts": "Shifts",
        "Policies": "Policies",
        "Stand-ups": "Stand-ups",
        "Clocks": "Clocks",
        "Coaching": "Coaching",
        "Kudos": "Kudos",
        "Numbers": "Numbers",
    }.items():
        await opens(mara, "teams bill")
        before = menu(mara)["action_id"]
        assert (await choose_for(mara, what)).ok
        assert (what, mara.modal.title) == (what, title)
        if len(mara.modals) == 2:
            await mara.modal.close()
            assert menu(mara)["action_id"] != before
            assert (await choose_for(mara, what)).ok
            assert mara.modal.title == title
        else:
            await mara.click(mara.modal, "All teams")
            assert what in offered(mara)
        await mara.modal.close(clear=True)


async def test_the_list_below_stays_what_was_looked_for(stage: Stage) -> None:
    ada = stage.person("ada")
    await opens(ada, "teams bill")
    assert (await choose_for(ada, "Clocks")).ok
    await ada.modal.close()
    assert "Billing" in ada.modal.text
    assert "Shipping" not in ada.modal.text


async def test_who_comes_into_a_user_group_comes_into_the_team(stage: Stage) -> None:
    mara, alice = stage.person("mara"), stage.person("alice")
    await opens(mara)
    await choose_for(mara, "Edit")
    answers: dict[str, object] = {"Agents": [], "Agents through user groups": ["@billing-agents"]}
    assert (await mara.fill(answers).submit()).ok
    assert await in_role(stage, "Billing", Role.AGENT) == [alice.id]

    dan = stage.person("dan")
    profiles.change_group(stage.slack.core, "billing-agents", [dan.id])

    async def followed() -> bool:
        return await in_role(stage, "Billing", Role.AGENT) == [dan.id]

    await until(stage, followed)


async def test_a_person_in_no_team_is_told_whom_to_ask(stage: Stage) -> None:
    ada, nemo = stage.person("ada"), stage.person("nemo")
    await opens(ada)  # an owner of the Slack workspace: Baton knows of her now
    text = await opens(nemo)
    assert "You are in no team yet." in text
    assert ada.id in text or "Ada" in text
    assert nemo.modal.buttons == ["My data"]
    await nemo.click(nemo.modal, "My data")
    assert "Only you see this page" in nemo.modal.text
    assert "Cases that you raised: 0" in await opens(nemo, "my-data")


async def test_admins_are_chosen_by_admins_and_one_always_stays(stage: Stage) -> None:
    ada, mara = stage.person("ada"), stage.person("mara")
    await opens(ada, "admins")
    await ada.fill({"Baton's admins": []}).submit()
    assert "at least one admin" in ada.modal.errors["Baton's admins"]
    assert (await ada.fill({"Baton's admins": ["ada", "mara"]}).submit()).ok
    text = await opens(mara)
    assert "Shipping" in text
    assert "New team" in mara.modal.buttons


async def test_the_command_answers_in_private_to_what_it_does_not_know(stage: Stage) -> None:
    nemo = stage.person("nemo")
    await nemo.slash("/baton", "help")
    assert "`/baton admins`" in nemo.answer
    await nemo.slash("/baton", "make <!channel> coffee")
    assert "Baton does not know `/baton make" in nemo.answer
    assert "<!channel>" not in nemo.answer
    await nemo.slash("/baton", "admins")
    assert "Nobody has set Baton up yet" in nemo.answer
    assert not nemo.modals


async def test_zone_and_language_follow_what_slack_says(stage: Stage) -> None:
    bob = stage.person("bob")
    await opens(bob)
    await bob.changes(tz="Asia/Tokyo", locale="ja-JP")

    async def followed() -> bool:
        [zone] = {one.zone for one in await _bobs(stage)}
        return zone == "Asia/Tokyo"

    await until(stage, followed)


async def _bobs(stage: Stage) -> list[Member]:
    team = await find_team(stage, "Billing")
    async with stage.baton.db.read(stage.slack.team_id) as tx:
        found = await teams.members(tx, team.id, Role.LEAD)
    return [one for one in found if one.person_id == stage.person("bob").id]


async def test_a_lead_sets_the_teams_clocks_and_words(stage: Stage) -> None:
    bob, alice = stage.person("bob"), stage.person("alice")
    await opens(alice)
    assert "Clocks" not in offered(alice)
    await opens(bob)
    await choose_for(bob, "Clocks")
    mine: dict[str, object] = {
        "Critical: your own name for it": "P1",
        "Critical: minutes until somebody takes it": "5",
        "What may be given away in a month": "500",
        "Currency": "EUR",
    }
    await bob.fill(mine | {"Low: your own name for it": "P1"}).submit()
    assert "Another severity has this name" in str(bob.modal.errors)
    assert bob.modal.value_of("Critical: minutes until somebody takes it") == "5"
    assert (await bob.fill({"Low: your own name for it": ""}).submit()).ok
    team = await find_team(stage, "Billing")
    assert (team.budget_minor, team.budget_currency) == (50_000, "EUR")
    card = await raise_case(stage, **{"How urgent is it?": "P1 · an owner within 5 minutes"})
    assert "P1 · #1" in card.words
