"""What a team decides about kudos, and what each person chooses for themselves."""

import asyncio
from datetime import date, time

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.kudos import KudosSettings, Taste
from bot.rules.kudos.setting import SettingsDraft
from bot.services.kudos import setting, tasting
from bot.text import Text
from bot.views.kudos.settings import settings_form
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
from tests.services.covers.acting import problems
from tests.services.floor import by_id
from tests.services.kudos.acting import give

DRAFT = SettingsDraft("Care\nSpeed", "tada", 3, 1, "mon", time(9), quiet_weeks=4)


async def save(
    db: Database,
    person: Person = BOB,
    draft: SettingsDraft = DRAFT,
    key: str = "1",
    version: int = 0,
) -> KudosSettings:
    return await setting.save(db, person, BILLING, version, draft, key=key, now=NOON)


async def version(db: Database) -> int:
    return (await setting.open_settings(db, ADA, BILLING))[1].version


@pytest.mark.parametrize("person", [BOB, MARA, ADA], ids=by_id)
async def test_who_leads_sets_them_and_they_count_at_once(db: Database, person: Person) -> None:
    await save(db, person)
    team, kept = await setting.open_settings(db, person, BILLING)
    assert (kept.values, kept.per_day, kept.version) == (("Care", "Speed"), 3, 1)
    assert "Care\\nSpeed" in str(settings_form(team, kept, Text()))
    await give(db, value="Speed")


@pytest.mark.parametrize("person", [ALICE, OLGA, CHARLIE, DAN, NOBODY], ids=by_id)
async def test_nobody_else_does(db: Database, person: Person) -> None:
    with pytest.raises(Denied, match="leads, its manager"):
        await save(db, person)
    with pytest.raises(Denied):
        await setting.open_settings(db, person, BILLING)
    assert await version(db) == 0


async def test_another_workspace_finds_no_team(db: Database) -> None:
    with pytest.raises(Refused, match="gone"):
        await save(db, STRANGER)


async def test_bad_input_saves_nothing(db: Database) -> None:
    assert await problems(save(db, draft=SettingsDraft(per_day=3))) == {
        *("values", "per_pair", "digest_at", "quiet_weeks")
    }
    assert await version(db) == 0


async def test_twice_is_once_and_who_comes_second_is_told(db: Database) -> None:
    await save(db)
    with pytest.raises(AlreadyHeard):
        await save(db)
    with pytest.raises(Stale, match="Somebody changed"):
        await save(db, BEN, key="2")
    await save(db, BEN, key="3", version=1)
    found = await asyncio.gather(
        *(save(db, MARA, key=f"m{n}", version=2) for n in range(2)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in found) == ["KudosSettings", "Stale"]
    assert await version(db) == 3


async def choose(db: Database, person: Person = ALICE, key: str = "t", **values: object) -> Taste:
    given = {"in_public": True, "started_on": None, "celebrates": False} | values
    return await tasting.choose(db, person, key=key, now=NOON, **given)  # type: ignore[arg-type]


async def test_what_somebody_likes_is_theirs_to_say(db: Database) -> None:
    assert await tasting.see(db, ALICE) == Taste(WORKSPACE, ALICE.id)
    day = date(2024, 2, 29)
    liked = await choose(db, in_public=False, started_on=day, celebrates=True)
    assert await tasting.see(db, ALICE) == liked
    assert (liked.in_public, liked.started_on, liked.celebrates) == (False, day, True)
    assert await tasting.see(db, BOB) == Taste(WORKSPACE, BOB.id)
    assert await tasting.see(db, STRANGER) == Taste(STRANGER.workspace_id, STRANGER.id)
    with pytest.raises(AlreadyHeard):
        await choose(db)
    await choose(db, key="2")
    assert await tasting.see(db, ALICE) == Taste(WORKSPACE, ALICE.id)


async def test_an_anniversary_needs_a_day_that_was(db: Database) -> None:
    with pytest.raises(FormProblems, match="since when"):
        await choose(db, celebrates=True)
    with pytest.raises(FormProblems, match="still to come"):
        await choose(db, started_on=date(2026, 3, 3))
    await choose(db, started_on=date(2026, 3, 2), celebrates=True)
