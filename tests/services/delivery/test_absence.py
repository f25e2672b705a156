"""Slack is away for longer than any back-off: nothing dies of it, and nothing loses its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from bot.rules.delivery import Answer
from bot.services import delivery
from storage.database import Database
from tests.services.delivery.courier import Courier, Puppet, card, note


@dataclass
class Absent(Puppet):
    error: str = ""

    async def call(self, _method: str, _payload: Mapping[str, Any], /) -> Answer:
        return Answer(self.error)


@pytest.mark.parametrize("error", ["not_reached", "no_answer", "http_502", "service_unavailable"])
async def test_an_absence_of_hours_kills_nothing(db: Database, error: str) -> None:
    courier = Courier(db, slack=Absent(error=error))
    await courier.say(note("one"), note("two"))
    for _ in range(40):
        await courier.later(minutes=6)
    courier.slack = Puppet()
    for _ in range(5):
        await courier.later(minutes=6)
    assert courier.slack.said == ["one", "two"]


async def test_a_refusal_after_an_absence_is_not_the_end(db: Database) -> None:
    courier = Courier(db)
    await courier.say(note("one"))
    courier.slack.answers.extend([Answer("not_reached")] * 20 + [Answer("internal_error")])
    for _ in range(25):
        await courier.later(minutes=10)
    assert courier.slack.said == ["one"]


async def test_a_card_that_changes_before_it_is_posted_keeps_its_place(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card("1"), card("2"))
    [job] = (await courier.turn()).jobs
    await courier.say(card("1"))  # while it is on its way for the first time
    courier.slack.answers.append(Answer("not_reached"))
    courier.reports.append(await delivery.perform(job, courier.slack, lambda: courier.now))
    for _ in range(5):
        await courier.later(seconds=5)
    assert courier.slack.said == ["card 1", "card 2"]


async def test_a_card_of_which_nobody_knows_keeps_its_place(db: Database) -> None:
    courier = Courier(db)
    await courier.say(card("1"), card("2"))
    [job] = (await courier.turn()).jobs
    courier.reports.append(delivery.lost(job))
    await courier.say(card("1"))
    for _ in range(8):
        await courier.later(seconds=10)
    assert courier.slack.said == ["card 1", "card 2"]
