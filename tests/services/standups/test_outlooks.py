"""Looking at a team's stand-ups: the list, the reader's own team first, and the calendar of what is not saved yet."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.errors import Denied
from bot.rules.standups import Round
from bot.rules.standups.drafts import settings_draft_of
from bot.rules.standups.outlook import Why
from bot.services.standups import outlooks
from storage import standups
from storage.database import Database
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    WORKSPACE,
)
from tests.services.floor import furnish
from tests.services.standups.test_setting import DRAFT, add, kept

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def test_the_list_says_when_next_and_what_is_open(db: Database) -> None:
    """Billing goes by UTC here, and NOON is a Monday."""
    standup = await add(db)
    await add(
        db, draft=replace(DRAFT, name="Never", asked=("manager",), weekdays=("sun",)), key="2"
    )
    await add(db, draft=replace(DRAFT, name="Off", is_active=False), key="3")
    one = Round(WORKSPACE, "r", standup.id, BILLING, "k", NOON.date(), NOON, NOON + HOUR)
    async with db.write(WORKSPACE) as tx:
        await standups.add_round(tx, one)
    listed = await outlooks.open_team(db, BOB, now=NOON)
    assert (listed.team.id, listed.others) == (BILLING, [])
    by_name = {one.standup.name: (one.next_at, one.open_until) for one in listed.standups}
    assert by_name == {
        "Ours": (NOON + HOUR, NOON + HOUR),
        "Never": (NOON.replace(day=8, hour=13), None),
        "Off": (None, None),
    }
    _team, page = await outlooks.open_page(db, BOB, BILLING, standup.id, now=NOON)
    assert page in listed.standups
    _team, form = await outlooks.open_form(db, BOB, BILLING, standup.id)
    assert form == replace(page, next_at=None)


async def test_a_lead_begins_with_their_own_team_and_an_admin_with_any(db: Database) -> None:
    for person, part, team_id, others in (
        (CHARLIE, "", SHIPPING, 0),
        (CHARLIE, "bill", SHIPPING, 0),
        (ADA, "", BILLING, 1),
        (ADA, "SHIP", SHIPPING, 0),
        (MARA, "", BILLING, 0),
    ):
        found = await outlooks.open_team(db, person, part=part, now=NOON)
        assert (found.team.id, len(found.others)) == (team_id, others)
    for person in (ALICE, OLGA, NOBODY):
        with pytest.raises(Denied):
            await outlooks.open_team(db, person, now=NOON)


async def test_the_calendar_of_what_a_form_holds_before_anything_is_saved(db: Database) -> None:
    early = replace(DRAFT, at="09:00", asked=("lead",))
    found = await outlooks.foresee(db, BOB, BILLING, "", early, now=NOON)
    assert [one.person_id for one in found.lines] == [BEN.id, BOB.id]
    assert [one.why for one in found.lines[0].entries] == [Why.OVER, None, None, None]
    standup = await add(db)
    saved = await outlooks.foresee(db, BOB, BILLING, standup.id, now=NOON)
    assert saved.standup == standup
    assert {one.person_id for one in saved.lines} == {ALICE.id, BEN.id, BOB.id}
    changed = replace(settings_draft_of(standup), at="15:30")
    unsaved = await outlooks.foresee(db, BOB, BILLING, standup.id, changed, now=NOON)
    assert unsaved.standup.schedule.at == time(15, 30)
    assert (await kept(db, standup.id))[0] == standup
