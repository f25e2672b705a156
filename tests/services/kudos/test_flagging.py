"""Hints for a manager: after ten minutes, once a month, of private thanks only a number, and never to those whom they are about."""

from dataclasses import replace
from datetime import timedelta

from bot.people import Person, Role
from bot.services.kudos import leading, undoing
from storage import teams
from storage.database import Database
from tests.cast import ADA, ALICE, BEN, BILLING, BOB, CHARLIE, MARA, NOON, OLGA, SHIPPING, WORKSPACE
from tests.services.kudos.acting import DAY, HOUR, REASON, give, join, notes, pass_time, settle_on


async def thank(
    db: Database, giver: Person, *receivers: Person, day: int, **values: object
) -> None:
    """And let it become final."""
    now = NOON + day * DAY
    key = f"{giver.id}:{day}:{[one.id for one in receivers]}"
    reason = str(values.pop("reason", f"{REASON}, on day number {day}"))
    await give(db, giver, *receivers, key=key, now=now, reason=reason, **values)
    await pass_time(db, now + HOUR)


async def test_the_same_words_again_and_again(db: Database) -> None:
    for day, receiver in enumerate((BEN, BOB, BEN)):
        assert await notes(db, MARA) == []
        await thank(db, ALICE, receiver, day=day, reason=REASON)
    [hint] = await notes(db, MARA)
    assert (
        f"<@{ALICE.id}> has thanked people 3 times in the last 30 days with the same words" in hint
    )
    assert f"> {REASON}" in hint
    assert "may be perfectly fine" in hint
    for person in (ALICE, BEN, BOB, OLGA, ADA, CHARLIE):
        assert await notes(db, person) == []
    await thank(db, ALICE, OLGA, day=4, reason=REASON.upper())
    assert len(await notes(db, MARA)) == 1
    await thank(db, ALICE, BOB, day=35, reason=REASON)
    assert len(await notes(db, MARA)) == 1  # the first of them are too long ago


async def test_of_private_thanks_nobody_is_told_who_gave_them(db: Database) -> None:
    """That something was noticed is kept, as a number in the manager's list."""
    for day, is_public in enumerate((True, True, False)):
        await thank(db, ALICE, (BEN, BOB, OLGA)[day], day=day, reason=REASON, is_public=is_public)
    assert await notes(db, MARA) == []
    hints = (await leading.see_team(db, MARA, "", now=NOON + timedelta(days=3))).hints
    assert hints
    assert (list(hints.public), hints.private) == ([], 1)


async def test_two_who_mostly_thank_each_other(db: Database) -> None:
    for day in (0, 1):
        await thank(db, ALICE, BEN, day=day)
        await thank(db, BEN, ALICE, day=day)
    [hint] = await notes(db, MARA)
    assert f"<@{BEN.id}> and <@{ALICE.id}> have thanked each other 4 times" in hint
    await thank(db, ALICE, BEN, day=7)
    assert len(await notes(db, MARA)) == 1


async def test_who_thanks_others_too_is_told_of_nothing(db: Database) -> None:
    for day in (0, 1):
        await thank(db, BEN, (MARA, OLGA)[day], day=day)
        await thank(db, ALICE, BEN, day=day)
        await thank(db, BEN, ALICE, day=day)
    assert await notes(db, MARA) == []


async def test_a_manager_hears_nothing_of_themselves_but_the_department_does(db: Database) -> None:
    async def round_of(first_day: int) -> None:
        for day in (first_day, first_day + 1):
            await thank(db, ALICE, MARA, day=day)
            await thank(db, MARA, ALICE, day=day)

    await round_of(0)
    assert [await notes(db, one) for one in (MARA, ALICE, CHARLIE)] == [[], [], []]
    await join(db, CHARLIE, SHIPPING, Role.MANAGER)
    await report_to_shipping(db)
    await round_of(31)
    assert await notes(db, MARA) == []
    [hint] = await notes(db, CHARLIE)
    assert "have thanked each other" in hint


async def report_to_shipping(db: Database) -> None:
    """Billing is a part of it."""
    async with db.write(WORKSPACE) as tx:
        billing = await teams.get(tx, BILLING)
        assert await teams.change(tx, replace(billing, department_id=SHIPPING))


async def test_what_was_taken_back_does_not_count(db: Database) -> None:
    await settle_on(db, per_pair=9)
    for n in range(3):
        kudos = await give(db, key=f"{n}")
        if n == 0:
            await undoing.undo(db, ALICE, kudos.id, key="undo", now=NOON)
    await pass_time(db, NOON + HOUR)
    assert await notes(db, MARA) == []
