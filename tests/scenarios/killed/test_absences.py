"""Somebody notes that they are away, and the bot is killed around the commit: it is noted once, and never lost."""

import signal

import pytest

from tests.scenarios.killed.test_killed import Commit, Scene, arrange, scene

__all__ = ["scene"]  # the fixture of the same stage

NOTED = "INSERT INTO absences"


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)])
@pytest.mark.parametrize("moment", ["before", "after"])
async def test_an_absence_survives(scene: Scene, moment: str) -> None:
    alice = scene.slack.person("alice")
    arrange(scene, Commit(moment, NOTED))

    await scene.persist(lambda: alice.slash("/baton", "away"), lambda: bool(alice.modals))
    await alice.fill({"Why": "Sick", "Note": "Broken leg"})
    await scene.persist(lambda: alice.fill({}).submit(), lambda: not alice.modals)

    assert scene.bot.deaths == [-signal.SIGKILL], "the point was never reached"
    await scene.persist(lambda: alice.slash("/baton", "away"), lambda: bool(alice.modals))
    assert alice.modal.text.count("Broken leg") == 1
