"""The story of an Excel file with coaching notes, from the form to its cells; and whose it is."""

from http import HTTPStatus
from typing import Any

import aiohttp

from bot.rules.coaching import Body, Part, State
from sandbox.driver.people import Actor
from storage import teams
from tests import cast
from tests.notes import keep
from tests.scenarios.escalating import told
from tests.scenarios.stage import Stage
from tests.scenarios.test_reports import the_file

TYPED = "=HYPERLINK(1) is what they typed"


async def a_shared_note(stage: Stage) -> None:
    db = stage.baton.db
    async with db.read(cast.WORKSPACE) as tx:
        team = await teams.find_by_name(tx, "Billing")
    assert team
    people = {"author_id": stage.person("bob").id, "agent_id": stage.person("alice").id}
    at = stage.clock.now()
    given: dict[str, Any] = {
        "team_id": team.id,
        "shared_at": at,
        "body": Body({Part.IMPACT: TYPED}),
    }
    await keep(db, State.SHARED, **people, **given)


async def may_open(url: str, reader: Actor) -> bool:
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, params={"as": reader.id}) as answer,
    ):
        assert answer.status in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}
        return answer.status == HTTPStatus.OK


async def test_the_file_of_a_lead_is_the_leads_alone(stage: Stage) -> None:
    bob, alice, mara = (stage.person(name) for name in ("bob", "alice", "mara"))
    await a_shared_note(stage)
    await bob.slash("/coach", "export")
    chosen: dict[str, object] = {
        "Notes: who and what about": ["Coach"],
        "How Excel counts days": "From 1904, as in old files from a Macintosh",
    }
    assert (await bob.fill(chosen).submit()).ok
    assert "is being made" in bob.modal.text

    message = await told(stage, bob, "The coaching notes from")
    assert TYPED not in str(message.raw)
    book = the_file(stage, bob, message)
    titles = [one.value for one in book["Notes"][1]]
    assert "Coach" in titles
    assert "Skill" not in titles
    cell = book["Notes"].cell(2, titles.index("Impact") + 1)
    assert (cell.value, cell.data_type) == (TYPED, "s")
    url = message.raw["files"][0]["url_private"]
    assert [await may_open(url, one) for one in (bob, alice, mara)] == [True, False, False]

    await bob.click(bob.modal, "Cancel it")
    assert "The file was ready before you cancelled it" in bob.modal.text
    await bob.slash("/coach", "export")
    assert bob.modal.value_of("Notes: who and what about") == ["Coach"]


async def test_an_agent_gets_what_is_shared_with_them_and_an_observer_nothing(stage: Stage) -> None:
    alice, olga = stage.person("alice"), stage.person("olga")
    await a_shared_note(stage)
    assert "is being made" in (await alice.slash("/coach", "export this month")).text
    book = the_file(stage, alice, await told(stage, alice, "The coaching notes from"))
    assert [row[1] for row in book["Notes"].iter_rows(min_row=2, values_only=True)] == ["alice"]
    refused = (await olga.slash("/coach", "export this month")).text
    assert "There is no coaching note that you may take along" in refused
    assert "leads and managers" in (await alice.slash("/kudos", "export")).text
