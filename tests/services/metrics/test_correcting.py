"""Late numbers: a digest that was posted is drawn anew, says what it told and what is right, and pings nobody."""

from datetime import timedelta

import pytest

from bot.services.metrics.digest import building, correcting, drawing
from bot.services.metrics.digest.building import Seen
from bot.services.metrics.store import keeping, rolling
from bot.views.metrics import ids
from storage.database import Database
from storage.metrics import digests as stored
from tests import casebook
from tests.cast import BILLING, BOB, NOON, SHIPPING, WORKSPACE
from tests.services.metrics.digests import (
    CHANNEL,
    EIGHT,
    live,
    make,
    places,
    rate,
    set_up,
)
from tests.services.metrics.store import CLOCK, bring, fact
from tests.services.standups.queue import cards_waiting, post_cards

A_MINUTE = timedelta(minutes=1)
MONDAY = NOON.date()


async def roll(db: Database, now: timedelta) -> None:
    while await rolling.roll_next(db, CLOCK, now=EIGHT + now):
        pass


async def posted(db: Database, good: int = 811) -> str:
    """The id of a post that is in Slack, of a digest about Monday."""
    await set_up(db)
    await make(db)
    await rate(db, MONDAY, good, 1000)
    await roll(db, timedelta())
    await live(db, EIGHT)
    [(subject, _channel)] = await cards_waiting(db, ids.DIGEST)
    await post_cards(db, ids.DIGEST)
    await live(db, EIGHT + A_MINUTE)
    await post_cards(db, ids.DIGEST)
    return subject


async def drawn(db: Database, post_id: str) -> str:
    async with db.read(WORKSPACE) as tx:
        found = await drawing.draw(tx, post_id, CHANNEL, now=EIGHT)
    assert found
    return found.text


async def test_a_changed_number_is_marked_with_what_it_was(db: Database) -> None:
    post_id = await posted(db)
    assert "Corrected" not in await drawn(db, post_id)
    await bring(db, [fact("late", MONDAY, contacts=9, ratings=9)])
    await roll(db, timedelta(hours=1))
    assert (await casebook.timers(db))[correcting.CORRECT] == EIGHT + timedelta(hours=1) + A_MINUTE
    await live(db, EIGHT + timedelta(hours=2))
    assert await places(db) == [CHANNEL]
    told = await drawn(db, post_id)
    assert "CSAT: 80.4 % of 1,009" in told
    assert "Corrected on Mar 3, 2026: CSAT was 81.1 %, is 80.4 %." in told
    assert "Corrected on Mar 3, 2026: Contacts was 1,000, is 1,009." in told


async def test_what_does_not_change_a_digit_is_not_marked(db: Database) -> None:
    post_id = await posted(db)
    await bring(db, [fact("late", MONDAY, ratings=1, ratings_good=1)])
    await roll(db, timedelta(hours=1))
    await live(db, EIGHT + timedelta(hours=2))
    assert "Corrected" not in await drawn(db, post_id)


async def test_what_goes_back_to_what_was_told_is_right_again(db: Database) -> None:
    post_id = await posted(db)
    late = await bring(db, [fact("late", MONDAY, contacts=9, ratings=9)])
    await roll(db, timedelta(hours=1))
    await live(db, EIGHT + timedelta(hours=2))
    assert "Corrected" in await drawn(db, post_id)
    await keeping.undo(db, CLOCK, late, key="undo", now=EIGHT)
    await roll(db, timedelta(hours=3))
    await live(db, EIGHT + timedelta(hours=4))
    assert "Corrected" not in await drawn(db, post_id)


async def test_other_days_and_other_teams_concern_no_post(db: Database) -> None:
    post_id = await posted(db)
    await rate(db, MONDAY - timedelta(days=1), 1, 100)
    await roll(db, timedelta(hours=1))
    assert correcting.CORRECT not in await casebook.timers(db)
    await rate(db, MONDAY, 1, 100, team_id=SHIPPING, person="Someone")
    await roll(db, timedelta(hours=1))
    await live(db, EIGHT + timedelta(hours=2))
    assert "Corrected" not in await drawn(db, post_id)


async def test_old_posts_are_left_alone(db: Database) -> None:
    post_id = await posted(db)
    async with db.write(WORKSPACE) as tx:
        await correcting.heed(tx, MONDAY, [BILLING], EIGHT + timedelta(days=101))
    assert correcting.CORRECT not in await casebook.timers(db)
    async with db.write(WORKSPACE) as tx:
        await correcting.heed(tx, MONDAY, [BILLING], EIGHT + timedelta(days=99))
    assert correcting.CORRECT in await casebook.timers(db)
    assert post_id


async def test_a_digest_that_is_gone_corrects_nothing(db: Database) -> None:
    post_id = await posted(db)
    async with db.write(WORKSPACE) as tx:
        await correcting.heed(tx, MONDAY, [BILLING], EIGHT)
    [digest] = (await building.list_digests(db, BOB, now=EIGHT))[1]
    seen = Seen(digest.digest.team_id, digest.digest.id, 1)
    await building.remove(db, BOB, seen, key="remove", now=EIGHT)
    await live(db, EIGHT + timedelta(hours=1))
    assert await places(db) == []
    async with db.read(WORKSPACE) as tx:
        assert await stored.find_post(tx, post_id) is None
        assert await drawing.draw(tx, post_id, CHANNEL, now=EIGHT) is None


async def test_what_came_without_numbers_is_filled_in_and_not_called_corrected(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.metrics.store.numbers.MOST_FRESH", 0)
    await set_up(db)
    await make(db)
    await rate(db, MONDAY, 811, 1000)
    await live(db, EIGHT)
    await live(db, EIGHT + timedelta(minutes=31))
    [(post_id, _channel)] = await cards_waiting(db, ids.DIGEST)
    assert "still being added up" in await drawn(db, post_id)
    await post_cards(db, ids.DIGEST)
    await roll(db, timedelta(minutes=40))
    await live(db, EIGHT + timedelta(minutes=50))
    assert await places(db) == [CHANNEL]
    told = await drawn(db, post_id)
    assert "CSAT: 81.1 % of 1,000" in told
    assert "Corrected" not in told
