"""Cases that Bob holds and the shifts around him; who leads after him, and what was said and drawn."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select, update

from bot.people import Person, Role
from bot.rules.absences import Absence
from bot.rules.absences import Draft as AbsenceDraft
from bot.rules.escalations import Alarm, Escalation, Returning, merged
from bot.rules.handovers import LOOK, Draft, Handover, Item, ItemDraft
from bot.rules.shifts import Pattern
from bot.services import absences, escalations
from bot.services import handovers as service
from bot.services.escalations.writing import record
from schedules.handovers import FIRE
from storage import escalations as stored
from storage import handovers, members, shifts, timers
from storage.database import Database
from storage.outbox import OutboxRow, State
from storage.timers import Timer, TimerRow
from tests import casebook
from tests.cast import ALICE, BEN, BILLING, BOB, MARA, NOON, WORKSPACE

EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = timedelta(minutes=1)
QUARTER = 15 * MINUTE
BOB_LEAVES = NOON + timedelta(hours=4)  # 17:00 in Berlin
LEADING_ALICE = replace(ALICE, roles={BILLING: frozenset({Role.AGENT, Role.LEAD})})


async def set_up(db: Database, count: int = 1) -> list[int]:
    """Bob works 9 to 17 by Berlin's clock, Ben 15 to 23. It is 13:00 there, and Bob holds so many cases."""
    await casebook.set_up(db)
    await put_on_shift(db, "early", BOB, 9, 17)
    await put_on_shift(db, "late", BEN, 15, 23)
    numbers = [await hold(db, n) for n in range(1, count + 1)]
    async with db.write(WORKSPACE) as tx:  # the clocks of the cases themselves are no part of this
        for number in numbers:
            await timers.cancel(tx, str(number), *Alarm)
    return numbers


async def hold(
    db: Database, number: int, *, person: Person = BOB, promise: datetime | None = None
) -> int:
    draft = replace(casebook.DRAFT, ticket=f"T{number}", promise_by=promise)
    case = await casebook.escalate(db, draft, key=f"raise:{number}")
    await escalations.claim(db, person, case.id, key=f"claim:{number}", now=NOON)
    return case.id


async def put_on_shift(
    db: Database, pattern_id: str, person: Person, start: int, end: int, team_id: str = BILLING
) -> None:
    pattern = Pattern(pattern_id, team_id, EVERY_DAY, time(start), time(end), (person.id,))
    async with db.write(WORKSPACE) as tx:
        await shifts.add_pattern(tx, pattern)


async def make_alice_lead(db: Database, start: int = 8, end: int = 22) -> None:
    """A third lead, on shift all day long."""
    async with db.write(WORKSPACE) as tx:
        await members.add(tx, BILLING, Role.LEAD, [ALICE.id])
    await put_on_shift(db, "alice", ALICE, start, end)


async def offer(
    db: Database,
    *numbers: int,
    to: Person = BEN,
    person: Person = BOB,
    key: str = "offer",
    now: datetime = NOON,
) -> Handover:
    items = tuple(ItemDraft(n, next_step=f"Call about {n}") for n in numbers)
    draft = Draft(to.id, "Quiet day", items)
    return await service.offer(db, person, draft, key=key, now=now)


async def handover(db: Database, handover_id: str) -> Handover:
    async with db.read(WORKSPACE) as tx:
        found = await handovers.find(tx, handover_id)
    assert found
    return found


async def item(db: Database, made: Handover, number: int = 1) -> Item:
    found = (await handover(db, made.id)).item(number)
    assert found
    return found


async def owner(db: Database, number: int = 1) -> str | None:
    return (await casebook.case(db, number)).owner_id


async def drawn(db: Database, made: Handover, person: Person) -> str:
    """The whole message of one side, as it would be sent now."""
    async with db.read(WORKSPACE) as tx:
        found = await service.draw(tx, f"{made.id}:{person.id}", person.id)
    return f"{found.text}\n{found.blocks}"


async def cards(db: Database, person: Person) -> int:
    """How many messages of theirs wait to be drawn."""
    async with db.read(WORKSPACE) as tx:
        waiting = OutboxRow.state == State.PENDING.value
        asked = select(OutboxRow.key).where(OutboxRow.lane == person.id, OutboxRow.is_card, waiting)
        return len(list(await tx.scalars(asked)))


async def deliver(db: Database) -> None:
    """Everything that waits is said."""
    async with db.write(WORKSPACE) as tx:
        await tx.execute(
            update(OutboxRow)
            .values(state=State.SENT.value)
            .execution_options(synchronize_session=False)
        )


async def due(db: Database, kind: str) -> list[tuple[str, str, datetime]]:
    """The timers of a kind: subject, step, when."""
    async with db.read(WORKSPACE) as tx:
        rows = await tx.scalars(select(TimerRow).where(TimerRow.kind == kind))
        return sorted((row.subject, row.step, row.due_at) for row in rows)


async def fire(db: Database, kind: str, subject: str, now: datetime, step: str = "") -> None:
    """As the tick does it: the timer is taken, and what it means happens in the same transaction."""
    async with db.write(WORKSPACE) as tx:
        await timers.cancel(tx, subject, kind)
        await FIRE[kind](tx, Timer(kind, subject, now, step), now)


async def give_back(db: Database, number: int, *, now: datetime) -> None:
    """Bob returns it to Alice."""
    returning = Returning("policy", "As it is written")
    await escalations.give_back(db, BOB, number, returning, key=f"return:{number}", now=now)


async def merge(db: Database, number: int, *, into: int) -> None:
    async with db.write(WORKSPACE) as tx:
        before = await stored.lock(tx, number)
        assert before
        assert await record(tx, before, merged(before, BOB, into, now=NOON))


async def look(db: Database, made: Handover, now: datetime) -> None:
    await fire(db, LOOK, made.id, now)


async def set_away(db: Database, person: Person, now: datetime = NOON) -> Absence:
    draft = AbsenceDraft(person.id, "sick", date(2026, 3, 2), date(2026, 3, 3))
    return await absences.add(db, person, draft, key=f"away:{person.id}", now=now)


async def take_out(db: Database, person: Person) -> None:
    """They are neither lead nor manager of Billing any more."""
    kept = {Role.LEAD: [one.id for one in (BOB, BEN, ALICE) if one is not person]}
    manager = {} if person is MARA else {Role.MANAGER: [MARA.id]}
    async with db.write(WORKSPACE) as tx:
        await members.set_chosen(tx, BILLING, kept | manager)


def ids(cases: list[Escalation]) -> list[int]:
    return [one.id for one in cases]
