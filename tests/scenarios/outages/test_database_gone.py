"""The database is gone, or takes nothing: people are told that nothing was saved, and afterwards the same works."""

import asyncio

import pytest

from sandbox.driver.places import Modal
from tests.conftest import FreshDatabase
from tests.scenarios.escalating import ANSWERS, SUMMARY, TICKET, raise_case, shows, whispered
from tests.scenarios.outages import troubles
from tests.scenarios.stage import Stage

SAID = "nothing was saved"
TROUBLES = {
    "PostgreSQL is stopped": troubles.stopped,
    "PostgreSQL cannot be reached": troubles.cut_off,
    "PostgreSQL says nothing": troubles.silent,
    "PostgreSQL has a locked table": troubles.locked_table,
    "PostgreSQL takes no writes": troubles.read_only_server,
    "SQLite's file is read-only": troubles.read_only_file,
    "SQLite's disk is full": troubles.full_disk,
    "SQLite's file is locked": troubles.locked_file,
}
UNREACHABLE = tuple(TROUBLES)[:3]
LINES = ("The database cannot be used: ", "An event is left for Slack", " for the database: ")


@pytest.mark.parametrize("name", TROUBLES)
async def test_nothing_is_saved_everybody_knows_and_afterwards_it_works(
    name: str, fresh_database: FreshDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    async with TROUBLES[name](fresh_database) as troubled:
        stage = troubled.stage
        alice, bob = stage.person("alice"), stage.person("bob")
        card = await raise_case(stage)
        await alice.slash("/escalate", channel="billing")
        form = await alice.fill(ANSWERS | {SUMMARY: "Charged twice", TICKET: "2"})

        await troubled.begin()
        caplog.clear()
        await alice.opens_home()
        results = await asyncio.gather(form.submit(), bob.click(card, "Claim"))
        assert [one.ok for one in results] == [True, True]
        await are_told(stage)
        await stage.slack.until(lambda: "An event is left" in caplog.text)
        problems = await stage.baton.problems()
        assert ("the database does not answer" in problems) is (name in UNREACHABLE)
        said_to_the_operator(caplog, stage)

        await troubled.end()
        await alice.modal.close()
        await the_same_works_now(stage, form)
        await bob.click(card, "Claim")
        await shows(stage, card, f"Owner: <@{bob.id}>")
        stage.slack.redeliver()
        await stage.slack.until(lambda: alice.id in stage.slack.core.views.homes)


async def are_told(stage: Stage) -> None:
    alice = stage.person("alice")
    assert [one.title for one in alice.modals] == ["Escalate a case", "Not done"]
    assert SAID in alice.modal.text
    await whispered(stage, stage.person("bob"), SAID)


async def the_same_works_now(stage: Stage, form: Modal) -> None:
    assert form.value_of(SUMMARY) == "Charged twice"
    assert form.value_of("What was tried so far?") == "Looked at the payment log"
    assert (await form.submit()).ok
    assert not stage.person("alice").modals
    leads, said = stage.channel("billing-leads"), "Charged twice"
    await leads.wait_for(text=said)
    assert len([one for one in leads.messages if said in one.text]) == 1


def said_to_the_operator(caplog: pytest.LogCaptureFixture, stage: Stage) -> None:
    """One line each time, which names neither a word of anybody's nor a token."""
    errors = [one for one in caplog.records if one.levelname == "ERROR"]
    assert all(
        one.getMessage().startswith(LINES) or LINES[-1] in one.getMessage() for one in errors
    )
    assert not any(one.exc_info for one in errors)
    assert sum(one.name == "handlers.errors" for one in errors) == 2
    secrets = ("Charged", "Refund", "payment log", stage.slack.bot_token, stage.slack.app_token)
    assert not any(one in caplog.text for one in secrets)
