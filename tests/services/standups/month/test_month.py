"""A month of four teams as Baton lives it, against what the oracle says of it: everything, each once, at its minute."""

import asyncio
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from storage.database import Database
from tests.conftest import FreshDatabase
from tests.patience import PATIENT
from tests.services.standups.month.chance import a_month
from tests.services.standups.month.living import lived
from tests.services.standups.month.month import AUTUMN, SPRING, Month, month

MODEST = settings(
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # to look for a shorter story takes longer than a test may
    suppress_health_check=list(HealthCheck),
)
LARGE = settings(MODEST, derandomize=False, print_blob=True)


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("sqlite", SPRING),
        pytest.param("sqlite", AUTUMN, marks=pytest.mark.soak),
        pytest.param("postgresql", SPRING, marks=pytest.mark.soak),
        pytest.param("postgresql", AUTUMN, marks=pytest.mark.soak),
    ],
    ids=["spring", "autumn", "spring-postgresql", "autumn-postgresql"],
)
async def test_a_month(fresh_database: FreshDatabase, kind: str, first: date) -> None:
    db = Database(await fresh_database(kind), PATIENT)
    try:
        await lived(db, month(first), month(first).world)
    finally:
        await db.close()


def weeks(make: FreshDatabase, kind: str, found: settings) -> None:
    """Small teams and a few days, by chance."""

    async def live(there: Month) -> None:
        db = Database(await make(kind), PATIENT)
        try:
            await lived(db, there, deepcopy(there.world))
        finally:
            await db.close()

    with asyncio.Runner() as runner:

        @given(st.data())
        def lives(data: st.DataObject) -> None:
            runner.run(live(a_month(data)))

        found(lives)()


def test_some_days_by_chance(fresh_database: FreshDatabase) -> None:
    weeks(fresh_database, "sqlite", settings(MODEST, max_examples=5))


@pytest.mark.soak
@pytest.mark.timeout(1700)
@pytest.mark.parametrize(("kind", "examples"), [("sqlite", 300), ("postgresql", 100)])
def test_many_days_by_chance(fresh_database: FreshDatabase, kind: str, examples: int) -> None:
    weeks(fresh_database, kind, settings(LARGE, max_examples=examples))
