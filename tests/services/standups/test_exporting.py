"""Files with stand-ups: for those who lead, made once whatever happens, and with nobody's mood who does not share it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import AlreadyHeard, Denied
from bot.people import Person, Role, system
from bot.rules.reports import About, Asked, Period, unpack
from bot.rules.reports.exports import LEASE
from bot.rules.standups import Blocker
from bot.services import reports
from bot.services.reports import Uploaded
from bot.services.standups import exporting, sharing
from schedules.exports import Exporter
from storage import members, standups
from storage.database import Database
from tests import casebook
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
    STRANGER,
    WORKSPACE,
)
from tests.clock import MovableClock
from tests.patience import PATIENT
from tests.schedules.test_exports import Shelf
from tests.services.reports.test_exporting import files
from tests.standups import close, focused, round_of

MARCH = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)), about=About.STANDUPS)
CLOCK = system(WORKSPACE)


async def want(db: Database, person: Person = BOB, asked: Asked = MARCH, key: str = "w") -> None:
    await reports.want(db, person, asked, key=key, now=NOON)


def test_what_is_asked_for_goes_into_a_button_and_back() -> None:
    for asked in (
        MARCH,
        replace(MARCH, team_ids=("a", "b")),
        replace(MARCH, about=About.ESCALATIONS),
    ):
        assert unpack(asked.packed()) == asked


async def test_only_those_who_lead_have_a_file_and_only_of_their_teams(db: Database) -> None:
    await casebook.set_up(db)
    for person in (ALICE, OLGA, ADA, NOBODY, STRANGER):
        with pytest.raises(Denied):
            await want(db, person, key=person.id)
    with pytest.raises(Denied):
        await want(db, CHARLIE, replace(MARCH, team_ids=(BILLING,)))
    with pytest.raises(Denied):
        await want(db, BOB, replace(MARCH, team_ids=(BILLING, SHIPPING)))
    for person in (BOB, BEN, MARA):
        await want(db, person, key=person.id)


async def test_a_file_is_made_of_the_rounds_of_these_days_and_teams(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, answers={ALICE.id: focused("Refunds")})
    await round_of(db, at=NOON + timedelta(days=40))
    async with db.write(WORKSPACE) as tx:
        said = Blocker(WORKSPACE, "b1", BILLING, one.id, ALICE.id, "No access", NOON, NOON)
        await standups.add_blockers(tx, said)
    await want(db)
    job = await reports.begin(db, CLOCK, now=NOON)
    assert job
    assert list(job.batches) == [[one.id]]
    [held], names = await reports.read(db, CLOCK, job, [one.id, "gone"], now=NOON)
    assert (held.round, [seat.person_id for seat in held.seats]) == (one, [ALICE.id, BOB.id])
    assert [blocker.words for blocker in held.blockers] == ["No access"]
    assert names == {ALICE.id: "Alice", BOB.id: "Bob"}
    assert held.sharing == frozenset()


async def test_whose_mood_may_be_known_is_asked_while_it_is_made(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    for shares in (True, False):
        await sharing.share_mood(db, ALICE, shares=shares, key=str(shares), now=NOON)
        async with db.read(WORKSPACE) as tx:
            [held], _names = await exporting.read(tx, [one.id])
        assert held.sharing == (frozenset({ALICE.id}) if shares else frozenset())


async def test_the_same_wish_twice_is_one_file_and_a_crash_loses_none(db: Database) -> None:
    """A process dies after it began: another one makes the file when the lease is over, and the first comes too late."""
    await casebook.set_up(db)
    await want(db)
    with pytest.raises(AlreadyHeard):
        await want(db)
    first = await reports.begin(db, CLOCK, now=NOON)
    assert await reports.begin(db, CLOCK, now=NOON) is None
    second = await reports.begin(db, CLOCK, now=NOON + LEASE)
    assert first
    assert second
    brought = Uploaded("F1", "D0BOB", "standups.xlsx", 2)
    assert await reports.hand_over(db, CLOCK, second, brought, now=NOON + LEASE)
    assert not await reports.hand_over(db, CLOCK, first, brought, now=NOON + LEASE)
    [row] = await files(db)
    assert row.lane == BOB.id
    assert (row.words or "").startswith("The stand-ups from Mar 1, 2026 to Mar 31, 2026: 2 lines.")


async def test_who_does_not_lead_any_more_gets_none(db: Database) -> None:
    await casebook.set_up(db)
    await want(db)
    async with db.write(WORKSPACE) as tx:
        await members.set_chosen(tx, BILLING, {Role.AGENT: [BOB.id]})
    assert await reports.begin(db, CLOCK, now=NOON) is None
    [told] = await casebook.said(db, BOB.id)
    assert "stand-ups from Mar 1, 2026 to Mar 31, 2026 could not be made. You may not see" in told


async def test_it_is_brought_to_slack_by_the_same_loop_as_every_file(sqlite_url: str) -> None:
    db = Database(sqlite_url, PATIENT)
    await casebook.set_up(db)
    await close(db, await round_of(db, answers={ALICE.id: focused("Refunds")}))
    await want(db)
    slack = Shelf(sheet="Answers", column=10)
    assert await Exporter(db, MovableClock(), lambda _workspace: slack).make_all() == 1
    assert slack.calls[1][1]["filename"] == "standups-2026-03-01-2026-03-31.xlsx"
    assert slack.books == [["Refunds", "None"]]
    await db.close()
