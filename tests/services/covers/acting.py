"""Asking, taking and looking, in the words that every test about cover uses."""

from collections.abc import Awaitable
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.app import FIRE
from bot.errors import FormProblems
from bot.people import Person
from bot.rules.covers import Cover, CoverDraft
from bot.rules.delivery import Drawn
from bot.rules.shifts import Span
from bot.rules.shifts.drafts import PatternDraft
from bot.services import covers as service
from bot.services import shifts, ticking
from storage import covers
from storage.database import Database
from storage.outbox import OutboxRow
from storage.timers import TimerRow
from tests.cast import (
    ADA,
    ALICE,
    BILLING,
    BOB,
    NOON,
    WORKSPACE,
)
from tests.services.floor import LEADS_CHANNEL

HOUR = timedelta(hours=1)
START = datetime(2026, 3, 3, 8, tzinfo=UTC)  # tomorrow
SHIFT = Span(START, START + 8 * HOUR)
ASK = CoverDraft(ALICE.id, BILLING, SHIFT, reason="Dentist")
EARLY = PatternDraft(("mon", "tue"), time(8), time(16), (ALICE.id, BOB.id))


async def ask(
    db: Database,
    person: Person = ALICE,
    draft: CoverDraft = ASK,
    key: str = "ask",
    now: datetime = NOON,
) -> Cover:
    return (await service.ask(db, person, draft, key=key, now=now)).cover


async def take(db: Database, person: Person, cover: Cover, now: datetime = NOON) -> Cover:
    return await service.take(db, person, cover.id, key=f"take:{person.id}", now=now)


async def told(db: Database, who: Person | str) -> list[str]:
    channel = who if isinstance(who, str) else who.id
    async with db.read(WORKSPACE) as tx:
        asked = select(OutboxRow.words).where(OutboxRow.channel == channel, ~OutboxRow.is_card)
        return [str(one) for one in await tx.scalars(asked.order_by(OutboxRow.seq))]


async def cards(db: Database) -> set[str]:
    """Where a card waits to be drawn."""
    async with db.read(WORKSPACE) as tx:
        asked = select(OutboxRow.channel).where(OutboxRow.card_kind == "cover")
        return set(await tx.scalars(asked))


async def drawn(db: Database, cover: Cover, channel: str = LEADS_CHANNEL) -> str:
    async with db.read(WORKSPACE) as tx:
        found = await service.draw(tx, cover.id, channel)
        assert isinstance(found, Drawn)
        return found.text + str(found.blocks)


async def now_it_is(db: Database, cover: Cover) -> Cover:
    async with db.read(WORKSPACE) as tx:
        return await covers.get(tx, cover.id)


async def on_shift(db: Database, at: datetime) -> set[str]:
    [now] = (await shifts.board(db, ADA, "bill", now=at)).teams
    return {one.person_id for one in now.on}


async def timers(db: Database) -> list[datetime]:
    async with db.read(WORKSPACE) as tx:
        return list(
            await tx.scalars(select(TimerRow.due_at).where(TimerRow.kind == "cover.expire"))
        )


async def problems(doing: Awaitable[object]) -> set[str]:
    with pytest.raises(FormProblems) as refused:
        await doing
    return set(refused.value.problems)


async def fire(db: Database, now: datetime) -> None:
    await ticking.fire_due(db, WORKSPACE, FIRE, now)
