"""Alerts by the clock: told once, to those who may know, over or corrected in their message, and nothing half."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.app import FIRE
from bot.people import Person
from bot.rules import wall_clock
from bot.rules.metrics.alert.alerts import Alert
from bot.services.metrics.alert import alerting
from bot.services.metrics.store import keeping, numbers
from bot.services.ticking import fire_due
from bot.views.metrics import ids
from storage import teams, timers
from storage.base import new_id
from storage.database import Database
from tests import casebook
from tests.cast import ADA, ALICE, BEN, BILLING, BOB, MARA, NOON, OLGA, OTHER_WORKSPACE, WORKSPACE
from tests.services.floor import furnish
from tests.services.metrics.store import bring, roll
from tests.services.metrics.watched import (
    DRAFT,
    NEXT,
    TODAY,
    YESTERDAY,
    calls,
    drawn,
    fired,
    kinds,
    leaves,
    looks,
    now_it_is,
    numbers_come,
    set_up,
)
from tests.services.standups.queue import cards_waiting, post_cards

SOON = NOON + alerting.GATHER


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await furnish(db)


async def told(db: Database) -> list[str]:
    return [channel for _subject, channel in await cards_waiting(db, ids.ALERT_CARD)]


async def text(db: Database, alert: Alert, person: Person = BOB) -> str:
    found = await drawn(db, alert, person)
    return found.text if found else ""


async def test_it_fires_and_tells_those_who_were_chosen(db: Database) -> None:
    alert = await fired(db)
    assert (alert.is_firing, alert.fired_on) == (True, TODAY)
    assert await told(db) == [BEN.id, BOB.id]
    message = await drawn(db, alert)
    assert message
    assert message.text == "AHT in Billing is above 6 min: 7 min over 1 day, of 12"
    drawing = str(message.blocks)
    assert "It is over at 5 min 24 s or less. With fewer than 10 it says nothing." in drawing
    assert "*AHT:* 7 min of 12" in drawing
    assert await kinds(db, alert) == ["made", "fired"]


@pytest.mark.parametrize(("seconds", "n"), [(360, 12), (420, 9)])
async def test_at_the_limit_or_with_too_few_it_does_not(db: Database, seconds: int, n: int) -> None:
    alert = await set_up(db)
    await numbers_come(db, calls(seconds, n=n))
    await looks(db)
    assert not (await now_it_is(db, alert)).is_firing
    assert await told(db) == []


async def test_of_two_looks_at_once_one_tells(db: Database) -> None:
    alert = await set_up(db)
    await numbers_come(db, calls(420))
    await asyncio.gather(*(fire_due(db, WORKSPACE, FIRE, NOON) for _one in range(2)))
    await looks(db, NOON + timedelta(seconds=2))
    assert await kinds(db, alert) == ["made", "fired"]
    assert await told(db) == [BEN.id, BOB.id]


async def test_what_dies_between_firing_and_telling_has_not_fired(db: Database) -> None:
    alert = await set_up(db)
    await numbers_come(db, calls(420))

    class DiedError(Exception):
        pass

    with pytest.raises(DiedError):
        async with db.write(WORKSPACE) as tx:
            timer = await timers.claim_due(tx, NOON)
            while timer and timer.kind != alerting.LOOK:
                timer = await timers.claim_due(tx, NOON)
            assert timer
            await alerting.look(tx, timer, NOON)
            raise DiedError
    assert not (await now_it_is(db, alert)).is_firing
    await looks(db)
    assert await kinds(db, alert) == ["made", "fired"]


async def test_new_numbers_are_looked_at_once_they_are_all_there(db: Database) -> None:
    alert = await set_up(db)
    await looks(db)
    await numbers_come(db, calls(420), calls(420, YESTERDAY - timedelta(days=1)))
    await looks(db, SOON - timedelta(seconds=1))
    assert await kinds(db, alert) == ["made"]
    await looks(db, SOON)
    assert await kinds(db, alert) == ["made", "fired"]


async def test_it_is_over_quietly_in_the_same_message(db: Database) -> None:
    alert = await fired(db)
    await post_cards(db, ids.ALERT_CARD)
    await numbers_come(db, calls(300, TODAY), feed="Today")
    await looks(db, SOON)
    assert await kinds(db, alert) == ["made", "fired", "over"]
    assert await cards_waiting(db, ids.ALERT_CARD) == [
        (f"{alert.id}:{TODAY}", one) for one in (BEN.id, BOB.id)
    ]
    alert = await now_it_is(db, alert)
    message = await drawn(db, alert)
    assert message
    assert "Over since" in message.text
    assert "I have seen it" not in str(message.blocks)


async def test_no_data_neither_ends_it_nor_tells_it_again(db: Database) -> None:
    alert = await fired(db)
    await post_cards(db, ids.ALERT_CARD)
    for days in range(1, 12):
        await looks(db, NOON + timedelta(days=days))
    assert await kinds(db, alert) == ["made", "fired"]
    assert await told(db) == []


async def test_it_is_told_once_a_day_however_often_it_crosses(db: Database) -> None:
    alert = await fired(db)
    await numbers_come(db, calls(300, TODAY), feed="Good")
    await looks(db, SOON)
    await post_cards(db, ids.ALERT_CARD)
    await numbers_come(db, calls(600, TODAY), feed="Bad")
    await looks(db, SOON + timedelta(hours=1))
    assert await kinds(db, alert) == ["made", "fired", "over", "again"]
    assert {one for one, _channel in await cards_waiting(db, ids.ALERT_CARD)} == {
        f"{alert.id}:{TODAY}"
    }


async def test_corrected_data_that_make_it_untrue_are_said(db: Database) -> None:
    alert = await fired(db)
    await post_cards(db, ids.ALERT_CARD)
    await numbers_come(db, calls(300, person="Alice"))
    await looks(db, SOON)
    assert (await kinds(db, alert))[-1] == "corrected"
    [said] = await casebook.said(db, BOB.id)
    assert "have been corrected since I told you. It was not above 6 min" in said
    assert "have been corrected" in await text(db, await now_it_is(db, alert))


async def test_who_may_not_see_the_number_any_more_is_not_told(db: Database) -> None:
    alert = await set_up(db)
    await numbers_come(db, calls(420))
    await leaves(db, BEN)
    await looks(db)
    assert await told(db) == [BOB.id]
    alert = await now_it_is(db, alert)
    await leaves(db, BOB)
    assert await drawn(db, alert, BOB) is None
    assert await drawn(db, alert, BEN) is None


async def test_somebodys_own_number_goes_to_those_who_lead_them_alone(db: Database) -> None:
    alert = await fired(db, replace(DRAFT, person_id=ALICE.id))
    assert (
        await text(db, alert)
        == f"AHT of <@{ALICE.id}> in Billing is above 6 min: 7 min over 1 day, of 12"
    )
    assert await text(db, alert, MARA)
    for person in (ALICE, OLGA, ADA):
        assert await drawn(db, alert, person) is None
    message = await drawn(db, alert)
    assert "Make it an escalation" not in str(message)


async def test_another_workspace_sees_nothing(db: Database) -> None:
    alert = await fired(db)
    async with db.read(OTHER_WORKSPACE) as tx:
        assert await alerting.draw(tx, f"{alert.id}:{TODAY}", BOB.id, now=NOON) is None
    await fire_due(db, OTHER_WORKSPACE, FIRE, NEXT)
    assert await kinds(db, alert) == ["made", "fired"]


async def test_a_file_that_is_taken_back_takes_its_alert_back(db: Database) -> None:
    alert = await set_up(db)
    brought = await numbers_come(db, calls(420))
    await looks(db)
    await keeping.undo(db, MARA, brought, key=new_id(), now=NOON)
    await roll(db)
    await looks(db, SOON)
    assert (await kinds(db, alert))[-1] == "corrected"


async def test_it_looks_again_in_the_morning_of_the_team(db: Database) -> None:
    await fired(db)
    async with db.read(WORKSPACE) as tx:
        zone = (await teams.get(tx, BILLING)).zone
    morning = wall_clock.moment(NEXT.date(), time(8), zone)
    assert (await casebook.timers(db))[alerting.LOOK] == morning


async def test_so_much_that_it_is_still_being_counted_is_looked_at_later(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = await set_up(db)
    await bring(db, calls(420))
    monkeypatch.setattr(numbers, "MOST_FRESH", 5)
    await looks(db)
    assert await kinds(db, alert) == ["made"]
    assert (await casebook.timers(db))[alerting.LOOK] == SOON
    await roll(db)
    await looks(db, SOON)
    assert await kinds(db, alert) == ["made", "fired"]


async def test_what_came_long_ago_wakes_nobody(db: Database) -> None:
    await set_up(db)
    await looks(db)
    before = (await casebook.timers(db))[alerting.LOOK]
    await bring(db, calls(420, YESTERDAY - timedelta(days=300)))
    await roll(db)
    assert (await casebook.timers(db))[alerting.LOOK] == before
