"""What becomes of a request by itself, and where a team without channels reads it."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import update

from bot.errors import Stale
from bot.people import Role
from bot.rules.covers import State
from bot.rules.shifts import Span
from bot.rules.shifts.drafts import PatternDraft
from bot.services import shifts
from storage import members
from storage.database import Database
from storage.teams import TeamRow
from tests.cast import (
    ALICE,
    BEN,
    BILLING,
    BOB,
    MARA,
    NOON,
    WORKSPACE,
)
from tests.services.covers.acting import (
    ASK,
    EARLY,
    HOUR,
    SHIFT,
    START,
    ask,
    cards,
    drawn,
    fire,
    now_it_is,
    on_shift,
    problems,
    take,
    timers,
    told,
)


async def test_a_shift_that_has_changed_is_covered_by_nobody(db: Database) -> None:
    cover = await ask(db)
    [pattern] = (await shifts.list_patterns(db, BOB, BILLING))[1]
    later = replace(EARLY, start=time(9))
    await shifts.change_pattern(db, BOB, pattern, later, key="change", now=NOON)
    with pytest.raises(Stale, match="has changed since"):
        await take(db, BEN, cover)
    assert "has changed since" in await drawn(db, cover)
    assert "cover_take" not in await drawn(db, cover)
    await fire(db, START)
    assert (await now_it_is(db, cover)).state is State.EXPIRED
    assert await told(db, ALICE) == []  # there is nothing that nobody took


async def test_who_has_left_the_team_is_covered_by_nobody(db: Database) -> None:
    cover = await ask(db)
    async with db.write(WORKSPACE) as tx:
        await members.set_chosen(tx, BILLING, {Role.LEAD: (BOB.id, BEN.id)})
    with pytest.raises(Stale, match="not in this team any more"):
        await take(db, BEN, cover)


async def test_what_nobody_takes_ends_when_the_shift_begins(db: Database) -> None:
    cover = await ask(db)
    await fire(db, START - HOUR)
    assert (await now_it_is(db, cover)).state is State.OPEN
    await fire(db, START)
    assert (await now_it_is(db, cover)).state is State.EXPIRED
    assert "Nobody has taken your shift" in (await told(db, ALICE))[0]
    assert "Nobody has taken the shift of <@U0ALICE>" in (await told(db, BOB))[0]
    assert await told(db, BEN) == []  # he is no lead on shift
    assert "Nobody took this" in await drawn(db, cover)
    with pytest.raises(Stale, match="has begun"):
        await take(db, BEN, cover, now=START)


async def test_all_leads_hear_of_it_when_none_is_on_shift(db: Database) -> None:
    late = PatternDraft(("tue",), time(18), time(20), (ALICE.id,))
    await shifts.add_pattern(db, BOB, BILLING, late, key="late", now=NOON)
    evening = Span(START + 10 * HOUR, START + 12 * HOUR)
    await ask(db, draft=replace(ASK, shift=evening))
    await fire(db, evening.start)
    assert [len(await told(db, one)) for one in (ALICE, BOB, BEN)] == [1, 1, 1]


async def test_a_shift_that_has_begun_is_covered_from_now_on(db: Database) -> None:
    now = START + 2 * HOUR + timedelta(seconds=30)
    cover = await ask(db, now=now)
    assert cover.starts_at == START + 2 * HOUR
    assert await timers(db) == [SHIFT.end]
    await take(db, BEN, cover, now=now + HOUR)
    assert await on_shift(db, START + 2 * HOUR) == {ALICE.id, BOB.id}
    assert await on_shift(db, START + 3 * HOUR) == {BEN.id, BOB.id}


async def without_channels(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        none = update(TeamRow).where(TeamRow.id == BILLING).values(leads_channel="")
        await tx.execute(none)


async def test_a_team_with_a_channel_reads_it_there(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        channel = update(TeamRow).where(TeamRow.id == BILLING).values(team_channel="C0TEAM")
        await tx.execute(channel)
    assert (await ask(db)).places == ("C0TEAM",)


async def test_without_a_channel_those_hear_of_it_who_are_free(db: Database) -> None:
    await without_channels(db)
    cover = await ask(db)
    assert await cards(db) == {BEN.id, MARA.id}
    assert "I'll take it" in await drawn(db, cover, BEN.id)
    await take(db, MARA, cover)
    assert "works in place of" in await drawn(db, cover, BEN.id)


async def test_without_anybody_free_the_leads_hear_of_it_or_nobody_is_asked(db: Database) -> None:
    await without_channels(db)
    everybody = replace(EARLY, people=(BEN.id, MARA.id))
    await shifts.add_pattern(db, BOB, BILLING, everybody, key="all", now=NOON)
    assert (await ask(db)).places == (BEN.id, BOB.id)
    async with db.write(WORKSPACE) as tx:
        await members.set_chosen(tx, BILLING, {Role.LEAD: (BOB.id,)})
    alone = replace(ASK, person_id=BOB.id)
    assert await problems(ask(db, BOB, alone, "2")) == {"shift"}
