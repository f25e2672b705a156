"""Weeks of coaching by chance: nothing shared is changed, nothing private gets out, nothing promised is forgotten."""

from datetime import timedelta
from random import Random

import pytest

from storage.database import Database
from tests.cast import NOON
from tests.services.coaching.chance.acts import ACTS, acts, pass_time
from tests.services.coaching.chance.desk import Desk
from tests.services.coaching.chance.laws import hold
from tests.services.coaching.matrix.scene import people_only


async def some_weeks(db: Database, seed: int, steps: int, look_every: int) -> Desk:
    await people_only(db)
    desk = Desk(db, Random(seed), NOON)  # noqa: S311 - a test that can be repeated
    for step in range(steps):
        await acts(desk)
        if step % look_every == 0:
            await pass_time(desk, timedelta())
            await hold(desk)
    await pass_time(desk, timedelta(days=30))
    await hold(desk)
    return desk


@pytest.mark.parametrize("seed", [1, 2])
async def test_some_weeks(db: Database, seed: int) -> None:
    desk = await some_weeks(db, seed, 110, 10)
    assert {"share", "acknowledge", "settle", "see"} <= set(desk.done)


@pytest.mark.soak
@pytest.mark.timeout(1700)
async def test_many_weeks(db: Database) -> None:
    """Chance gets everywhere: everything that can be done was done."""
    desk = await some_weeks(db, 2026, 2000, 150)
    assert {*ACTS, "save", "hours pass", "leave or return"} <= set(desk.done)
