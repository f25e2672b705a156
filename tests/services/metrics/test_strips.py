"""The numbers of the morning in a stand-up: the digest comes first, its first numbers stand in the summary, and nothing of people."""

from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import select

from bot.rules.metrics.digest.digests import DigestDraft
from bot.rules.standups import Said
from bot.services.metrics.digest.strips import strip_of
from bot.services.standups import summarising
from bot.views.metrics import ids
from bot.views.standups import ids as standup_ids
from storage import teams
from storage.database import Database
from storage.outbox import OutboxRow
from tests.cast import ALICE, BILLING, BOB, NOON, WORKSPACE
from tests.services.metrics.digests import CHANNEL, DRAFT, SUNDAY, make, rate, set_up
from tests.standups import MOOD, close, focused, round_of

LATER = replace(DRAFT, at=time(16))


async def summary(db: Database) -> str:
    """A round of today is over, and this is what is said of it."""
    answers = {ALICE.id: {**focused("Refunds"), MOOD.id: Said(number=1)}}
    one = await close(db, await round_of(db, answers=answers))
    async with db.write(WORKSPACE) as tx:
        await summarising.post(tx, one, now=one.closes_at)
    async with db.read(WORKSPACE) as tx:
        drawn = await summarising.draw(tx, one.id, CHANNEL, now=one.closes_at)
    assert drawn
    return drawn.text


async def said_in_order(db: Database) -> list[str]:
    asked = select(OutboxRow.card_kind).where(OutboxRow.lane == CHANNEL, OutboxRow.is_card)
    async with db.read(WORKSPACE) as tx:
        return [str(one) for one in await tx.scalars(asked.order_by(OutboxRow.seq))]


async def test_the_digest_of_the_morning_comes_before_the_summary_and_stands_in_it(
    db: Database,
) -> None:
    await set_up(db)
    await make(db, LATER)
    await rate(db, SUNDAY, 81, 100)
    assert "Numbers of Mar 1, 2026: CSAT 81 % · Contacts 100" in await summary(db)
    assert await said_in_order(db) == [ids.DIGEST, standup_ids.SUMMARY]


async def test_too_few_are_called_few(db: Database) -> None:
    await set_up(db)
    await make(db, LATER)
    await rate(db, SUNDAY, 8, 9)
    assert "CSAT 88.9 % (few)" in await summary(db)


async def test_a_team_without_a_digest_or_without_data_has_no_row(db: Database) -> None:
    await set_up(db)
    assert "Numbers of" not in await summary(db)
    await make(db, LATER)
    async with db.read(WORKSPACE) as tx:
        assert await strip_of(tx, await teams.get(tx, BILLING), NOON.date(), now=NOON) is None


@pytest.mark.parametrize(
    "draft",
    [
        replace(DRAFT, channel="", readers=(BOB.id,)),
        replace(DRAFT, cadence="weekly"),
        replace(DRAFT, channel="C0LEADS"),
        replace(DRAFT, about="person", person_id=ALICE.id, channel="", readers=(BOB.id,)),
    ],
)
async def test_only_what_the_whole_team_reads_each_day_stands_there(
    db: Database, draft: DigestDraft
) -> None:
    await set_up(db)
    await make(db, draft)
    await rate(db, SUNDAY, 81, 100)
    assert "Numbers of" not in await summary(db)


async def test_while_numbers_are_added_up_a_summary_goes_without(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.metrics.store.numbers.MOST_FRESH", 0)
    await set_up(db)
    await make(db, LATER)
    await rate(db, SUNDAY, 81, 100)
    assert "Numbers of" not in await summary(db)
    assert await said_in_order(db) == [standup_ids.SUMMARY]
