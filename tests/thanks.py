"""Kudos without filling in a form: who thanked whom, when, and for what."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.people import Person
from bot.rules.kudos import Kudos, KudosSettings, Receipt, Taste, Via
from bot.services.kudos.timing import LOOK
from bot.services.ticking import fire_due
from schedules.kudos import FIRE
from storage import kudos, timers
from storage.base import new_id
from storage.database import Database, Tx, insert_rows
from storage.kudos.rows import KudosRow, ReceiptRow
from storage.timers import Timer
from tests.cast import BILLING, NOON, WORKSPACE

REASON = "Stayed late to help me with the angry caller from Porto"
AT_ONCE = 1000


async def thank(
    db: Database,
    giver: Person,
    *receivers: Person,
    at: datetime = NOON,
    team_id: str = BILLING,
    **values: Any,
) -> Kudos:
    """Public, for teamwork, with a reason, unless something else is said."""
    given: dict[str, Any] = {"value": "Teamwork", "reason": REASON, "is_public": True} | values
    made = Kudos(
        WORKSPACE,
        new_id(),
        giver.id,
        tuple(Receipt(one.id, team_id) for one in receivers),
        given["value"],
        given["reason"],
        given["is_public"],
        given.get("via", Via.FORM),
        at,
        source=given.get("source", ""),
    )
    async with db.write(WORKSPACE) as tx:
        assert await kudos.add(tx, made)
    return made


async def take_back(db: Database, made: Kudos, *, now: datetime) -> None:
    async with db.write(WORKSPACE) as tx:
        assert await kudos.undo(tx, made.id, now=now)


async def decide(db: Database, team_id: str = BILLING, **values: Any) -> KudosSettings:
    """What a team wants of kudos."""
    async with db.write(WORKSPACE) as tx:
        settings = replace(await kudos.settings_of(tx, team_id), **values)
        assert await kudos.save_settings(tx, settings)
    return settings


async def likes(
    db: Database,
    person: Person,
    *,
    in_public: bool = True,
    started_on: date | None = None,
    celebrates: bool = False,
) -> None:
    async with db.write(WORKSPACE) as tx:
        taste = Taste(WORKSPACE, person.id, in_public, started_on, celebrates)
        await kudos.save_taste(tx, taste)


async def look(
    db: Database, now: datetime, *, since: datetime | None = None, team_id: str = BILLING
) -> None:
    """The team is looked after, for the first time since then."""
    async with db.write(WORKSPACE) as tx:
        await timers.put(tx, Timer(LOOK, team_id, since or now))
    assert await fire_due(db, WORKSPACE, FIRE, now)


async def thank_often(
    tx: Tx, team_id: str, person_ids: Sequence[str], count: int, *, since: datetime, until: datetime
) -> None:
    """So many thanks among these people, spread over that time: every tenth is private, every fiftieth taken back."""
    step = (until - since) / max(count, 1)
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        rows = [_row(one, person_ids, since + one * step) for one in numbers]
        receipts = [
            {
                "kudos_id": row["id"],
                "receiver_id": person_ids[(7 * one + 1) % len(person_ids)],
                "team_id": team_id,
                "giver_id": row["giver_id"],
                "given_at": row["given_at"],
            }
            for one, row in zip(numbers, rows, strict=True)
        ]
        await insert_rows(tx, KudosRow, *rows)
        await insert_rows(tx, ReceiptRow, *receipts)


def _row(number: int, person_ids: Sequence[str], at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "giver_id": person_ids[3 * number % len(person_ids)],
        "value": f"Value {number % 5}",
        "reason": f"{REASON}, {number}",
        "is_public": number % 10 != 0,
        "via": Via.FORM.value,
        "source": "",
        "given_at": at,
        "undone_at": at if number % 50 == 1 else None,
    }
