"""A team's coaching settings: who may set them, what the form of a note offers then, and two who save at once."""

import asyncio

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused
from bot.people import Person
from bot.rules.coaching.settings import SKILLS, CoachingSettings, SettingsDraft
from bot.services.coaching import opening, setting
from storage.coaching import settings
from storage.database import Database
from tests.cast import (
    ADA,
    ALICE,
    BILLING,
    BOB,
    CHARLIE,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    STRANGER,
    WORKSPACE,
)
from tests.services.coaching.drafting import save
from tests.services.floor import by_id, furnish

DRAFT = SettingsDraft("Refunds\nChargebacks", 6)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def set_it(
    db: Database,
    person: Person = BOB,
    draft: SettingsDraft = DRAFT,
    *,
    version: int = 0,
    key: str = "k",
) -> None:
    await setting.save(db, person, BILLING, draft, version=version, key=key, now=NOON)


async def kept(db: Database) -> CoachingSettings:
    async with db.read(WORKSPACE) as tx:
        return await settings.settings_of(tx, BILLING)


@pytest.mark.parametrize("person", [BOB, MARA, ADA], ids=by_id)
async def test_leads_managers_and_admins_set_it(db: Database, person: Person) -> None:
    await set_it(db, person)
    assert await kept(db) == CoachingSettings(WORKSPACE, BILLING, ("Refunds", "Chargebacks"), 6, 1)
    seen = await setting.open_settings(db, person, BILLING)
    assert (seen.team.id, seen.settings) == (BILLING, await kept(db))


@pytest.mark.parametrize("person", [ALICE, OLGA, CHARLIE, NOBODY, STRANGER], ids=by_id)
async def test_nobody_else_does(db: Database, person: Person) -> None:
    refused = Refused if person is STRANGER else Denied
    with pytest.raises(refused):
        await set_it(db, person)
    with pytest.raises(refused):
        await setting.open_settings(db, person, BILLING)
    assert (await kept(db)).version == 0


async def test_the_form_of_a_note_offers_them(db: Database) -> None:
    assert (await opening.open_form(db, BOB, ALICE.id)).skills == SKILLS
    note = (await save(db)).note
    await set_it(db)
    assert (await opening.open_form(db, BOB, ALICE.id)).skills == ("Refunds", "Chargebacks")
    with pytest.raises(FormProblems):
        await save(db, key="2")
    seen, _draft = await opening.open_draft(db, BOB, note.id, now=NOON)
    assert seen.skills == ("Listening", "Refunds", "Chargebacks")


async def test_the_usual_list_stays_the_usual_one(db: Database) -> None:
    """Who saves the form as it was goes on with Baton's own words, in whichever language the team chooses."""
    await set_it(db, draft=SettingsDraft("\n".join(SKILLS), 4))
    assert (await kept(db)).skills == ()


async def test_what_is_wrong_is_said_and_nothing_is_saved(db: Database) -> None:
    with pytest.raises(FormProblems) as refused:
        await set_it(db, draft=SettingsDraft("x" * 50, None))
    assert set(refused.value.problems) == {"skills", "quiet_weeks"}
    assert (await kept(db)).version == 0


@pytest.mark.parametrize("version", [0, 1])
async def test_of_two_at_once_one_is_told(db: Database, version: int) -> None:
    if version:
        await set_it(db, key="first")
    outcomes = await asyncio.gather(
        *[set_it(db, version=version, key=key) for key in ("a", "b")], return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "Stale"]
    assert (await kept(db)).version == version + 1


async def test_twice_is_harmless(db: Database) -> None:
    await set_it(db)
    with pytest.raises(AlreadyHeard):
        await set_it(db)
    assert (await kept(db)).version == 1
