"""A story of not being disturbed: whoever has paused their notifications is asked when they come back."""

from datetime import time, timedelta

from bot.rules.standups import Schedule
from bot.services.standups import timing
from sandbox.driver.people import Actor
from storage import standups, timers
from storage.timers import Timer
from tests import cast
from tests.scenarios.stage import Stage
from tests.scenarios.test_standup_answers import FOCUS, standup


def is_asked(person: Actor) -> bool:
    return any(FOCUS in message.words for message in person.dm)


async def test_who_is_not_to_be_disturbed_is_asked_later(stage: Stage) -> None:
    """It is one in the afternoon in Berlin; the stand-up asks at two, and Bob is not to be disturbed until half past."""
    alice, bob = stage.person("alice"), stage.person("bob")
    now = stage.clock.now()
    afternoon = await standup(stage, schedule=Schedule(at=time(14)))
    async with stage.baton.db.write(cast.WORKSPACE) as tx:
        await standups.add(tx, afternoon, now=now)
        await timers.put(tx, Timer(timing.LOOK, afternoon.id, now + timedelta(minutes=1)))
    await bob.pauses_notifications(90)

    await stage.slack.clock.forward(minutes=89)
    assert (is_asked(alice), is_asked(bob)) == (True, False)
    await stage.slack.clock.forward(minutes=2)
    assert is_asked(bob)
    assert len(stage.slack.calls("dnd.teamInfo")) == 1
