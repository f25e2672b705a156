"""Private digests are each reader's own to stop and to have again; nobody else is told, and nobody else's changes."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import AlreadyHeard, Denied
from bot.people import Person
from bot.rules.metrics.digest.digests import Digest
from bot.services.metrics.digest import building, drawing, wanting
from bot.services.metrics.digest.building import Seen
from bot.views.metrics import ids
from storage.database import Database
from storage.metrics import digests as stored
from tests.cast import ALICE, BEN, BILLING, BOB, CHARLIE, MARA, NOBODY, NOON, STRANGER, WORKSPACE
from tests.services.escalations.machine.deaths import AT_COMMIT, Died, dying
from tests.services.floor import by_id
from tests.services.metrics.digests import DRAFT, EIGHT, live, make, places, rate, set_up
from tests.services.standups.queue import cards_waiting

A_DAY = timedelta(days=1)
MONDAY = NOON.date()
PRIVATE = replace(DRAFT, channel="", readers=(ALICE.id, BEN.id))
NO_READERS = [BOB, MARA, CHARLIE, NOBODY, STRANGER]


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await set_up(db)


async def stop(
    db: Database, digest: Digest, person: Person = ALICE, *, post: str = "", key: str = "stop"
) -> None:
    about = f"{digest.id}:{post}"
    await wanting.want(db, person, about, is_wanted=False, key=key, now=EIGHT)


async def again(db: Database, digest: Digest, person: Person = ALICE) -> None:
    await wanting.want(db, person, digest.id, is_wanted=True, key="again", now=EIGHT)


async def stopped(db: Database, digest: Digest) -> tuple[str, ...]:
    async with db.read(WORKSPACE) as tx:
        found = await stored.find(tx, digest.id)
    assert found
    return found.stopped


async def buttons(db: Database, subject: str, person: Person) -> list[str]:
    """What can be clicked in their message."""
    async with db.read(WORKSPACE) as tx:
        drawn = await drawing.draw(tx, subject, person.id, now=EIGHT)
    assert drawn
    rows = [one["elements"] for one in drawn.blocks if one["type"] == "actions"]
    return [one["action_id"] for row in rows for one in row]


async def test_who_stops_it_gets_no_more_and_the_others_do(db: Database) -> None:
    digest = await make(db, PRIVATE)
    await rate(db, MONDAY, 81, 100)
    await live(db, EIGHT)
    [subject] = {one for one, _place in await cards_waiting(db, ids.DIGEST)}
    assert ids.DIGEST_STOP in await buttons(db, subject, ALICE)
    await stop(db, digest, post=subject)
    assert ids.DIGEST_WANT in await buttons(db, subject, ALICE)
    assert ids.DIGEST_STOP in await buttons(db, subject, BEN)
    before = await places(db)
    await rate(db, MONDAY + A_DAY, 81, 100)
    await live(db, EIGHT + A_DAY)
    assert sorted(await places(db)) == sorted([*before, BEN.id])
    await again(db, digest)
    await rate(db, MONDAY + 2 * A_DAY, 81, 100)
    await live(db, EIGHT + 2 * A_DAY)
    assert sorted(await places(db)).count(ALICE.id) == before.count(ALICE.id) + 1


async def test_the_list_of_a_reader_has_it_either_way(db: Database) -> None:
    """For Alice, who can make none, it is the whole list; whoever gets nothing is told who makes digests."""
    digest = await make(db, PRIVATE)
    assert await building.list_digests(db, ALICE, now=NOON) == ([], [])
    for _one in range(2):
        [listed] = await wanting.sent_to(db, ALICE, now=NOON)
        assert (listed.digest.id, listed.team_name) == (digest.id, "Billing")
        await stop(db, digest, key=f"stop {_one}")
    assert await wanting.sent_to(db, BOB, now=NOON) == []
    with pytest.raises(Denied):
        await building.list_digests(db, NOBODY, now=NOON)


async def test_a_reader_who_may_not_see_its_numbers_hears_of_none(db: Database) -> None:
    about = replace(PRIVATE, about="person", person_id=ALICE.id, readers=(ALICE.id, BOB.id))
    digest = await make(db, about)
    async with db.write(WORKSPACE) as tx:
        await stored.change(tx, replace(digest, readers=(ALICE.id, CHARLIE.id)))
    assert await wanting.sent_to(db, CHARLIE, now=NOON) == []
    assert len(await wanting.sent_to(db, ALICE, now=NOON)) == 1


@pytest.mark.parametrize("person", NO_READERS, ids=by_id)
async def test_nobody_stops_it_for_others(db: Database, person: Person) -> None:
    """Not even who made it: they take a reader out of it, or the whole of it."""
    digest = await make(db, PRIVATE)
    with pytest.raises(Denied):
        await stop(db, digest, person)
    assert await stopped(db, digest) == ()


async def test_one_that_is_gone_or_of_a_channel_is_not_theirs_to_stop(db: Database) -> None:
    digest = await make(db)
    with pytest.raises(Denied):
        await stop(db, digest)
    await building.remove(db, BOB, Seen(BILLING, digest.id, 1), key="remove", now=NOON)
    with pytest.raises(Denied):
        await stop(db, digest)


async def test_the_same_click_twice_and_two_at_once(db: Database) -> None:
    digest = await make(db, PRIVATE)
    await stop(db, digest)
    with pytest.raises(AlreadyHeard):
        await stop(db, digest)
    await stop(db, digest, key="once more")
    assert await stopped(db, digest) == (ALICE.id,)
    await asyncio.gather(again(db, digest), stop(db, digest, BEN, key="ben"))
    assert await stopped(db, digest) == (BEN.id,)


async def test_whoever_changes_the_digest_changes_nothing_about_that(db: Database) -> None:
    """Nor does stopping get in the way of a form that is open; taken out and put back, they still do not get it."""
    digest = await make(db, PRIVATE)
    await stop(db, digest)
    for version, readers in enumerate([(BEN.id,), (ALICE.id, BEN.id)], 1):
        seen, draft = Seen(BILLING, digest.id, version), replace(PRIVATE, readers=readers)
        changed = await building.save(db, BOB, seen, draft, key=str(version), now=NOON)
    assert (changed.places, changed.unwanted_by) == ((BEN.id,), (ALICE.id,))
    assert await stopped(db, digest) == (ALICE.id,)


async def test_a_death_on_the_way_leaves_it_as_it_was(db: Database) -> None:
    digest = await make(db, PRIVATE)
    with dying(db, AT_COMMIT), pytest.raises(Died):
        await stop(db, digest)
    await db.close()  # what a dead process held is let go
    assert await stopped(db, digest) == ()
    await stop(db, digest)
    assert await stopped(db, digest) == (ALICE.id,)
