"""Saving business hours: kept, refused by field, taken by the first of two, and nobody else's to change."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.calendars import HoursDraft, Span, office_week
from bot.services import teams as service
from bot.services.holidays import find_regions
from storage.database import Database
from tests import cast
from tests.cast import ADA, ALICE, BOB, CHARLIE, MARA, NOBODY, NOON
from tests.services.floor import DRAFT, by_id, furnish, team_named

HOURS = HoursDraft(
    always_open=False,
    week={"mon": "9-13, 14-18", "fri": "22:00-06:00"},
    region="DE-BY",
    days_off="2026-12-24 Party",
    other_days="2026-12-27 10-12",
    critical_always=True,
)
WITH_HOURS = replace(DRAFT, hours=HOURS)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def test_hours_are_kept_and_opened_again(db: Database) -> None:
    team = await service.create_team(db, ADA, WITH_HOURS, key="new", now=NOON)
    assert await team_named(db, "Returns") == team
    assert team.hours.week["mon"] == (Span(540, 780), Span(840, 1080))
    _team, draft = await service.open_team(db, ADA, team.id)
    assert draft.hours.week is not None
    assert draft.hours.week["mon"] == "09:00-13:00, 14:00-18:00"
    assert (draft.hours.region, draft.hours.days_off) == ("DE-BY", "2026-12-24 Party")


async def test_a_team_is_open_around_the_clock_until_it_says_otherwise(db: Database) -> None:
    team = await service.create_team(db, ADA, DRAFT, key="new", now=NOON)
    assert team.hours.always_open
    chosen = replace(DRAFT, hours=HoursDraft(always_open=False))
    team = await service.edit_team(db, ADA, team, chosen, key="edit", now=NOON)
    assert (team.hours.always_open, team.hours.week) == (False, office_week())


async def test_always_open_keeps_the_hours_for_another_time(db: Database) -> None:
    team = await service.create_team(db, ADA, WITH_HOURS, key="new", now=NOON)
    edited = await service.edit_team(db, ADA, team, DRAFT, key="edit", now=NOON)
    assert edited.hours == replace(team.hours, always_open=True)
    assert (await team_named(db, "Returns")).hours == edited.hours


async def test_every_field_that_is_wrong_is_named_and_nothing_is_saved(db: Database) -> None:
    wrong = replace(HOURS, week={"mon": "nine"}, region="Mordor", days_off="x", other_days="y")
    team = await service.create_team(db, ADA, DRAFT, key="new", now=NOON)
    with pytest.raises(FormProblems) as refused:
        await service.edit_team(
            db, ADA, team, replace(DRAFT, name="", hours=wrong), key="edit", now=NOON
        )
    fields = {"name", "hours_mon", "region", "days_off", "other_days"}
    assert set(refused.value.problems) == fields
    assert (await team_named(db, "Returns")).hours.always_open


async def test_of_two_who_edit_at_once_one_is_told(db: Database) -> None:
    team = await service.create_team(db, ADA, DRAFT, key="new", now=NOON)
    drafts = [replace(DRAFT, hours=replace(HOURS, region=one)) for one in ("GR", "UA")]
    outcomes = await asyncio.gather(
        *(
            service.edit_team(db, ADA, team, draft, key=draft.hours.region, now=NOON)
            for draft in drafts
        ),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Stale", "Team"]
    assert Stale in {type(one) for one in outcomes}
    assert (await team_named(db, "Returns")).version == 2


async def test_the_same_form_twice_changes_the_hours_once(db: Database) -> None:
    team = await service.create_team(db, ADA, DRAFT, key="new", now=NOON)
    await service.edit_team(db, ADA, team, WITH_HOURS, key="edit", now=NOON)
    with pytest.raises(AlreadyHeard):
        await service.edit_team(db, ADA, team, WITH_HOURS, key="edit", now=NOON)
    assert (await team_named(db, "Returns")).version == 2


@pytest.mark.parametrize(
    "person", [ALICE, BOB, CHARLIE, MARA, NOBODY, cast.STRANGER], ids=by_id
)  # fmt: skip
async def test_nobody_else_opens_or_changes_them(db: Database, person: Person) -> None:
    team = await service.create_team(db, ADA, DRAFT, key="new", now=NOON)
    person = replace(person, is_admin=False)
    with pytest.raises((Denied, Refused)):
        await service.open_team(db, person, team.id)
    with pytest.raises((Denied, Refused)):
        await service.edit_team(db, person, team, WITH_HOURS, key="edit", now=NOON)
    assert (await team_named(db, "Returns")).hours.always_open


async def test_regions_are_found_while_somebody_types() -> None:
    assert [one.code for one in await find_regions("germany bayern", "en-US")] == ["DE-BY"]
