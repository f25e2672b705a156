"""Programs for tests: let in by Ada, sending what a call centre would."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.people import system
from bot.rules.metrics.program.programs import Made, Program, ProgramDraft, digest_of
from bot.rules.metrics.program.received import unfit
from bot.rules.metrics.program.received.shapes import Item
from bot.services.metrics.program import receiving, tokens
from bot.services.metrics.program.receiving import Posted, Receipt
from storage.base import new_id
from storage.database import Database
from tests.cast import ADA, BILLING, NOON, WORKSPACE

CLOCK = system(WORKSPACE)


def item(key: str, **more: Any) -> dict[str, Any]:
    """One call, on the first day of the tests, as JSON."""
    said = {"key": key, "at": "2026-03-02T09:30:00+01:00", "parts": {"contacts": 1}}
    return said | more


def posted(items: Iterable[dict[str, Any]], *, key: str = "", body: bytes = b"") -> Posted:
    """As one that was read; the body only tells requests of one key apart."""
    read = unfit.Read({i: Item.model_validate(one) for i, one in enumerate(items)}, [])
    return Posted(key or new_id(), digest_of(body), read)


async def let_in(db: Database, *, feed: str = "Phones", team_id: str = BILLING) -> Made:
    draft = ProgramDraft("Dialler", feed, team_id)
    return await tokens.make(db, ADA, draft, key=new_id(), now=NOON)


async def send(
    db: Database,
    program: Program,
    *items: dict[str, Any],
    key: str = "",
    body: bytes = b"",
    now: datetime = NOON,
) -> Receipt:
    return await receiving.receive(db, CLOCK, program, posted(items, key=key, body=body), now=now)
