"""What a dry run says is what happens: the same case is raised, nobody takes it, and every level is told as was said."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from bot.rules.absences import Absence, Kind
from bot.rules.escalations import EventKind
from bot.rules.policies import Level, Outside, Policy, Target, TargetKind
from bot.rules.policies.seen import Dry
from bot.rules.severities import Severity
from bot.rules.shifts import Pattern
from bot.services import policies as service
from storage import absences, policies, shifts
from storage.database import Database
from tests import casebook
from tests.cast import ALICE, BEN, BILLING, BOB, MARA, NOBODY, NOON, WORKSPACE
from tests.patience import PATIENT
from tests.rules.policies.made import OFFICE

K = TargetKind
HOUR = timedelta(hours=1)
LEAD, LEADS, MANAGER = Target(K.LEAD_ON_SHIFT), Target(K.LEADS), Target(K.MANAGER)
TURN = Target(K.ROUND_ROBIN, people=(BOB.id, BEN.id, MARA.id))
ZOE = Target(K.PERSON, NOBODY.id)
SATURDAY = NOON + timedelta(days=5)
EVENING = NOON + 4 * HOUR  # five in Berlin, where the office closes
OURS = Policy(
    WORKSPACE,
    "ours",
    BILLING,
    "Ours",
    frozenset(),
    (Level((LEAD,), 20), Level((TURN, ZOE), 45), Level((MANAGER,), 0), Level((LEADS,), 90)),
    repeats=2,
    repeat_from=1,
)
NIGHT = replace(
    OURS, id="night", name="Night", levels=(Level((TURN,), 30),), only_instead=True, repeat_from=0
)
NIGHT = replace(NIGHT, outside=Outside.ANYWAY)

Told = tuple[datetime, int, tuple[str, ...]]


@pytest.fixture
async def db(sqlite_url: str) -> AsyncIterator[Database]:
    """Of one kind only: what is compared are two ways through the same rows."""
    database = Database(sqlite_url, PATIENT)
    yield database
    await database.close()


async def furnish(db: Database) -> None:
    """Bob is on shift in the mornings, Ben in the evenings; Mara is away on Monday afternoon."""
    await casebook.set_up(db, replace(casebook.TEAM, hours=OFFICE.hours), casebook.OTHER_TEAM)
    async with db.write(WORKSPACE) as tx:
        for lead, start, end in ((BOB, 8, 14), (BEN, 15, 22)):
            days = ("mon", "tue", "wed", "thu", "fri", "sat")
            pattern = Pattern(lead.id, BILLING, days, time(start), time(end), (lead.id,))
            await shifts.add_pattern(tx, pattern)
        away = Absence(WORKSPACE, "m", MARA.id, Kind.OTHER, NOON + HOUR, NOON + 4 * HOUR)
        await absences.add(tx, away)


def foretold(dry: Dry) -> list[Told]:
    return [(one.at, one.run.level + 1, one.reached.people) for one in dry.forecast.steps]


async def happened(db: Database) -> list[Told]:
    found: list[Told] = []
    for event in await casebook.timeline(db):
        if event.kind in {EventKind.LEVEL_TOLD, EventKind.LEVEL_SKIPPED}:
            level, _colon, people = event.reason.partition(":")
            found.append((event.at, int(level), tuple(people.split(",")) if people else ()))
    return found


@pytest.mark.parametrize("at", [NOON + 1.5 * HOUR, EVENING, SATURDAY])
@pytest.mark.parametrize(
    "known",
    [
        [],
        [OURS],
        [replace(OURS, outside=Outside.ANYWAY)],
        [replace(OURS, outside=Outside.OTHER, other_policy_id="night"), NIGHT],
    ],
    ids=["by default", "queue", "anyway", "another takes over"],
)
async def test_it_happens_as_it_was_said(db: Database, known: list[Policy], at: datetime) -> None:
    await furnish(db)
    async with db.write(WORKSPACE) as tx:
        for policy in known:
            await policies.add(tx, policy)
    dry = await service.dry_run(db, ALICE, BILLING, Severity.HIGH, at=at, now=at)
    said = foretold(dry)
    assert len(said) > 1
    await casebook.escalate(db, now=at)
    await casebook.live(db, until=said[-1][0])
    assert await happened(db) == said
