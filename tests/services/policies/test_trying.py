"""The dry run: what would happen, by whom it may be asked, and with the shifts as they will be then."""

from datetime import time, timedelta

import pytest

from bot.errors import FormProblems, Refused
from bot.people import Person
from bot.rules.policies import Level, Outside, Policy, Target, TargetKind
from bot.rules.policies.seen import Dry
from bot.rules.severities import Severity
from bot.rules.shifts import Pattern
from bot.services import policies as service
from storage import policies, shifts
from storage.database import Database
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
    STRANGER,
    WORKSPACE,
)
from tests.services.floor import by_id, furnish

K = TargetKind
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def tried(
    db: Database, person: Person = ALICE, severity: Severity = Severity.HIGH, after: int = 0
) -> Dry:
    at = NOON + after * MINUTE
    return await service.dry_run(db, person, BILLING, severity, at=at, now=NOON)


def told(dry: Dry) -> list[tuple[int, tuple[str, ...]]]:
    return [((one.at - dry.at) // MINUTE, one.reached.people) for one in dry.forecast.steps]


@pytest.mark.parametrize("person", [ALICE, BOB, MARA, OLGA, ADA], ids=by_id)
async def test_on_the_first_day_it_says_what_baton_does_by_itself(
    db: Database, person: Person
) -> None:
    found = told(await tried(db, person))
    leads = (BEN.id, BOB.id)
    everybody = (*leads, MARA.id)
    assert found == [(0, leads), *((minutes, everybody) for minutes in (30, 60, 90, 120))]


@pytest.mark.parametrize("person", [CHARLIE, DAN, NOBODY, STRANGER], ids=by_id)
async def test_who_is_not_of_the_team_learns_nothing(db: Database, person: Person) -> None:
    with pytest.raises(Refused):
        await tried(db, person)


async def test_it_goes_by_the_shifts_of_then(db: Database) -> None:
    """Billing goes by UTC here, and NOON is a Monday."""
    async with db.write(WORKSPACE) as tx:
        for name, lead, start, end in (("a", BOB, 8, 13), ("b", BEN, 13, 18)):
            pattern = Pattern(name, BILLING, ("mon",), time(start), time(end), (lead.id,))
            await shifts.add_pattern(tx, pattern)
    assert told(await tried(db))[0] == (0, (BOB.id,))
    assert told(await tried(db, after=60))[0] == (0, (BEN.id,))
    night = await tried(db, after=6 * 60)
    assert [one.is_skipped for one in night.forecast.steps[:2]] == [True, False]
    assert told(night)[:2] == [(0, ()), (0, (BEN.id, BOB.id, MARA.id))]


async def test_nothing_is_changed_by_it(db: Database) -> None:
    """Neither is anybody's turn taken, however often it is tried."""
    turn = Target(K.ROUND_ROBIN, people=(BOB.id, BEN.id))
    policy = Policy(
        WORKSPACE, "p", BILLING, "p", frozenset({Severity.HIGH}), (Level((turn,), 5),), 1, 0,
        Outside.ANYWAY,
    )  # fmt: skip
    async with db.write(WORKSPACE) as tx:
        await policies.add(tx, policy)
    for _ in range(2):
        assert told(await tried(db)) == [(0, (BOB.id,)), (5, (BEN.id,))]
    async with db.read(WORKSPACE) as tx:
        assert await policies.turns(tx, "p") == {}
    assert (await tried(db, severity=Severity.LOW)).policy.is_default


async def test_it_is_not_asked_about_another_age(db: Database) -> None:
    with pytest.raises(FormProblems):
        await tried(db, after=60 * 24 * 400)
