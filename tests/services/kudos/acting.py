"""Thanking, and looking at what became of it, in the words that every test about kudos uses."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.errors import FormProblems
from bot.people import Person, Role
from bot.rules.delivery import Place
from bot.rules.kudos import Kudos, KudosDraft, Taste
from bot.services.kudos import drawing, giving
from bot.services.ticking import fire_due
from schedules.kudos import FIRE
from storage import kudos as stored
from storage import members, teams
from storage.database import Database
from storage.kudos.rows import KudosRow, ReceiptRow
from storage.outbox import OutboxRow
from storage.outbox.recording import remember_cards
from tests.cast import ALICE, BEN, BILLING, NOON, WORKSPACE
from tests.services.floor import furnish

CHANNEL = "C0BILLING"
REASON = "Stayed an hour longer for the angry caller from Porto"
THANKS = KudosDraft((BEN.id,), "Teamwork", REASON)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def set_up(db: Database) -> None:
    await furnish(db)
    async with db.write(WORKSPACE) as tx:
        billing = await teams.get(tx, BILLING)
        assert await teams.change(tx, replace(billing, team_channel=CHANNEL))


async def give(
    db: Database,
    person: Person = ALICE,
    *receivers: Person,
    key: str = "give",
    now: datetime = NOON,
    **values: Any,
) -> Kudos:
    whom = tuple(one.id for one in receivers) or THANKS.receivers
    draft = replace(THANKS, receivers=whom, **values)
    return await giving.give(db, person, draft, key=key, now=now)


async def refusals(db: Database, person: Person = ALICE, *receivers: Person, **values: Any) -> str:
    """Why not, field by field."""
    with pytest.raises(FormProblems) as refused:
        await give(db, person, *receivers, **values)
    found = refused.value.problems
    return "\n".join(f"{name}: {found[name]}" for name in sorted(found))


async def settle_on(db: Database, team_id: str = BILLING, **values: Any) -> None:
    """What this team decided."""
    async with db.write(WORKSPACE) as tx:
        before = await stored.settings_of(tx, team_id)
        assert await stored.save_settings(tx, replace(before, **values))


async def likes(db: Database, person: Person, **values: Any) -> None:
    async with db.write(WORKSPACE) as tx:
        await stored.save_taste(tx, Taste(WORKSPACE, person.id, **values))


async def join(db: Database, person: Person, team_id: str, role: Role = Role.AGENT) -> None:
    async with db.write(WORKSPACE) as tx:
        await members.add(tx, team_id, role, [person.id])


async def kept(db: Database, kudos: Kudos) -> Kudos | None:
    async with db.read(WORKSPACE) as tx:
        return await stored.find(tx, kudos.id)


async def count(db: Database) -> tuple[int, int]:
    """How many thanks are kept, and for how many people."""
    async with db.read(WORKSPACE) as tx:
        kudos = await tx.scalar(select(func.count()).select_from(KudosRow))
        return kudos or 0, await tx.scalar(select(func.count()).select_from(ReceiptRow)) or 0


async def places(db: Database) -> set[str]:
    """Where something is said of kudos."""
    async with db.read(WORKSPACE) as tx:
        asked = select(OutboxRow.channel).where(OutboxRow.card_kind == "kudos")
        return set(await tx.scalars(asked))


async def notes(db: Database, person: Person) -> list[str]:
    """What somebody was told in private, beside the thanks themselves."""
    async with db.read(WORKSPACE) as tx:
        asked = select(OutboxRow.words).where(OutboxRow.channel == person.id, ~OutboxRow.is_card)
        return [str(one) for one in await tx.scalars(asked.order_by(OutboxRow.seq))]


async def drawn(db: Database, kudos: Kudos, channel: str, now: datetime = NOON) -> str:
    """All that stands on it, or nothing if it is not said."""
    async with db.read(WORKSPACE) as tx:
        found = await drawing.draw(tx, kudos.id, channel, now=now)
        return found.text + str(found.blocks) if found else ""


async def posted(db: Database, kudos: Kudos, *channels: str) -> None:
    """As if Slack had these messages already."""
    async with db.write(WORKSPACE) as tx:
        at = {("kudos", kudos.id, one): Place(one, "1.0", "x") for one in channels}
        await remember_cards(tx, at)


async def pass_time(db: Database, now: datetime) -> None:
    """Everything happens that was due by then."""
    await fire_due(db, WORKSPACE, FIRE, now)
