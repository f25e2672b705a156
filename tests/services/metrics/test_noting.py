"""Notes beside numbers: who leads writes them, they are shown until their day, and nobody overwrites what they did not see."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.metrics.comparison.notes import NoteDraft
from bot.rules.metrics.comparison.scopes import Scope
from bot.rules.metrics.digest.cadences import Cadence, period_of
from bot.services.metrics.comparison import lines, noting
from bot.text import Text
from bot.views.metrics.noting import form
from sandbox.block_kit import check
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
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.services.floor import by_id, furnish

TODAY = date(2026, 3, 2)
DRAFT = NoteDraft("csat", "New survey <!channel>", TODAY + timedelta(days=3))
LATER = NOON + timedelta(days=4)


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await furnish(db)


async def save(
    db: Database,
    person: Person = BOB,
    draft: NoteDraft = DRAFT,
    *,
    key: str = "1",
    seen_at: datetime = NOON,
    now: datetime = NOON,
    team_id: str = BILLING,
) -> None:
    await noting.save(db, person, team_id, draft, seen_at, key=key, now=now)


async def shown(db: Database, *, now: datetime = NOON, team_id: str = BILLING) -> str:
    async with db.read(WORKSPACE) as tx:
        period = period_of(Cadence.DAILY, TODAY)
        scope = Scope((team_id,))
        [line] = await lines.lines_of(tx, scope, ["csat"], period, Cadence.DAILY, now=now)
    return line.note


@pytest.mark.parametrize("person", [BOB, MARA, ADA], ids=by_id)
async def test_it_stands_beside_the_number_until_its_day(db: Database, person: Person) -> None:
    await save(db, person)
    assert await shown(db) == DRAFT.words
    assert await shown(db, now=LATER - timedelta(days=1)) == DRAFT.words
    assert await shown(db, now=LATER) == ""
    assert await shown(db, team_id=SHIPPING) == ""


@pytest.mark.parametrize("person", [ALICE, OLGA, CHARLIE, NOBODY, STRANGER], ids=by_id)
async def test_nobody_else_writes_one(db: Database, person: Person) -> None:
    with pytest.raises(Refused):
        await save(db, person)
    with pytest.raises(Refused):
        await noting.open_notes(db, person, BILLING, now=NOON)


@pytest.mark.parametrize("person", [ALICE, NOBODY], ids=by_id)
async def test_who_leads_nothing_is_told_who_may(db: Database, person: Person) -> None:
    with pytest.raises(Refused) as refused:
        await noting.open_notes(db, person, now=NOON)
    assert refused.value.message == noting.NOBODY_SETS


async def test_the_form_shows_what_there_is(db: Database) -> None:
    await save(db)
    seen = await noting.open_notes(db, BOB, now=NOON)
    view = form(seen, Text())
    assert check.view(view, "modal") == []
    assert "*CSAT* “New survey &lt;!channel&gt;” until Mar 5, 2026, by <@U0BOB>" in str(view)
    everywhere = form(await noting.open_notes(db, ADA, now=NOON), Text())
    assert check.view(everywhere, "modal") == []
    assert "Billing: *CSAT*" in str(everywhere)


async def test_without_words_it_is_gone(db: Database) -> None:
    await save(db)
    await save(db, draft=NoteDraft("csat", " ", None), key="2")
    assert await shown(db) == ""


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (NoteDraft("", "Why", TODAY), "metric"),
        (NoteDraft("nothing", "Why", TODAY), "metric"),
        (NoteDraft("csat", "x" * 301, TODAY), "words"),
        (NoteDraft("csat", "Why", None), "until"),
        (NoteDraft("csat", "Why", TODAY - timedelta(days=1)), "until"),
        (NoteDraft("csat", "Why", TODAY + timedelta(days=400)), "until"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    db: Database, draft: NoteDraft, field: str
) -> None:
    with pytest.raises(FormProblems) as refused:
        await save(db, draft=draft)
    assert set(refused.value.problems) == {field}
    assert await shown(db) == ""


async def test_the_same_request_twice_is_heard_once(db: Database) -> None:
    await save(db)
    with pytest.raises(AlreadyHeard):
        await save(db, draft=NoteDraft("csat", "Other", TODAY))
    assert await shown(db) == DRAFT.words


async def test_nobody_overwrites_what_they_did_not_see(db: Database) -> None:
    await save(db, MARA, now=NOON + timedelta(minutes=1))
    with pytest.raises(Stale) as refused:
        await save(
            db, draft=NoteDraft("csat", "Other", TODAY), key="2", now=NOON + timedelta(minutes=2)
        )
    assert refused.value.values == {"who": "<@U0MARA>"}
    await save(db, draft=NoteDraft("aht", "Other", TODAY), key="3", now=NOON + timedelta(minutes=3))
    assert await shown(db) == DRAFT.words


async def test_of_two_at_once_one_is_told_of_the_other(db: Database) -> None:
    later = NOON + timedelta(minutes=1)
    other = NoteDraft("csat", "Other", TODAY)
    both = await asyncio.gather(
        save(db, BOB, now=later),
        save(db, MARA, other, key="2", now=later),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in both) == ["NoneType", "Stale"]
    assert await shown(db) == (DRAFT.words if both[0] is None else "Other")


async def test_another_workspace_is_denied(db: Database) -> None:
    with pytest.raises(Refused) as refused:
        await save(db, STRANGER)
    assert not isinstance(refused.value, Denied)
