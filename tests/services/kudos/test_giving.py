"""Thanking: who is told what, by whose settings it counts, and how often one may."""

import asyncio

import pytest

from bot.errors import AlreadyHeard, FormProblems, Stale
from bot.people import Person
from bot.rules.kudos import Receipt
from bot.services.kudos import looking
from storage.database import Database
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
)
from tests.services.floor import by_id
from tests.services.kudos.acting import (
    CHANNEL,
    DAY,
    HOUR,
    REASON,
    THANKS,
    count,
    drawn,
    give,
    join,
    kept,
    likes,
    places,
    refusals,
    settle_on,
)

ROBOT = Person(ALICE.workspace_id, "U0ROBOT", name="Robot")
LEFT = Person(ALICE.workspace_id, "U0LEFT", name="Lefty")
VALUES = ("Teamwork", "Kindness")


async def test_thanks_are_read_by_the_team_the_receivers_and_the_giver(db: Database) -> None:
    kudos = await give(db, ALICE, BEN, BOB)
    assert await kept(db, kudos) == kudos
    assert set(kudos.receipts) == {Receipt(BEN.id, BILLING), Receipt(BOB.id, BILLING)}
    assert await places(db) == {CHANNEL, BEN.id, BOB.id, ALICE.id}
    shown = await drawn(db, kudos, CHANNEL)
    assert f"🎉 <@{ALICE.id}> thanks <@{BEN.id}>, <@{BOB.id}>" in shown
    assert f"> {REASON}" in shown
    assert "*Teamwork*" in shown
    assert f"<@{ALICE.id}> thanks you: {REASON}" in await drawn(db, kudos, BEN.id)
    mine = await drawn(db, kudos, ALICE.id)
    assert f"Posted in <#{CHANNEL}>" in mine
    assert "Undo" in mine
    assert "Undo" not in await drawn(db, kudos, ALICE.id, NOON + HOUR)


async def test_private_thanks_are_read_by_nobody_else(db: Database) -> None:
    kudos = await give(db, is_public=False)
    assert await places(db) == {BEN.id, ALICE.id}
    assert await drawn(db, kudos, CHANNEL) == ""
    assert "thanks you, in private" in await drawn(db, kudos, BEN.id)
    assert "nobody else reads it" in await drawn(db, kudos, ALICE.id)


@pytest.mark.parametrize("person", [BOB, MARA, OLGA, DAN, ADA, NOBODY], ids=by_id)
async def test_anybody_may_thank(db: Database, person: Person) -> None:
    kudos = await give(db, person)
    assert kudos.receipts == (Receipt(BEN.id, BILLING),)


async def test_another_workspace_is_another_world(db: Database) -> None:
    assert "not in one of Baton's teams" in await refusals(db, STRANGER)
    assert await count(db) == (0, 0)


async def test_who_cannot_be_thanked(db: Database) -> None:
    assert "can't thank yourself" in await refusals(db, ALICE, BEN, ALICE, key="1")
    assert "Lefty, Robot can't be thanked" in await refusals(db, ALICE, ROBOT, LEFT, key="2")
    told = await refusals(db, ALICE, NOBODY, key="3")
    assert "Nemo: not in one of Baton's teams yet" in told
    assert await count(db) == (0, 0)


async def test_every_field_is_refused_at_once_and_nothing_is_kept(db: Database) -> None:
    told = await refusals(db, ALICE, ALICE, reason="thx")
    assert told.startswith("reason: Please say in a short sentence")
    assert "receivers: You can't thank yourself" in told
    told = await refusals(db, reason="thx", value="Speed")
    assert told.startswith("reason: Please say in a short sentence")
    assert "value: Please choose" in told
    assert "value: Please choose" in await refusals(db, value="Speed", key="2")
    assert "value: Please choose" in await refusals(db, value="", key="3")
    assert await count(db) == (0, 0)


async def test_a_team_has_values_of_its_own(db: Database) -> None:
    await settle_on(db, values=VALUES)
    assert (await give(db, value="Kindness")).value == "Kindness"
    assert "value" in await refusals(db, value="Ownership", key="2")
    offered = await looking.offered(db, CHARLIE, [BEN.id], now=NOON)
    assert (offered.values, offered.team) == (VALUES, "Billing")
    assert "Ownership" in (await looking.offered(db, CHARLIE, [], now=NOON)).values


async def test_who_is_in_several_teams_is_thanked_in_the_one_of_the_giver(db: Database) -> None:
    await join(db, BEN, SHIPPING)
    assert (await give(db, ALICE, BEN, key="1")).team_id == BILLING
    assert (await give(db, CHARLIE, BEN, key="2")).team_id == SHIPPING
    assert (await give(db, NOBODY, BEN, key="3")).team_id == BILLING  # the first by name


async def test_who_is_in_no_team_is_thanked_beside_somebody(db: Database) -> None:
    kudos = await give(db, ALICE, NOBODY, BEN)
    assert set(kudos.receipts) == {Receipt(NOBODY.id, BILLING), Receipt(BEN.id, BILLING)}


async def test_a_team_without_a_channel_is_told_in_private(db: Database) -> None:
    kudos = await give(db, ALICE, DAN)
    assert await places(db) == {DAN.id, ALICE.id}
    assert "no channel, so only they are told" in await drawn(db, kudos, ALICE.id)


async def test_who_likes_it_so_is_not_named_in_public(db: Database) -> None:
    await likes(db, BEN, in_public=False)
    kudos = await give(db, ALICE, BEN, BOB)
    assert f"<@{BEN.id}>" not in await drawn(db, kudos, CHANNEL)
    assert f"thanks <@{BOB.id}>" in await drawn(db, kudos, CHANNEL)
    assert f"as they like it: <@{BEN.id}>" in await drawn(db, kudos, ALICE.id)
    assert "thanks you" in await drawn(db, kudos, BEN.id)


async def test_if_nobody_can_be_named_the_giver_is_told_before(db: Database) -> None:
    await likes(db, BEN, in_public=False)
    assert await refusals(db) == (
        "how: Ben: would like to be thanked in private. Please choose that."
    )
    assert await count(db) == (0, 0)
    assert not (await give(db, is_public=False, key="2")).is_public
    draft, offered = await looking.check_offer(db, BOB, THANKS, now=NOON)
    assert (draft.is_public, offered.only_private) == (False, (BEN.id,))


async def test_the_same_request_twice_is_one_thanks(db: Database) -> None:
    await give(db)
    with pytest.raises(AlreadyHeard):
        await give(db)
    assert await count(db) == (1, 1)


async def test_the_same_offer_clicked_twice_is_one_thanks(db: Database) -> None:
    await give(db, id="offer", key="1")
    with pytest.raises(Stale, match="already"):
        await give(db, id="offer", key="2")
    assert await count(db) == (1, 1)


async def test_the_day_has_an_end(db: Database) -> None:
    await settle_on(db, per_day=2)
    await give(db, ALICE, BEN, key="1")
    assert "you have 1 left" in await refusals(db, ALICE, BOB, MARA, key="2")
    await give(db, ALICE, BOB, is_public=False, key="3")
    assert "From midnight on" in await refusals(db, ALICE, MARA, key="4")
    await give(db, BOB, MARA, key="5")
    await give(db, ALICE, MARA, key="6", now=NOON + 12 * HOUR)
    assert (await looking.mine(db, ALICE, now=NOON)).left == 0


async def test_the_same_person_so_often_a_week(db: Database) -> None:
    for day in range(2):
        await give(db, key=f"{day}", now=NOON + day * DAY)
    told = await refusals(db, key="2", now=NOON + 2 * DAY)
    assert "thanked Ben as often this week" in told
    await give(db, key="3", now=NOON + 7 * DAY)


async def test_two_at_once_do_not_exceed_it(db: Database) -> None:
    await settle_on(db, per_day=3)
    found = await asyncio.gather(
        *(give(db, ALICE, one, key=one.id) for one in (BEN, BOB, MARA, OLGA)),
        return_exceptions=True,
    )
    assert [type(one) for one in found if isinstance(one, BaseException)] == [FormProblems]
    assert await count(db) == (3, 3)


async def test_nobody_reads_in_mine_what_is_not_theirs(db: Database) -> None:
    kudos = await give(db, is_public=False)
    assert [one.id for one in (await looking.mine(db, BEN, now=NOON)).got] == [kudos.id]
    assert [one.id for one in (await looking.mine(db, ALICE, now=NOON)).gave] == [kudos.id]
    for person in (BOB, MARA, ADA):
        seen = await looking.mine(db, person, now=NOON)
        assert (seen.got, seen.gave) == ([], [])


async def test_what_was_typed_becomes_no_mention_and_no_link(db: Database) -> None:
    reason = "Stayed <!channel> an hour <@U0MARA> & more\n*for* me"
    kudos = await give(db, reason=reason)
    for place in (CHANNEL, BEN.id, ALICE.id):
        shown = await drawn(db, kudos, place)
        assert "<!channel>" not in shown
        assert "&lt;!channel&gt; an hour &lt;@U0MARA&gt; &amp; more" in shown
