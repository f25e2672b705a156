"""Who reads a digest: only who may see its numbers, asked anew each time; and what is about people is never for a channel."""

from dataclasses import replace
from datetime import timedelta

from bot.people import Role
from bot.rules.people import Profile
from bot.services.metrics.digest import building, drawing
from bot.services.metrics.digest.building import Seen
from bot.views.metrics import ids
from storage import members, people
from storage.database import Database
from tests.cast import ALICE, BEN, BILLING, BOB, MARA, NOON, WORKSPACE
from tests.services.metrics.digests import DRAFT, EIGHT, live, make, places, rate, said, set_up
from tests.services.metrics.store import bring, fact
from tests.services.standups.queue import cards_waiting

A_DAY = timedelta(days=1)
MONDAY = NOON.date()


async def test_who_lost_their_rights_gets_nothing(db: Database) -> None:
    """Neither at its time, nor when what they once got is drawn anew."""
    await set_up(db)
    await make(db, replace(DRAFT, channel="", readers=(ALICE.id, BEN.id)))
    await rate(db, MONDAY, 81, 100)
    await live(db, EIGHT)
    assert await places(db) == [ALICE.id, BEN.id]
    [subject, _other] = [one for one, _place in await cards_waiting(db, ids.DIGEST)]
    async with db.write(WORKSPACE) as tx:
        await members.set_chosen(tx, BILLING, {Role.LEAD: [BOB.id, BEN.id]})
    async with db.read(WORKSPACE) as tx:
        assert await drawing.draw(tx, subject, ALICE.id, now=EIGHT) is None
        assert await drawing.draw(tx, subject, BEN.id, now=EIGHT)
    await rate(db, MONDAY + A_DAY, 81, 100)
    await live(db, EIGHT + A_DAY)
    assert (await places(db)).count(ALICE.id) == 1
    assert (await places(db)).count(BEN.id) == 2


async def test_each_persons_numbers_are_only_for_who_leads_them(db: Database) -> None:
    """A lead reads of the agents, the manager also of the leads, an agent of themself; the others' are not in it."""
    await set_up(db)
    readers = (ALICE.id, BOB.id, MARA.id)
    await make(db, replace(DRAFT, channel="", readers=readers, by_person=True))
    await rate(db, MONDAY, 80, 100, person=ALICE.id)
    await rate(db, MONDAY, 70, 100, person=BEN.id)
    await live(db, EIGHT)
    agents, leads = "<@U0ALICE>: *CSAT:* 80 %", "<@U0BEN>: *CSAT:* 70 %"
    assert agents in (told := await said(db, BOB.id))
    assert leads not in told
    assert agents in (told := await said(db, MARA.id))
    assert leads in told
    assert leads not in (told := await said(db, ALICE.id))
    assert "CSAT: 75 % of 200" in told


async def test_medians_of_people_are_their_own(db: Database) -> None:
    await set_up(db)
    draft = replace(DRAFT, metrics=("frt", "contacts"), channel="", readers=(BOB.id,))
    await make(db, replace(draft, by_person=True))
    some = [
        fact(str(wait), MONDAY, person=ALICE.id, contacts=1, waits=wait) for wait in (10, 20, 90)
    ]
    await bring(db, [*some, fact("zed", MONDAY, person="Zed", waits=900)])
    await live(db, EIGHT)
    told = await said(db, BOB.id)
    assert "<@U0ALICE>: *First response time:* 20 s" in told
    assert "First response time: 55 s" in told


async def test_what_is_about_people_is_never_drawn_for_a_channel(db: Database) -> None:
    """Even if a digest that went to a channel is made one that tells of people: what was posted there keeps to itself."""
    await set_up(db)
    digest = await make(db)
    await rate(db, MONDAY, 80, 100)
    await live(db, EIGHT)
    private = replace(DRAFT, channel="", readers=(BOB.id,), by_person=True)
    await building.save(db, BOB, Seen(BILLING, digest.id, 1), private, key="2", now=EIGHT)
    assert ALICE.id not in await said(db)


async def test_about_one_person_it_goes_to_them_and_their_chain(db: Database) -> None:
    await set_up(db)
    readers = (ALICE.id, BOB.id, MARA.id)
    draft = replace(DRAFT, about="person", person_id=ALICE.id, channel="", readers=readers)
    await make(db, draft)
    await rate(db, MONDAY, 80, 100)
    await rate(db, MONDAY, 10, 100, person=BEN.id)
    await live(db, EIGHT)
    assert await places(db) == [ALICE.id, BOB.id, MARA.id]
    assert "<@U0ALICE> · Billing" in (told := await said(db, BOB.id))
    assert "CSAT: 80 % of 100" in told


async def test_whose_account_is_closed_gets_nothing_of_their_own_either(db: Database) -> None:
    await set_up(db)
    draft = replace(DRAFT, about="person", person_id=ALICE.id, channel="", readers=(ALICE.id, BOB.id))  # fmt: skip
    await make(db, draft)
    await rate(db, MONDAY, 80, 100)
    async with db.write(WORKSPACE) as tx:
        await people.save(tx, Profile(ALICE.id, name="Alice", is_deleted=True, updated=99))
    await live(db, EIGHT)
    assert ALICE.id not in await places(db)
