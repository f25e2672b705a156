"""A process dies at every single step, one after another: nothing is lost, nothing is said twice, nothing changes places."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.rules.delivery import NO_LIMITS, Answer, Drawn, Limits
from storage.database import Database
from tests.services.delivery.courier import Courier, Puppet, card, note

LIFE = timedelta(seconds=31)  # longer than a lease


class Died(BaseException):
    """The process is gone: nobody catches this."""


@dataclass
class Mortal(Puppet):
    """A Slack whose caller dies at the n-th step: before a call arrives, or after it did and before the answer."""

    steps_left: int = 10**9

    def step(self) -> None:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise Died

    async def call(self, method: str, payload: Mapping[str, Any], /) -> Answer:
        self.step()
        answer = await super().call(method, payload)
        self.step()
        return answer


async def live(courier: Courier, slack: Mortal, channel: str) -> None:
    """A morning: messages, a card with replies, and a change of the card, half of it before the first is out."""
    await courier.say(
        note(f"{channel} 1", channel), card(channel, channel), note(f"{channel} 2", channel)
    )
    courier.looks[channel] = Drawn(f"{channel} card")
    for _ in range(3):
        await courier.turn_and(slack.step)
    await courier.say(note(f"{channel} 3", channel, thread_of=card(channel, channel)))
    courier.looks[channel] = Drawn(f"{channel} card, changed")
    await courier.say(card(channel, channel))
    for _ in range(12):
        courier.now += timedelta(seconds=1)
        await courier.turn_and(slack.step)


def check(slack: Puppet, channel: str) -> None:
    """Nothing lost, nothing twice, and in order."""
    here = [m for m in slack.stored if m.get("channel") == channel]
    posted = [m["text"] for m in here if "metadata" in m]
    assert Counter(posted).most_common(1)[0][1] == 1, posted
    plain = [text for text in posted if "card" not in text]
    assert plain == [f"{channel} {n}" for n in (1, 2, 3)]
    assert sum("card" in text for text in posted) == 1
    assert "card, changed" in next(m["text"] for m in reversed(here) if "card" in m["text"])


@pytest.mark.parametrize("limits", [Limits(), NO_LIMITS], ids=["spaced", "in batches"])
async def test_dying_at_every_step(db: Database, limits: Limits) -> None:
    slack, deaths, now = Mortal(), 0, Courier(db).now
    for step in range(100):
        slack.steps_left, channel = step, f"C{step}"
        courier = Courier(db, slack=slack, limits=limits, now=now)
        try:
            await live(courier, slack, channel)
        except Died:
            deaths += 1
        survived = slack.steps_left >= 0
        slack.steps_left = 10**9
        heir = Courier(db, slack=slack, limits=limits, now=courier.now, looks=courier.looks)
        if not survived:
            await finish_the_morning(heir, channel)
        heir.now += LIFE
        for _ in range(5):
            await heir.later(seconds=6)
        check(slack, channel)
        now = heir.now
        if survived:
            break
    assert deaths >= 10


async def finish_the_morning(heir: Courier, channel: str) -> None:
    """What was committed before the death stands; what the people had still to say, they say to the next process."""
    if f"{channel} 3" not in await heir.states():
        await heir.say(note(f"{channel} 3", channel, thread_of=card(channel, channel)))
    heir.looks[channel] = Drawn(f"{channel} card, changed")
    await heir.say(card(channel, channel))
