"""The weekly digest: once for each of its days, with what may be told when it is sent, and nothing that gives anybody away."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import Denied
from bot.people import Person, Role
from bot.services.kudos import digesting, timing
from bot.services.ticking import fire_due
from bot.text import Text
from bot.views.kudos import ids
from schedules.kudos import FIRE
from storage import members, teams, timers
from storage.database import Database, Tx
from storage.timers import Timer
from tests import casebook
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.services.floor import by_id
from tests.services.standups.queue import cards_waiting
from tests.thanks import decide, likes, look, take_back, thank

FRIDAY = NOON + timedelta(days=4, hours=2)  # 15:00 in Berlin
WEEK = timedelta(days=7)
CHANNEL = "C0BILLING"
TEAM = replace(casebook.TEAM, team_channel=CHANNEL)


async def set_up(db: Database) -> None:
    await casebook.set_up(db, TEAM, casebook.OTHER_TEAM)


async def digest(db: Database, place: int = -1) -> str:
    """How the newest one that waits would be said now, as its text."""
    subject, channel = sorted(await cards_waiting(db, ids.DIGEST))[place]
    async with db.read(WORKSPACE) as tx:
        drawn = await digesting.draw(tx, subject, channel)
    assert drawn
    return drawn.text


async def next_look(db: Database) -> datetime:
    return (await casebook.timers(db))[timing.LOOK]


async def test_it_tells_who_thanked_whom_for_what(db: Database) -> None:
    await set_up(db)
    await thank(db, ALICE, BOB, MARA, reason="Took the hard call & stayed kind")
    await thank(db, BEN, ALICE, value="Clarity")
    await look(db, FRIDAY)
    [(_subject, channel)] = await cards_waiting(db, ids.DIGEST)
    assert channel == CHANNEL
    told = await digest(db)
    assert (
        f"<@{ALICE.id}> thanked <@{BOB.id}>, <@{MARA.id}>: “Took the hard call &amp; stayed" in told
    )
    assert "*Clarity*" in told
    assert "2 of 4 in the team thanked somebody, 3 of 4 were thanked, between 3 pairs" in told


async def test_the_same_day_is_told_once_even_if_the_team_moves_to_another_zone(
    db: Database,
) -> None:
    await set_up(db)
    await thank(db, ALICE, BOB)
    await look(db, FRIDAY)
    await look(db, FRIDAY)
    async with db.write(WORKSPACE) as tx:
        team = await teams.get(tx, BILLING)
        assert await teams.change(tx, replace(team, zone="America/New_York"))
    await look(db, FRIDAY + timedelta(hours=6))
    assert len(await cards_waiting(db, ids.DIGEST)) == 1


async def test_two_processes_tell_it_once(db: Database) -> None:
    await set_up(db)
    await thank(db, ALICE, BOB)
    async with db.write(WORKSPACE) as tx:
        await timers.put(tx, Timer(timing.LOOK, BILLING, FRIDAY))
    await asyncio.gather(*(fire_due(db, WORKSPACE, FIRE, FRIDAY) for _process in range(2)))
    assert len(await cards_waiting(db, ids.DIGEST)) == 1


async def test_a_death_in_the_middle_leaves_nothing_half_done(db: Database) -> None:
    """The timer is there still, the day is not marked, and the next try tells it."""

    async def die_late(tx: Tx, timer: Timer, now: datetime) -> None:
        await timing.look(tx, timer, now)
        raise RuntimeError

    await set_up(db)
    await thank(db, ALICE, BOB)
    async with db.write(WORKSPACE) as tx:
        await timers.put(tx, Timer(timing.LOOK, BILLING, FRIDAY))
    assert await fire_due(db, WORKSPACE, {timing.LOOK: die_late}, FRIDAY) == 1
    assert await cards_waiting(db, ids.DIGEST) == []
    assert await next_look(db) == FRIDAY
    await fire_due(db, WORKSPACE, FIRE, FRIDAY + timedelta(minutes=30))
    assert len(await cards_waiting(db, ids.DIGEST)) == 1


async def test_after_an_outage_only_the_newest_comes_and_says_so(db: Database) -> None:
    await set_up(db)
    await thank(db, ALICE, BOB, reason="This is from before the outage")
    await thank(db, ALICE, BOB, reason="This is of the newest week", at=FRIDAY + timedelta(days=1))
    await look(db, FRIDAY + WEEK + timedelta(days=2), since=FRIDAY)
    assert len(await cards_waiting(db, ids.DIGEST)) == 1
    told = await digest(db)
    assert "late, because Baton was away" in told
    assert "This is of the newest week" in told
    assert "before the outage" not in told


async def test_a_team_without_a_channel_is_looked_after_and_told_nothing(db: Database) -> None:
    await casebook.set_up(db)
    await thank(db, ALICE, BOB)
    await look(db, FRIDAY)
    assert await cards_waiting(db, ids.DIGEST) == []
    assert await next_look(db) > FRIDAY


async def test_a_team_may_have_none(db: Database) -> None:
    await set_up(db)
    await decide(db, digest_day=None)
    await thank(db, ALICE, BOB)
    await look(db, FRIDAY)
    assert await cards_waiting(db, ids.DIGEST) == []


async def test_after_a_week_with_some_an_empty_one_gets_a_line_and_the_next_none(
    db: Database,
) -> None:
    await set_up(db)
    await thank(db, ALICE, BOB)
    for week in range(4):
        await look(db, FRIDAY + week * WEEK)
    assert len(await cards_waiting(db, ids.DIGEST)) == 2
    assert "thanked" in await digest(db, 0)
    assert "No public thanks this week" in await digest(db)


async def test_what_was_taken_back_is_not_told(db: Database) -> None:
    await set_up(db)
    made = await thank(db, ALICE, BOB, reason="Pressed the button too early")
    await thank(db, BEN, ALICE)
    await take_back(db, made, now=NOON)
    await look(db, FRIDAY)
    assert "too early" not in await digest(db)


async def test_of_private_ones_only_a_number_is_told_and_only_of_enough(db: Database) -> None:
    await set_up(db)
    for number in range(2):
        await thank(db, ALICE, BOB, is_public=False, reason=f"LEAK {number} this is between us")
    await look(db, FRIDAY)
    assert await cards_waiting(db, ids.DIGEST) == []
    await thank(db, ALICE, BOB, is_public=False, at=FRIDAY)
    await thank(db, ALICE, BEN, is_public=False, at=FRIDAY)
    await thank(db, MARA, BEN, is_public=False, at=FRIDAY)
    await look(db, FRIDAY + WEEK)
    told = await digest(db)
    assert "3 thanks were given in private." in told
    assert not any(one in told for one in ("LEAK", ALICE.id, BOB.id, BEN.id, MARA.id))
    assert "0 of 4 in the team thanked somebody, 0 of 4 were thanked" in told


async def test_who_opts_out_before_it_is_sent_is_not_named(db: Database) -> None:
    await set_up(db)
    await thank(db, ALICE, BOB, BEN)
    await look(db, FRIDAY)
    assert f"<@{BOB.id}>" in await digest(db)
    await likes(db, BOB, in_public=False)
    told = await digest(db)
    assert f"<@{BOB.id}>" not in told
    assert f"<@{BEN.id}>" in told


async def test_if_nobody_may_be_named_any_more_nothing_of_it_is_told(db: Database) -> None:
    await set_up(db)
    await thank(db, ALICE, BOB, reason="Stayed late for the sake of Bob")
    await look(db, FRIDAY)
    await likes(db, BOB, in_public=False)
    assert "No public thanks" in await digest(db)


async def test_there_is_no_leaderboard_unless_the_team_wants_it(db: Database) -> None:
    await set_up(db)
    await thank(db, ALICE, BOB)
    await thank(db, ALICE, BEN)
    await likes(db, BEN, in_public=False)
    await look(db, FRIDAY)
    assert "most often" not in await digest(db)
    await decide(db, has_leaderboard=True)
    told = await digest(db)
    assert f"*Thanked others most often*\n<@{ALICE.id}> · 1" in told
    assert f"*Were thanked most often*\n<@{BOB.id}> · 1" in told
    assert BEN.id not in told


async def test_thanks_to_other_teams_count_as_having_thanked_somebody(db: Database) -> None:
    await set_up(db)
    await thank(db, ALICE, BOB)
    await thank(db, BEN, DAN, team_id=SHIPPING, reason="Found the parcel of the customer")
    await look(db, FRIDAY)
    told = await digest(db)
    assert "2 of 4 in the team thanked somebody, 1 of 4 were thanked" in told
    assert DAN.id not in told


@pytest.mark.parametrize("person", [ALICE, BOB, MARA, OLGA, ADA], ids=by_id)
async def test_everybody_of_the_team_sees_all_of_it(db: Database, person: Person) -> None:
    await set_up(db)
    await thank(db, ALICE, BOB)
    await thank(db, ALICE, BEN, is_public=False)
    await look(db, FRIDAY)
    [(subject, _channel)] = await cards_waiting(db, ids.DIGEST)
    team, seen = await digesting.see_all(db, person, subject)
    assert (team.id, seen.count) == (BILLING, 1)


@pytest.mark.parametrize("person", [CHARLIE, NOBODY, STRANGER], ids=by_id)
async def test_nobody_else_does(db: Database, person: Person) -> None:
    await set_up(db)
    await thank(db, ALICE, BOB)
    await look(db, FRIDAY)
    [(subject, _channel)] = await cards_waiting(db, ids.DIGEST)
    with pytest.raises(Denied):
        await digesting.see_all(db, person, subject)


async def test_a_digest_speaks_the_teams_language(db: Database) -> None:
    await casebook.set_up(db, replace(TEAM, language="uk"), casebook.OTHER_TEAM)
    await thank(db, ALICE, BOB)
    await look(db, FRIDAY)
    assert Text("uk")("Thanks of the week") in await digest(db)


async def test_observers_are_not_counted(db: Database) -> None:
    await set_up(db)
    async with db.write(WORKSPACE) as tx:
        await members.add(tx, BILLING, Role.OBSERVER, [NOBODY.id])
    await thank(db, NOBODY, ALICE)
    await look(db, FRIDAY)
    assert "0 of 4 in the team thanked somebody, 1 of 4 were thanked" in await digest(db)
