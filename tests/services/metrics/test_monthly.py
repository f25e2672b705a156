"""The monthly report: of the team that is named or one's own, with a file for each who reads it privately, and only once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.errors import Denied, Refused
from bot.people import Person
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.digest.digests import About as Whose
from bot.rules.metrics.digest.digests import Choice
from bot.rules.reports import About, Period, unpack
from bot.services.metrics.digest import monthly
from bot.services.metrics.store import rolling
from bot.text import Text
from bot.views.metrics import digest as views
from bot.views.reports.ids import EXPORT
from sandbox.block_kit import check
from storage.database import Database
from storage.exports import ExportRow
from tests.cast import (
    ALICE,
    BILLING,
    BOB,
    CHARLIE,
    NOBODY,
    NOON,
    OLGA,
    STRANGER,
    WORKSPACE,
)
from tests.services.metrics.digests import CHANNEL, DRAFT, live, make, rate, said, set_up
from tests.services.metrics.store import CLOCK, bring, fact

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
APRIL = datetime(2026, 4, 1, 6, 0, 10, tzinfo=UTC)  # eight in Berlin
MONTHLY = replace(DRAFT, cadence=Cadence.MONTHLY, working_day=1, has_workbook=True)


async def wanted(db: Database) -> dict[str, str]:
    """What was asked for, by whom."""
    async with db.read(WORKSPACE) as tx:
        return {row.asked_by: row.asked for row in await tx.scalars(select(ExportRow))}


async def test_a_month_is_told_with_its_numbers(db: Database) -> None:
    await set_up(db)
    await rate(db, date(2026, 2, 3), 80, 100)
    await rate(db, date(2026, 2, 4), 10, 100, person=BOB.id)
    for person in (ALICE, BOB, OLGA):
        told = await monthly.report(db, person, "", now=NOON)
        assert (told.about, told.period) == ("Billing", FEBRUARY)
        assert {one.metric.key: one.value.amount for one in told.lines}["csat"] == 45
        assert told.people == ()
        text, _blocks = views.message(told, Text())
        assert text.startswith("Monthly report")
        assert "CSAT" in text


async def test_another_month_and_a_team_can_be_named(db: Database) -> None:
    await set_up(db)
    await rate(db, date(2026, 1, 5), 30, 40)
    told = await monthly.report(db, BOB, "2026-01 billing", now=NOON)
    assert told.period == Period(date(2026, 1, 1), date(2026, 1, 31))
    with pytest.raises(Refused, match="no numbers of Billing in this month"):
        await monthly.report(db, BOB, "2026-02", now=NOON)
    with pytest.raises(Refused, match="no team"):
        await monthly.report(db, CHARLIE, "2026-01 Billing", now=NOON)


async def test_what_digests_told_wrongly_of_the_month_is_said(db: Database) -> None:
    """Whoever asks, and once; of a digest about one person, or of other days, nothing."""
    await set_up(db)
    await rate(db, date(2026, 3, 3), 80, 100)
    await make(db, MONTHLY)
    await make(db, replace(MONTHLY, name="Again", readers=(BOB.id,), channel=""), key="2")
    about = replace(MONTHLY, about=Whose.PERSON, person_id=ALICE.id, readers=(BOB.id,), channel="")
    await make(db, replace(about, metrics=("rating",)), key="3")
    await live(db, APRIL)
    for person in (ALICE, OLGA):
        assert "Corrected" not in await reported(db, person)
    await bring(db, [fact("late", date(2026, 3, 4), ratings=100, ratings_good=50)])
    while await rolling.roll_next(db, CLOCK, now=APRIL):
        pass
    await live(db, APRIL + timedelta(hours=2))
    for person in (ALICE, OLGA):
        told = await reported(db, person)
        assert told.count("Corrected on Apr 1, 2026: CSAT was 80 %, is 65 %.") == 1
        assert "Mean rating was" not in told
    await rate(db, date(2026, 2, 3), 80, 100)
    assert "Corrected" not in await reported(db, ALICE, "2026-02")


async def reported(db: Database, person: Person, month: str = "2026-03") -> str:
    found = await monthly.report(db, person, f"{month} Billing", now=APRIL + timedelta(days=20))
    text, blocks = views.message(found, Text())
    assert check.message(blocks) == []
    assert ("Corrected" in str(blocks)) is ("Corrected" in text)
    return text


async def test_nobody_sees_what_is_not_theirs(db: Database) -> None:
    await set_up(db)
    await rate(db, date(2026, 2, 3), 80, 100)
    for person in (NOBODY, CHARLIE, STRANGER):
        with pytest.raises((Denied, Refused)):
            await monthly.report(db, person, "2026-02 Billing", now=NOON)


async def test_each_reader_gets_a_file_with_their_own_rights_once(db: Database) -> None:
    await set_up(db)
    await rate(db, date(2026, 3, 3), 80, 100)
    await make(db, replace(MONTHLY, channel="", readers=(BOB.id, OLGA.id)))
    await live(db, APRIL)
    await live(db, APRIL + timedelta(hours=1))
    found = await wanted(db)
    assert found.keys() == {BOB.id, OLGA.id}
    asked = unpack(found[BOB.id])
    assert (asked.about, asked.team_ids, asked.period.first) == (
        About.METRICS,
        (BILLING,),
        date(2026, 3, 1),
    )
    assert asked.choice.kinds == DRAFT.metrics


async def test_in_a_channel_there_is_a_button_instead(db: Database) -> None:
    await set_up(db)
    await rate(db, date(2026, 3, 3), 80, 100)
    digest = await make(db, MONTHLY)
    await live(db, APRIL)
    assert await wanted(db) == {}
    assert "CSAT" in await said(db, CHANNEL, now=APRIL)
    told = replace(await monthly.report(db, BOB, "2026-03", now=APRIL), digest=digest)
    _text, blocks = views.message(told, Text())
    [button] = [
        one
        for block in blocks
        for one in block.get("elements", ())
        if one.get("action_id") == EXPORT
    ]
    assert unpack(button["value"]).team_ids == (BILLING,)


@pytest.mark.parametrize(
    "draft",
    [
        replace(MONTHLY, has_workbook=False),
        replace(MONTHLY, cadence=Cadence.WEEKLY),
        replace(MONTHLY, about=Whose.PERSON, person_id=ALICE.id),
    ],
    ids=["not chosen", "weekly", "of one person"],
)
async def test_of_nothing_else_there_are_files(db: Database, draft: object) -> None:
    await set_up(db)
    await rate(db, date(2026, 3, 3), 80, 100)
    assert isinstance(draft, type(MONTHLY))
    digest = await make(db, replace(draft, channel="", readers=(BOB.id,)))
    assert not digest.choice.has_workbook
    await live(db, APRIL)
    assert await wanted(db) == {}


def test_it_is_kept_with_the_digest() -> None:
    choice = Choice(has_workbook=True)
    assert Choice.from_json(choice.to_json()) == choice
