"""Numbers as people read them: against their target and before, with what somebody says beside them."""

from datetime import date, timedelta

from bot.rules.metrics.importing.imports import ImportState
from sandbox.driver.people import Actor
from storage import teams
from tests.cast import WORKSPACE
from tests.scenarios.stage import Stage
from tests.services.metrics.store import begin, fact
from tests.services.metrics.store import stage as bring


async def test_a_number_with_a_note_beside_it(stage: Stage) -> None:
    bob, alice = stage.person("bob"), stage.person("alice")
    async with stage.baton.db.read(WORKSPACE) as tx:
        team = await teams.find_by_name(tx, "Billing")
    assert team
    weeks = [
        (date(2026, 3, 1) - weeks * timedelta(days=7), good) for weeks, good in ((0, 80), (1, 70))
    ]
    live = await begin(stage.baton.db, team_id=team.id, state=ImportState.LIVE)
    facts = [fact(str(day), day, ratings_good=good, ratings=100) for day, good in weeks]
    await bring(stage.baton.db, live, facts)
    await somebody_writes(bob)

    await alice.slash("/metrics")
    assert "80 % of 100" in alice.answer
    assert "70 % ▲ better" in alice.answer
    assert "“New survey &amp; “old” one”" in alice.answer

    await alice.slash("/metrics", "note")
    assert "Only those who lead a team" in alice.answer


async def somebody_writes(bob: Actor) -> None:
    """What was typed stays while its day is missing."""
    await bob.slash("/metrics", "note")
    typed: dict[str, object] = {"Number": "CSAT", "Note": "New survey & “old” one"}
    refused = await bob.fill(typed | {"Until": "2026-02-01"}).submit()
    assert not refused.ok
    assert "That day is over." in str(refused)
    assert (await bob.fill({"Until": "2026-03-05"}).submit()).ok
    await bob.slash("/metrics", "note")
    assert "until 5 Mar 2026" in bob.modal.text
