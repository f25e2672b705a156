"""A stand-up of Billing that lives by a passed clock, in the words that every test of its looking uses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import func, select

from bot.app import FIRE
from bot.people import Person, Role, system
from bot.rules.people import Profile
from bot.rules.standups import Moment, Round, Schedule, Seat, SeatState, StandUp
from bot.services import people as people_service
from bot.services import teams
from bot.services.standups import look_again
from bot.services.ticking import fire_due
from bot.views.standups import ids
from storage import standups
from storage.database import Database
from storage.outbox import OutboxRow
from storage.timers import TimerRow
from tests.cast import BILLING, MARA, WORKSPACE

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EVE = datetime(2026, 3, 1, 12, tzinfo=UTC)  # a Sunday: nothing is asked until the next morning
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
STANDUP = StandUp(WORKSPACE, "daily", BILLING, "Morning", schedule=Schedule(at=time(9)))


def by_shift(offset_minutes: int = 5, window_minutes: int = 120) -> StandUp:
    schedule = Schedule(Moment.SHIFT, offset_minutes=offset_minutes, window_minutes=window_minutes)
    return replace(STANDUP, schedule=schedule)


async def add(db: Database, standup: StandUp = STANDUP, *, now: datetime = EVE) -> StandUp:
    """Set up and looked after from now on."""
    async with db.write(standup.workspace_id) as tx:
        await standups.add(tx, standup, now=now)
        await look_again(tx, standup.id, now=now)
    return standup


async def edit(db: Database, standup: StandUp, *, now: datetime) -> StandUp:
    async with db.write(standup.workspace_id) as tx:
        assert await standups.change(tx, standup)
        await look_again(tx, standup.id, now=now)
    return replace(standup, version=standup.version + 1)


async def live(db: Database, until: datetime, *, workspace_id: str = WORKSPACE) -> None:
    """Everything that falls due happens at its time, in order."""
    while (due := await next_due(db)) is not None and due <= until:
        await fire_due(db, workspace_id, FIRE, due)


async def wake_up(db: Database, now: datetime) -> None:
    """Baton was down until now: whatever was due is done late."""
    while (due := await next_due(db)) is not None and due <= now:
        await fire_due(db, WORKSPACE, FIRE, now)


async def next_due(db: Database, workspace_id: str = WORKSPACE) -> datetime | None:
    async with db.read(workspace_id) as tx:
        return await tx.scalar(select(func.min(TimerRow.not_before)))


async def rounds(db: Database) -> Sequence[Round]:
    """All of them, the first first."""
    async with db.read(WORKSPACE) as tx:
        found = await standups.list_rounds(tx, team_ids=[BILLING])
    return sorted(found, key=lambda one: (one.opens_at, one.key))


async def the_round(db: Database) -> Round:
    [found] = await rounds(db)
    return found


async def seats(db: Database, number: int = 0) -> dict[str, Seat]:
    """Everybody's seat in the round of this number."""
    one = (await rounds(db))[number]
    async with db.read(WORKSPACE) as tx:
        found = await standups.seats_of_round(tx, one.id)
    return {seat.person_id: seat for seat in found.get(one.id, ())}


async def states(db: Database, number: int = 0) -> dict[str, SeatState]:
    return {one: seat.state for one, seat in (await seats(db, number)).items()}


async def answer(db: Database, person: Person, *, now: datetime) -> None:
    """As far as the clock is concerned."""
    for one in reversed(await rounds(db)):
        async with db.write(WORKSPACE) as tx:
            seat = await standups.lock_seat(tx, one.id, person.id)
            if seat and seat.state is SeatState.ASKED:
                after = replace(seat, state=SeatState.ANSWERED, answered_at=now)
                await standups.change_seat(tx, after, SeatState.ASKED)
                return
    raise AssertionError("Nothing asks them.")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that waits in the outbox."""

    channel: str
    words: str
    card: str
    subject: str


async def said(db: Database, person: Person | str = "") -> list[Said]:
    """What was queued, in order, for somebody or for anybody."""
    channel = person if isinstance(person, str) else person.id
    asked = select(OutboxRow).order_by(OutboxRow.queued_at, OutboxRow.lane, OutboxRow.seq)
    async with db.read(WORKSPACE) as tx:
        rows = await tx.scalars(asked.where(OutboxRow.channel == channel) if channel else asked)
        return [
            Said(
                row.channel,
                row.words or "",
                row.card_kind if row.is_card and row.card_kind else "",
                row.card_subject or "",
            )
            for row in rows
        ]


async def asks(db: Database) -> list[str]:
    """Whom a message that asks is on its way to."""
    return sorted(one.channel for one in await said(db) if one.card == ids.ASK)


async def told(db: Database, person: Person | str) -> list[str]:
    return [one.words for one in await said(db, person) if one.words]


async def set_members(
    db: Database, agents: list[Person], leads: list[Person], *, now: datetime
) -> None:
    by_role = {
        Role.AGENT: tuple(one.id for one in agents),
        Role.LEAD: tuple(one.id for one in leads),
        Role.MANAGER: (MARA.id,),
    }
    await teams.set_members(db, MARA, BILLING, by_role, key=f"members:{now}", now=now)


async def hear_of(
    db: Database, person: Person, zone: str = "Europe/Berlin", *, gone: bool = False, now: datetime
) -> None:
    """Slack says that something about them is different now."""
    at = int(now.timestamp())
    profile = Profile(person.id, name=person.name, zone=zone, is_deleted=gone, updated=at)
    await people_service.save_profiles(db, system(WORKSPACE), [profile], now=now)
