"""The teams of the cast in a database, a case to escalate, and looks at what was said, set and remembered."""

from datetime import datetime

from sqlalchemy import func, select

from bot.app import FIRE
from bot.people import Person, Role
from bot.rules.delivery import Drawn
from bot.rules.escalations import Draft, Escalation, Event
from bot.rules.people import Profile
from bot.rules.teams import Team
from bot.services import escalations
from bot.services.ticking import fire_due
from storage import escalations as stored
from storage import people, teams
from storage.database import Database
from storage.members import CHOSEN, MemberRow
from storage.outbox import OutboxRow
from storage.timers import TimerRow
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    WORKSPACE,
)

LEADS = "C0LEADS"
SHIPPING_LEADS = "C0SHIPLEADS"
TEAM = Team(WORKSPACE, BILLING, "Billing", leads_channel=LEADS, zone="Europe/Berlin")
OTHER_TEAM = Team(WORKSPACE, SHIPPING, "Shipping", leads_channel=SHIPPING_LEADS)
EVERYBODY = (ALICE, BOB, BEN, MARA, OLGA, CHARLIE, DAN, ADA, NOBODY)

DRAFT = Draft(
    summary="Refund not received",
    ticket="48213",
    customer="Jo Doe",
    severity="high",
    category="billing",
    tried="Looked at the payment log",
    need="decision",
)


async def set_up(db: Database, *found: Team) -> None:
    """The cast, in their teams. Without `found` both teams as they are above."""
    async with db.write(WORKSPACE) as tx:
        profiles = [Profile(p.id, name=p.name, zone=p.zone, locale=p.locale) for p in EVERYBODY]
        await people.save(tx, *profiles)
        await people.set_admins(tx, [ADA.id])
        known = found or (TEAM, OTHER_TEAM)
        for team in known:
            await teams.add(tx, team)
        for person in EVERYBODY:
            for team_id, roles in person.roles.items():
                if team_id in {team.id for team in known}:
                    tx.add_all(_member(person, team_id, role) for role in roles)


async def escalate(
    db: Database,
    draft: Draft = DRAFT,
    *,
    person: Person = ALICE,
    key: str = "raise",
    now: datetime = NOON,
) -> Escalation:
    return await escalations.escalate(db, person, BILLING, draft, key=key, now=now, anyway=True)


async def claimed(db: Database, *, person: Person = BOB, now: datetime = NOON) -> Escalation:
    case = await escalate(db)
    return await escalations.claim(db, person, case.id, key="claim", now=now)


async def case(db: Database, number: int = 1) -> Escalation:
    async with db.read(WORKSPACE) as tx:
        found = await stored.find(tx, number)
    assert found
    return found


async def timeline(db: Database, number: int = 1) -> list[Event]:
    async with db.read(WORKSPACE) as tx:
        return await stored.timeline(tx, number)


async def said(db: Database, channel: str) -> list[str]:
    """The words of every note for a channel or a person, oldest first."""
    async with db.read(WORKSPACE) as tx:
        rows = await tx.scalars(
            select(OutboxRow)
            .where(OutboxRow.lane == channel, ~OutboxRow.is_card)
            .order_by(OutboxRow.seq)
        )
        return [row.words or "" for row in rows]


async def timers(db: Database) -> dict[str, datetime]:
    """When each kind of timer is due."""
    async with db.read(WORKSPACE) as tx:
        return {row.kind: row.due_at for row in await tx.scalars(select(TimerRow))}


async def drawn(db: Database, number: int = 1, channel: str = LEADS) -> Drawn | None:
    """How its card would look in this channel."""
    async with db.read(WORKSPACE) as tx:
        desks = escalations.desks_of(db)
        return await escalations.draw(tx, str(number), channel, desks, now=NOON)


async def live(db: Database, *, until: datetime) -> None:
    """Everything that falls due happens at its time, in order."""
    async with db.across() as connection:
        due = await connection.scalar(select(func.min(TimerRow.not_before)))
    while due is not None and due <= until:
        await fire_due(db, WORKSPACE, FIRE, due)
        async with db.across() as connection:
            due = await connection.scalar(select(func.min(TimerRow.not_before)))


def _member(person: Person, team_id: str, role: Role) -> MemberRow:
    return MemberRow(
        workspace_id=WORKSPACE, team_id=team_id, person_id=person.id, role=role, source=CHOSEN
    )
