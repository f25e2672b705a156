"""Thanks by a reaction: counted once, quietly, and only where it is the team's own emoji on somebody else's message."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import AlreadyHeard
from bot.people import Person
from bot.rules.kudos import Kudos, Receipt, Via
from bot.services.kudos import looking, reacting
from bot.services.kudos.reacting import Reaction
from storage.database import Database
from tests.cast import (
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    NOBODY,
    NOON,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.services.kudos.acting import (
    CHANNEL,
    DAY,
    MINUTE,
    count,
    give,
    join,
    kept,
    likes,
    notes,
    places,
    settle_on,
)

TADA = Reaction("tada", BEN.id, CHANNEL, "17.1")


async def react(
    db: Database,
    person: Person = ALICE,
    reaction: Reaction = TADA,
    key: str = "1",
    minutes: int = 0,
) -> Kudos | None:
    at = NOON + minutes * MINUTE
    return await reacting.added(db, person, reaction, key=key, now=at)


async def take_away(
    db: Database, person: Person = ALICE, key: str = "off", minutes: int = 1
) -> None:
    at = NOON + minutes * MINUTE
    await reacting.removed(db, person, TADA, key=key, now=at)


async def test_it_counts_and_rings_nobody(db: Database) -> None:
    kudos = await react(db)
    assert kudos
    assert await kept(db, kudos) == kudos
    assert (kudos.receipts, kudos.via) == ((Receipt(BEN.id, BILLING),), Via.REACTION)
    assert (kudos.source, kudos.value, kudos.reason) == (f"{CHANNEL}:17.1", "", "")
    assert await places(db) == set()
    assert await notes(db, BEN) == []
    assert (await looking.mine(db, ALICE, now=NOON)).left == 4


async def test_it_is_public_only_where_the_team_reads_it_anyway(db: Database) -> None:
    here = await react(db)
    elsewhere = await react(db, BOB, replace(TADA, channel="C0SECRET"), "2")
    await likes(db, BEN, in_public=False)
    private = await react(db, CHARLIE, key="3")
    assert [one.is_public for one in (here, elsewhere, private) if one] == [True, False, False]


@pytest.mark.parametrize(
    ("person", "reaction"),
    [
        (BEN, TADA),
        (ALICE, replace(TADA, emoji="heart")),
        (ALICE, replace(TADA, author_id="U0ROBOT")),
        (ALICE, replace(TADA, author_id="U0LEFT")),
        (ALICE, replace(TADA, author_id=NOBODY.id)),
        (ALICE, replace(TADA, author_id="")),
        (Person(WORKSPACE, "U0ROBOT"), TADA),
        (STRANGER, TADA),
    ],
    ids=["own", "another emoji", "a bot's", "gone", "no team", "nobody's", "by a bot", "elsewhere"],
)
async def test_what_is_no_thanks_is_passed_over_in_silence(
    db: Database, person: Person, reaction: Reaction
) -> None:
    assert await react(db, person, reaction) is None
    assert await count(db) == (0, 0)
    assert await notes(db, person) == []


async def test_whose_reaction_it_is_matters_only_if_it_may_be_thanks(db: Database) -> None:
    await settle_on(db, SHIPPING, emoji="ship")
    assert await reacting.is_thanks(db, WORKSPACE, TADA)
    assert not await reacting.is_thanks(db, WORKSPACE, replace(TADA, emoji="ship"))
    assert not await reacting.is_thanks(db, WORKSPACE, replace(TADA, author_id=DAN.id))
    assert await reacting.is_thanks(db, WORKSPACE, replace(TADA, author_id=DAN.id, emoji="ship"))
    assert not await reacting.is_thanks(db, STRANGER.workspace_id, TADA)


async def test_a_team_may_have_another_emoji_or_none(db: Database) -> None:
    await settle_on(db, emoji="raised_hands")
    assert await react(db, key="1") is None
    assert await react(db, ALICE, replace(TADA, emoji="raised_hands"), "2")
    await settle_on(db, emoji="")
    assert await react(db, BOB, replace(TADA, emoji=""), "3") is None


async def test_the_team_shared_with_the_giver_says_which(db: Database) -> None:
    await settle_on(db, SHIPPING, emoji="ship")
    await join(db, BEN, SHIPPING)
    assert await react(db, CHARLIE, key="1") is None
    found = await react(db, CHARLIE, replace(TADA, emoji="ship"), "2")
    assert found
    assert found.team_id == SHIPPING


async def test_set_twice_is_once(db: Database) -> None:
    await react(db)
    with pytest.raises(AlreadyHeard):
        await react(db)
    assert await react(db, key="2") is None
    await asyncio.gather(*(react(db, BOB, key=f"b{n}") for n in range(3)))
    assert await count(db) == (2, 2)


async def test_taken_away_in_time_is_not_given_and_set_again_is(db: Database) -> None:
    await settle_on(db, per_day=1)
    kudos = await react(db)
    assert kudos
    await take_away(db, BOB, "bob")
    assert await kept(db, kudos) == kudos
    await take_away(db, minutes=9)
    assert (await looking.mine(db, ALICE, now=NOON)).gave == []
    again = await react(db, key="2", minutes=10)
    assert again
    assert again.id == kudos.id
    assert await count(db) == (1, 1)
    assert (await looking.mine(db, ALICE, now=NOON)).left == 0


async def test_after_ten_minutes_it_stays(db: Database) -> None:
    kudos = await react(db)
    assert kudos
    await take_away(db, minutes=10)
    assert await kept(db, kudos) == kudos
    assert await notes(db, ALICE) == []


async def test_over_the_allowance_there_is_one_hint_a_day(db: Database) -> None:
    await settle_on(db, per_day=1)
    await give(db, ALICE, BOB)
    for n in range(3):
        assert await react(db, key=f"{n}") is None
    [hint] = await notes(db, ALICE)
    assert "Your :tada: is seen where you set it" in hint
    assert "From midnight on" in hint
    await give(db, ALICE, BOB, key="tomorrow", now=NOON + DAY)
    await reacting.added(db, ALICE, TADA, key="t", now=NOON + DAY)
    assert len(await notes(db, ALICE)) == 2
