"""The monthly wall and anniversaries: once, only what people want told, drawn when it is sent."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.people import Role
from bot.rules.calendars import BusinessHours
from bot.rules.people import Profile
from bot.services.kudos import anniversaries, walls
from bot.views.kudos import ids
from storage import members, people
from storage.database import Database
from tests import casebook
from tests.cast import ALICE, BEN, BILLING, BOB, NOON, SHIPPING, WORKSPACE
from tests.services.standups.queue import cards_waiting
from tests.thanks import decide, likes, look, thank

CHANNEL = "C0BILLING"
TEAM = replace(casebook.TEAM, team_channel=CHANNEL, hours=BusinessHours(always_open=False))
FIRST_OF_APRIL = datetime(2026, 4, 1, 7, tzinfo=UTC)  # 9:00 in Berlin, a Wednesday
MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)
SUNDAY = date(2026, 3, 8)


async def set_up(db: Database) -> None:
    shipping = replace(casebook.OTHER_TEAM, team_channel="C0SHIPPING")
    await casebook.set_up(db, TEAM, shipping)


async def wall(db: Database) -> str:
    [(subject, channel)] = await cards_waiting(db, ids.WALL)
    assert channel == CHANNEL
    async with db.read(WORKSPACE) as tx:
        drawn = await walls.draw(tx, subject, channel)
    assert drawn
    return drawn.text


async def congratulations(db: Database) -> list[str]:
    """What would be said now, of all that waits."""
    said = []
    for subject, channel in sorted(await cards_waiting(db, ids.ANNIVERSARY)):
        async with db.read(WORKSPACE) as tx:
            drawn = await anniversaries.draw(tx, subject, channel)
        said += [drawn.text] if drawn else []
    return said


async def test_the_wall_tells_the_public_thanks_of_the_month(db: Database) -> None:
    await set_up(db)
    await thank(db, ALICE, BOB)
    await thank(db, BOB, ALICE, value="Clarity", reason="Wrote the answer that we all use")
    await thank(db, ALICE, BEN, is_public=False, reason="LEAK this is between us")
    await thank(db, ALICE, BEN, at=FIRST_OF_APRIL - timedelta(hours=1), reason="Of April already")
    await look(db, FIRST_OF_APRIL)
    await look(db, FIRST_OF_APRIL)
    told = await wall(db)
    assert "Thanks of March 2026" in told
    assert "Clarity 1, Teamwork 1" in told
    assert "Wrote the answer that we all use" in told
    assert "LEAK" not in told
    assert "April" not in told


async def test_a_month_without_public_thanks_has_no_wall(db: Database) -> None:
    await set_up(db)
    for _number in range(5):
        await thank(db, ALICE, BOB, is_public=False)
    await likes(db, BEN, in_public=False)
    await thank(db, ALICE, BEN)
    await look(db, FIRST_OF_APRIL)
    assert await cards_waiting(db, ids.WALL) == []


async def test_a_team_may_have_no_wall(db: Database) -> None:
    await set_up(db)
    await decide(db, has_wall=False)
    await thank(db, ALICE, BOB)
    await look(db, FIRST_OF_APRIL)
    assert await cards_waiting(db, ids.WALL) == []


async def test_who_opts_out_before_the_wall_is_sent_is_not_on_it(db: Database) -> None:
    await set_up(db)
    await thank(db, ALICE, BOB)
    await look(db, FIRST_OF_APRIL)
    await likes(db, BOB, in_public=False)
    assert BOB.id not in await wall(db)


async def test_who_wants_it_is_congratulated_on_the_next_working_day(db: Database) -> None:
    await set_up(db)
    await likes(db, ALICE, started_on=SUNDAY.replace(year=2023), celebrates=True)
    await likes(db, BOB, started_on=SUNDAY.replace(year=2023), celebrates=False)
    await likes(db, BEN, started_on=date(2023, 3, 12), celebrates=True)
    await look(db, MONDAY)
    await look(db, MONDAY)
    assert await congratulations(db) == [
        f"🎉 <@{ALICE.id}> has been with us for 3 years. Thank you for all of them!"
    ]


async def test_who_changes_their_mind_before_it_is_sent_is_not(db: Database) -> None:
    await set_up(db)
    await likes(db, ALICE, started_on=SUNDAY.replace(year=2023), celebrates=True)
    await look(db, MONDAY)
    assert await congratulations(db)
    await likes(db, ALICE, started_on=SUNDAY.replace(year=2023), celebrates=False)
    assert await congratulations(db) == []


async def test_nobody_is_congratulated_in_two_teams(db: Database) -> None:
    """Whichever team is looked after first."""
    await set_up(db)
    await likes(db, ALICE, started_on=SUNDAY.replace(year=2025), celebrates=True)
    async with db.write(WORKSPACE) as tx:
        await members.add(tx, SHIPPING, Role.AGENT, [ALICE.id])
    await look(db, MONDAY, team_id=SHIPPING)
    await look(db, MONDAY)
    [(_subject, channel)] = await cards_waiting(db, ids.ANNIVERSARY)
    assert channel == CHANNEL
    assert await congratulations(db) == [
        f"🎉 <@{ALICE.id}> has been with us for 1 year. Thank you for all of it!"
    ]


async def test_who_has_left_is_not_congratulated(db: Database) -> None:
    await set_up(db)
    for one in (ALICE, BEN):
        await likes(db, one, started_on=SUNDAY.replace(year=2025), celebrates=True)
    await look(db, MONDAY)
    async with db.write(WORKSPACE) as tx:
        await people.save(tx, Profile(ALICE.id, name="Alice", is_deleted=True, updated=99))
        await members.set_chosen(tx, BILLING, {Role.LEAD: [BOB.id]})
    assert await congratulations(db) == []


async def test_a_team_without_a_channel_congratulates_nobody(db: Database) -> None:
    await casebook.set_up(db)
    await likes(db, ALICE, started_on=NOON.date().replace(year=2025), celebrates=True)
    await look(db, NOON, since=NOON - timedelta(days=1))
    assert await cards_waiting(db, ids.ANNIVERSARY) == []
