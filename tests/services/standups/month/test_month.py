"""A month of four teams as Baton lives it, against what the oracle says of it: everything, each once, at its minute."""

import asyncio
from collections.abc import Mapping
from copy import deepcopy
from datetime import date, datetime
from itertools import groupby
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from storage.database import Database
from tests.conftest import FreshDatabase
from tests.services.standups.month.chance import a_month
from tests.services.standups.month.month import AUTUMN, SPRING, Month, month
from tests.services.standups.month.oracle import Oracle
from tests.services.standups.month.rounds import Said
from tests.services.standups.month.rows import furnish
from tests.services.standups.month.stage import Stage
from tests.services.standups.month.world import World

MODEST = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # to look for a shorter story takes longer than a test may
    suppress_health_check=list(HealthCheck),
)
LARGE = settings(MODEST, derandomize=False, print_blob=True)


def differences(expected: list[Said], found: list[Said]) -> list[str]:
    """A line for each thing that was said and should not have been (+), or the reverse (-), in order of time."""
    lines = [(one, "-") for one in expected if one not in found]
    lines += [(one, "+") for one in found if one not in expected]
    lines += [(one, "twice") for one, same in groupby(sorted(found)) if len(list(same)) > 1]
    return [
        f"{mark} {one.at:%a %d %H:%M} {one.kind} {one.standup} of {one.opens:%a %d %H:%M}: {one.who}"
        for one, mark in sorted(lines)
    ]


async def lived(db: Database, there: Month, fresh: World) -> None:
    """The oracle changes its world as it goes, so Baton begins with another one."""
    oracle = Oracle(there.world, there.script, there.habits, there.down)
    oracle.run(there.start, there.end)
    stage = Stage(db, there.down)
    await furnish(db, fresh, now=there.start)
    await stage.run(oracle.acts, there.start, there.end)
    assert not differences(oracle.said, stage.said)
    assert as_groups(stage.messages) == as_groups(oracle.messages)


def as_groups(messages: Mapping[tuple[str, Any], set[tuple[str, datetime]]]) -> set[object]:
    """Who was asked what together. How a message is called is Baton's own affair."""
    return {(person, frozenset(asked)) for (person, _name), asked in messages.items()}


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
    db = Database(await fresh_database(kind))
    try:
        await lived(db, month(first), month(first).world)
    finally:
        await db.close()


def weeks(make: FreshDatabase, kind: str, found: settings) -> None:
    """Small teams and a few days, by chance."""

    async def live(there: Month) -> None:
        db = Database(await make(kind))
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
