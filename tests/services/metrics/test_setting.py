"""What a team decides about its numbers."""

import asyncio

import pytest

from bot.errors import AlreadyHeard, Denied, Refused, Stale
from bot.people import Person
from bot.rules.metrics.look.setting import SettingsDraft
from bot.rules.metrics.look.settings import MINIMUM_N, MetricSettings
from bot.services.metrics.look import setting
from bot.text import Text
from bot.views.metrics.settings import settings_form
from sandbox.block_kit import check
from storage.base import new_id
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
)
from tests.services.covers.acting import problems
from tests.services.floor import by_id
from tests.services.metrics import lookers
from tests.services.metrics.lookers import VERA

DRAFT = SettingsDraft(has_ranking=True, minimum_n=20)


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await lookers.departments(db)


async def save(
    db: Database,
    person: Person = BOB,
    draft: SettingsDraft = DRAFT,
    key: str = "",
    version: int = 0,
) -> MetricSettings:
    return await setting.save(db, person, BILLING, version, draft, key=key or new_id(), now=NOON)


async def now_it_is(db: Database) -> MetricSettings:
    return (await setting.open_settings(db, ADA, BILLING))[1]


async def test_at_first_nobody_is_ranked(db: Database) -> None:
    team, kept = await setting.open_settings(db, BOB, BILLING)
    assert (kept.has_ranking, kept.minimum_n, kept.version) == (False, MINIMUM_N, 0)
    assert check.view(settings_form(team, kept, Text()), "modal") == []


@pytest.mark.parametrize("person", [BOB, MARA, VERA, ADA], ids=by_id)
async def test_who_leads_it_sets_them(db: Database, person: Person) -> None:
    await save(db, person)
    kept = await now_it_is(db)
    assert (kept.has_ranking, kept.minimum_n, kept.version) == (True, 20, 1)


async def test_nobody_else_does(db: Database) -> None:
    for person in (ALICE, OLGA, CHARLIE, DAN, NOBODY):
        with pytest.raises(Denied, match="how its numbers are kept"):
            await save(db, person)
        with pytest.raises(Denied):
            await setting.open_settings(db, person, BILLING)
    assert (await now_it_is(db)).version == 0


async def test_another_workspace_finds_no_team(db: Database) -> None:
    with pytest.raises(Refused, match="gone"):
        await save(db, STRANGER)


async def test_too_few_is_a_number_that_protects_somebody(db: Database) -> None:
    for minimum_n in (None, 0, 4, 1001):
        assert await problems(save(db, draft=SettingsDraft(minimum_n=minimum_n))) == {"minimum_n"}


async def test_twice_is_once_and_who_comes_second_is_told(db: Database) -> None:
    await save(db, key="k")
    with pytest.raises(AlreadyHeard):
        await save(db, key="k")
    with pytest.raises(Stale, match="Somebody changed"):
        await save(db, BEN)
    found = await asyncio.gather(
        *(save(db, MARA, version=1) for _n in range(2)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in found) == ["MetricSettings", "Stale"]
