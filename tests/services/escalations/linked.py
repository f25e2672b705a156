"""Cases that hang together, for the tests: Billing's #1 that Bob owns, what is asked of Shipping, and a process that dies."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import event, select

from bot.people import Person
from bot.rules.escalations import Asking, Escalation, Event, Verdict, as_kept, replayed
from bot.services import escalations
from storage.database import Database
from storage.outbox import OutboxRow, State
from storage.timers import TimerRow
from storage.walls import WorkspaceSession
from tests import casebook
from tests.casebook import DRAFT
from tests.cast import BOB, CHARLIE, NOON, SHIPPING, WORKSPACE

LATER = NOON + timedelta(minutes=5)
BACK = NOON + timedelta(hours=20)
VERDICT = Verdict("It lay in the depot", "replacement", "", "", "no")
QUESTION = "Where is parcel 77?"
PARCEL = replace(DRAFT, summary="Parcel 77 never came", need="knowledge")
ASKING = Asking(SHIPPING, QUESTION, BACK, PARCEL)


async def ask(
    db: Database,
    person: Person = BOB,
    *,
    key: str = "ask",
    asking: Asking = ASKING,
    number: int = 1,
) -> Escalation:
    return await escalations.ask_department(db, person, number, asking, key=key, now=LATER)


async def asked(db: Database, times: int = 1) -> None:
    """Bob owns #1 and has asked Shipping: #2, and more if there are more."""
    await casebook.set_up(db)
    await casebook.claimed(db)
    for n in range(times):
        await ask(db, key=f"ask-{n}")


async def resolve(
    db: Database, number: int, person: Person = CHARLIE, *, now: datetime = LATER
) -> Escalation:
    """Claimed by that person, if nobody has it, and resolved."""
    if (await casebook.case(db, number)).owner_id is None:
        await escalations.claim(db, person, number, key=f"claim-{number}-{now}", now=now)
    key = f"resolve-{number}-{now}"
    return await escalations.resolve(db, person, number, VERDICT, key=key, now=now)


async def check_replays(db: Database, *numbers: int) -> None:
    """The timelines of these cases say how they stand, without gaps."""
    for number in numbers:
        case, events = await casebook.case(db, number), await casebook.timeline(db, number)
        assert [one.version for one in events] == list(range(1, case.version + 1))
        beginning = as_kept(case) | _undone(events)
        assert replayed(beginning, events) == as_kept(case)
        for before, after in pairwise(events):
            assert before.new == after.old


def _undone(events: list[Event]) -> dict[str, Any]:
    """What each field was at first, by the first change of it."""
    found: dict[str, Any] = {}
    for one in events:
        for name, (old, _new) in one.changes.items():
            found.setdefault(name, old)
    return found


async def settle(db: Database) -> None:
    """Everything that was to be said has been said."""
    async with db.write(WORKSPACE) as tx:
        for row in await tx.scalars(select(OutboxRow)):
            row.state = State.SENT


async def cards(db: Database) -> set[tuple[str, str]]:
    """Which cards wait to be drawn, and where."""
    async with db.read(WORKSPACE) as tx:
        waiting = OutboxRow.is_card, OutboxRow.state == State.PENDING
        rows = await tx.scalars(select(OutboxRow).where(*waiting))
        return {(row.card_subject or "", row.channel) for row in rows}


async def timers_of(db: Database, number: int) -> set[str]:
    async with db.read(WORKSPACE) as tx:
        found = select(TimerRow.kind).where(TimerRow.subject == str(number))
        return set(await tx.scalars(found))


async def everything(db: Database) -> list[object]:
    """All that a transaction may leave behind: cases, timelines, what is said, what is timed."""
    async with db.read(WORKSPACE) as tx:
        said = [row.key for row in await tx.scalars(select(OutboxRow).order_by(OutboxRow.key))]
        timed = [
            (row.kind, row.subject, row.due_at)
            for row in await tx.scalars(select(TimerRow).order_by(TimerRow.kind, TimerRow.subject))
        ]
    numbers = range(1, 10)
    lines = [await casebook.timeline(db, number) for number in numbers]
    return [said, timed, lines]


class DiedError(Exception):
    """The process was killed."""


@asynccontextmanager
async def dying() -> AsyncIterator[None]:
    """The process dies at the last moment: everything is written, and nothing is committed."""

    def die(_session: object) -> None:
        raise DiedError

    event.listen(WorkspaceSession, "before_commit", die)
    try:
        yield
    finally:
        event.remove(WorkspaceSession, "before_commit", die)
