"""Targets: who sets and sees them, that the past keeps its own, and that nobody undoes somebody else's unseen."""

import asyncio
from collections.abc import Awaitable
from datetime import date, datetime, timedelta

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.metrics.alert.targets import Draft, Target
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.services.metrics.alert import targets
from bot.text import Text
from bot.views.metrics.targets import draft_of, form, page
from storage.database import Database
from storage.metrics import targets as stored
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

TODAY = date(2026, 3, 2)
LATER = NOON + timedelta(days=7)
DRAFT = Draft("csat", "", "80 %", TODAY)


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await furnish(db)


async def save(
    db: Database,
    person: Person = BOB,
    draft: Draft = DRAFT,
    seen_at: datetime | None = None,
    *,
    key: str = "1",
    now: datetime = NOON,
) -> Target:
    return await targets.save(db, person, BILLING, draft, seen_at, key=key, now=now)


async def amount(
    db: Database, day: date, person_id: str = "", metric: str = "csat"
) -> float | None:
    async with db.read(WORKSPACE) as tx:
        found = await targets.targets_on(tx, [BILLING], day)
    return found.amount(metric, BILLING, person_id)


async def problems(saving: Awaitable[object]) -> set[str]:
    with pytest.raises(FormProblems) as refused:
        await saving
    return set(refused.value.problems)


@pytest.mark.parametrize("person", [BOB, MARA, ADA], ids=by_id)
async def test_who_leads_sets_it_and_all_of_the_team_see_who_did(
    db: Database, person: Person
) -> None:
    await save(db, person)
    seen = await targets.see(db, ALICE, now=NOON)
    drawn = str(page(seen, 0, Text()))
    assert "*CSAT* 80 %" in drawn
    assert f"since Mar 2, 2026 · set by <@{person.id}>" in drawn
    assert "Change" not in drawn


@pytest.mark.parametrize("person", [ALICE, OLGA, CHARLIE, DAN, NOBODY], ids=by_id)
async def test_nobody_else_does(db: Database, person: Person) -> None:
    with pytest.raises(Denied):
        await save(db, person)
    with pytest.raises(Denied):
        await targets.see_to_set(db, person, BILLING, now=NOON)
    assert await amount(db, TODAY) is None


async def test_another_workspace_finds_no_team(db: Database) -> None:
    await save(db)
    with pytest.raises(Refused):
        await save(db, STRANGER)
    async with db.read(STRANGER.workspace_id) as tx:
        assert (await targets.targets_on(tx, [BILLING], TODAY)).amounts == {}


async def test_a_new_one_ends_the_one_before_and_the_past_keeps_what_it_was(db: Database) -> None:
    first = await save(db)
    draft = Draft("csat", "", "85", date(2026, 3, 9))
    await save(db, MARA, draft, first.at, key="2", now=LATER)
    assert await amount(db, date(2026, 3, 8)) == 80
    assert await amount(db, date(2026, 3, 9)) == 85
    earlier = Draft("csat", "", "90", date(2026, 3, 8))
    assert await problems(save(db, BOB, earlier, LATER, key="3", now=LATER)) == {"first_day"}


async def test_bad_input_saves_nothing(db: Database) -> None:
    assert await problems(save(db, draft=Draft("csat", "", "3:45"))) == {"amount", "first_day"}
    assert await problems(save(db, draft=Draft("no-such", "", "1", TODAY))) == {"metric"}
    assert await problems(save(db, draft=Draft("contacts", "", "1", TODAY))) == {"metric"}
    assert await amount(db, TODAY) is None


async def test_twice_is_once_and_who_comes_second_is_told(db: Database) -> None:
    await save(db)
    with pytest.raises(AlreadyHeard):
        await save(db)
    with pytest.raises(Stale, match=BOB.id):
        await save(db, BEN, key="2")
    later = Draft("csat", "", "85", date(2026, 3, 9))
    found = await asyncio.gather(
        *(save(db, who, later, NOON, key=who.id, now=LATER) for who in (BEN, MARA)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in found) == ["Stale", "Target"]


async def test_somebodys_own_is_set_by_their_chain_and_seen_by_them_and_it_alone(
    db: Database,
) -> None:
    own = Draft("csat", ALICE.id, "90", TODAY)
    await save(db, draft=own)
    assert await amount(db, TODAY, ALICE.id) == 90
    assert await amount(db, TODAY) is None
    for person, sees in ((ALICE, True), (BOB, True), (MARA, True), (OLGA, False), (ADA, False)):
        seen = await targets.see(db, person, BILLING, now=NOON)
        assert (f"for <@{ALICE.id}>" in str(page(seen, 0, Text()))) is sees
    assert await problems(save(db, ADA, own, NOON, key="2")) == {"person"}
    assert await problems(save(db, BOB, Draft("csat", BOB.id, "9", TODAY), key="3")) == {"person"}
    assert await problems(save(db, BOB, Draft("csat", DAN.id, "9", TODAY), key="4")) == {"person"}


async def test_ending_it_keeps_the_past_and_is_no_right_of_others(db: Database) -> None:
    target = await save(db)
    with pytest.raises(Denied):
        await targets.end(db, ALICE, BILLING, target.id, key="e", now=LATER)
    await targets.end(db, BOB, BILLING, target.id, key="e", now=LATER)
    assert await amount(db, date(2026, 3, 8)) == 80
    assert await amount(db, date(2026, 3, 9)) is None
    with pytest.raises(Stale, match="not there"):
        await targets.end(db, BOB, BILLING, "gone", key="e2", now=LATER)


async def test_somebodys_own_is_ended_by_their_chain_alone(db: Database) -> None:
    target = await save(db, draft=Draft("csat", ALICE.id, "90", TODAY))
    assert await problems(targets.end(db, ADA, BILLING, target.id, key="e", now=LATER)) == {
        "person"
    }
    async with db.read(WORKSPACE) as tx:
        assert await stored.of_teams(tx, [BILLING]) == [target]


async def test_the_form_shows_what_it_is_and_the_ones_before(db: Database) -> None:
    await save(db)
    await save(
        db, draft=Draft("csat", "", "85", date(2026, 3, 9)), seen_at=NOON, key="2", now=LATER
    )
    seen = await targets.see_to_set(db, BOB, BILLING, now=LATER)
    newest = seen.targets[-1]
    drawn = str(form(seen, draft_of(newest, seen.metrics["csat"], seen, DecimalSign.POINT), Text()))
    assert "'initial_value': '85'" in drawn
    assert "80 % · since Mar 2, 2026 until Mar 8, 2026" in drawn
