"""`/coach` alone: what waits for whom, what is about oneself, and what is nobody else's to see."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.people import Person, Role
from bot.rules.absences import Absence
from bot.rules.absences import Kind as Away
from bot.rules.coaching import CommitmentState, Promiser, State, Verdict, Visibility
from bot.rules.coaching.inbox import (
    ABOUT_A_PAGE,
    PROMISES_A_PAGE,
    WAITING_A_PAGE,
    InboxSeen,
    Quiet,
    Waits,
)
from bot.rules.coaching.settings import CoachingSettings
from bot.services.coaching import inbox
from bot.text import Text
from bot.views.coaching import inbox as views
from storage import absences, members, teams
from storage.coaching import settings
from storage.database import Database
from tests import casebook, notes
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
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.services.floor import by_id

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
OLD = {"written_at": NOON - 3 * DAY, "shared_at": NOON - 2 * DAY}


@pytest.fixture(autouse=True)
async def _cast(db: Database) -> None:
    await casebook.set_up(db)


async def see(db: Database, person: Person, *, page: int = 0, about_page: int = 0) -> InboxSeen:
    return await inbox.see(db, person, page=page, about_page=about_page, now=NOON)


async def waiting(db: Database, person: Person) -> Sequence[Waits]:
    seen = await see(db, person)
    assert seen.waiting
    return [one.waits for one in seen.waiting.items if one.waits is not Waits.QUIET]


async def test_what_is_not_acknowledged_for_two_days(db: Database) -> None:
    await notes.keep(db, State.SHARED, **OLD)
    await notes.keep(db, State.SHARED, shared_at=NOON - 2 * DAY + timedelta(minutes=1))
    await notes.keep(db, State.ACKNOWLEDGED, **OLD)
    assert await waiting(db, BOB) == [Waits.UNREAD]
    for person in (BEN, MARA, CHARLIE):
        assert await waiting(db, person) == []


async def test_commitments_that_are_overdue_mine_and_theirs(db: Database) -> None:
    note = await notes.keep(db, State.ACKNOWLEDGED)
    theirs = await notes.promise(db, note, days=-1)
    await notes.promise(db, note, days=0)  # today there is still time
    mine = await notes.promise(db, note, days=-2, promiser=Promiser.LEAD)
    later = await notes.promise(db, note, days=2, promiser=Promiser.LEAD)
    await notes.promise(db, note, days=-2, state=CommitmentState.DONE)
    seen = await see(db, BOB)
    assert seen.waiting
    found = [(one.waits, one.commitment) for one in seen.waiting.items if one.commitment]
    assert found == [(Waits.MINE_OVERDUE, mine), (Waits.THEIRS_OVERDUE, theirs)]
    assert seen.about.commitments == [later]
    about = (await see(db, ALICE)).about
    assert [one.due_on for one in about.commitments] == [
        (NOON - DAY).date(),
        NOON.date(),
    ]
    assert about.settleable == {one.id for one in about.commitments}


async def test_follow_ups_whose_day_has_come(db: Database) -> None:
    due = await notes.keep(db, State.CLOSED, follow_up_on=NOON.date())
    await notes.keep(db, State.CLOSED, follow_up_on=(NOON + DAY).date())
    await notes.keep(db, State.CLOSED, follow_up_on=NOON.date(), followed_up_at=NOON)
    await notes.keep(db, follow_up_on=NOON.date())  # it is a draft, and waits as one
    seen = await see(db, BOB)
    assert seen.waiting
    found = [(one.waits, one.note.id) for one in seen.waiting.items if one.note][:-1]
    assert (found, seen.waiting.counts[Waits.FOLLOW_UP]) == ([(Waits.FOLLOW_UP, due.id)], 1)


async def test_what_is_shared_with_me_waits_until_i_have_read_it(db: Database) -> None:
    note = await notes.keep(db, State.SHARED)
    seen = await see(db, ALICE)
    assert seen.waiting
    assert [(one.waits, one.note and one.note.id) for one in seen.waiting.items] == [
        (Waits.TO_READ, note.id)
    ]
    assert (seen.may_write, (await see(db, BOB)).may_write) == (False, True)


async def test_disputes_for_whoever_decides_and_amendments_for_the_author(db: Database) -> None:
    await notes.keep(db, State.DISPUTED, decider_id=ADA.id, disputed_at=NOON)
    await notes.keep(
        db, State.DECIDED, decider_id=MARA.id, verdict=Verdict.AMENDED, decided_at=NOON
    )
    assert await waiting(db, ADA) == [Waits.DECIDE]  # who leads nobody, and has something to do
    assert await waiting(db, BOB) == [Waits.AMEND]
    assert await waiting(db, MARA) == []


async def test_drafts_and_private_notes_are_only_their_authors(db: Database) -> None:
    await notes.keep(db)
    await notes.keep(db, visibility=Visibility.PRIVATE)
    assert await waiting(db, BOB) == [Waits.DRAFT, Waits.DRAFT]
    for person in (BEN, MARA):
        assert await waiting(db, person) == []
    for person in (ALICE, OLGA, ADA):
        seen = await see(db, person)
        assert (seen.waiting, seen.about.notes) == (None, [])


async def test_who_leads_no_more_keeps_only_their_drafts(db: Database) -> None:
    await notes.keep(db)
    note = await notes.keep(db, State.SHARED, follow_up_on=NOON.date(), **OLD)
    await notes.promise(db, note, days=-2)
    seen = await see(db, replace(BOB, roles={}))
    assert seen.waiting
    assert [one.waits for one in seen.waiting.items] == [Waits.DRAFT]


async def quiet(db: Database, person: Person, *, now: datetime = NOON) -> list[Quiet]:
    seen = await inbox.see(db, person, page=0, about_page=0, now=now)
    return [one.quiet for one in seen.waiting.items if one.quiet] if seen.waiting else []


async def test_whom_nobody_has_coached_for_long(db: Database) -> None:
    nobody_yet = [Quiet(ALICE.id, BILLING)]
    assert await quiet(db, BOB) == nobody_yet
    assert await quiet(db, ALICE) == []
    await notes.keep(db)  # a draft is no coaching
    assert await quiet(db, BOB) == nobody_yet
    four_weeks = NOON - 4 * WEEK
    await notes.keep(db, State.CLOSED, author_id=BEN.id, shared_at=four_weeks - DAY)
    assert await quiet(db, BOB) == [Quiet(ALICE.id, BILLING, four_weeks - DAY)]
    await notes.keep(db, State.CLOSED, author_id=BEN.id, shared_at=four_weeks)
    assert await quiet(db, BOB) == []
    assert await quiet(db, CHARLIE) == [Quiet(DAN.id, SHIPPING)]


async def test_a_note_that_was_withdrawn_is_no_coaching(db: Database) -> None:
    await notes.keep(db, State.CLOSED, shared_at=NOON - DAY, verdict=Verdict.WITHDRAWN)
    assert await quiet(db, BOB) == [Quiet(ALICE.id, BILLING)]
    await notes.keep(db, State.CLOSED, shared_at=NOON - DAY, verdict=Verdict.STANDS)
    assert await quiet(db, BOB) == []


async def test_who_is_away_is_not_pointed_at(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        gone = Absence(WORKSPACE, "away", ALICE.id, Away.SICK, NOON - DAY, NOON + DAY)
        await absences.add(tx, gone)
    assert await quiet(db, BOB) == []
    assert [one.person_id for one in await quiet(db, BOB, now=NOON + DAY)] == [ALICE.id]


async def test_a_team_chooses_how_long_is_long(db: Database) -> None:
    await notes.keep(db, State.CLOSED, shared_at=NOON - 3 * WEEK)
    for weeks, count in ((2, 1), (3, 0), (0, 0)):
        async with db.write(WORKSPACE) as tx:
            before = await settings.settings_of(tx, BILLING)
            await settings.save_settings(tx, replace(before, quiet_weeks=weeks))
        assert len(await quiet(db, BOB)) == count, weeks


async def test_never_means_never(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await settings.save_settings(tx, CoachingSettings(WORKSPACE, BILLING, quiet_weeks=0))
    assert await quiet(db, BOB) == []


async def test_a_manager_looks_after_leads_too_and_a_department_after_managers(
    db: Database,
) -> None:
    assert {one.person_id for one in await quiet(db, MARA)} == {ALICE.id, BOB.id, BEN.id}
    async with db.write(WORKSPACE) as tx:
        team = await teams.get(tx, BILLING)
        await teams.change(tx, replace(team, department_id=SHIPPING))
        await members.add(tx, SHIPPING, Role.MANAGER, [NOBODY.id])
    director = replace(NOBODY, roles={SHIPPING: frozenset({Role.MANAGER})})
    found = {(one.person_id, one.team_id) for one in await quiet(db, director)}
    assert found == {(CHARLIE.id, SHIPPING), (DAN.id, SHIPPING), (MARA.id, BILLING)}


async def test_everything_that_is_shared_with_me_newest_first_in_pages(db: Database) -> None:
    shared = [
        await notes.keep(db, State.CLOSED, shared_at=NOON - number * DAY)
        for number in range(ABOUT_A_PAGE + 1)
    ]
    first = (await see(db, ALICE)).about
    assert [one.id for one in first.notes] == [one.id for one in shared[:ABOUT_A_PAGE]]
    assert first.has_more
    assert not any(one.body.parts for one in first.notes)  # a list holds no words
    second = (await see(db, ALICE, about_page=1)).about
    assert ([one.id for one in second.notes], second.has_more) == ([shared[-1].id], False)
    assert (await see(db, ALICE, about_page=99)).about == first


async def test_what_i_promised_is_turned_together_with_the_notes(db: Database) -> None:
    note = await notes.keep(db, State.CLOSED)
    for number in range(PROMISES_A_PAGE + 1):
        await notes.promise(db, note, f"{number}", days=number)
    first = (await see(db, ALICE)).about
    assert (len(first.notes), first.has_more) == (1, True)
    second = (await see(db, ALICE, about_page=1)).about
    assert (second.page, list(second.notes), second.has_more) == (1, [], False)
    drawn = str(views.inbox(await see(db, ALICE, about_page=1), Text()))
    assert "due on Mar 8, 2026" in drawn
    assert "due on Mar 7, 2026" not in drawn


async def test_it_stays_after_a_change_of_team(db: Database) -> None:
    note = await notes.keep(db, State.CLOSED)
    elsewhere = replace(ALICE, roles={SHIPPING: frozenset({Role.AGENT})})
    assert [one.id for one in (await see(db, elsewhere)).about.notes] == [note.id]


async def test_what_waits_comes_in_pages_in_one_order(db: Database) -> None:
    for _number in range(WAITING_A_PAGE):
        await notes.keep(db)
    await notes.keep(db, State.SHARED, **OLD)
    first = (await see(db, BOB)).waiting
    assert first
    assert (first.pages, first.total, first.counts[Waits.DRAFT]) == (2, 13, WAITING_A_PAGE)
    assert first.items[0].waits is Waits.UNREAD
    last = (await see(db, BOB, page=99)).waiting
    assert last
    assert (last.page, [one.waits for one in last.items]) == (1, [Waits.DRAFT])


@pytest.mark.parametrize("person", [NOBODY, STRANGER, ALICE], ids=by_id)
async def test_for_whom_nothing_waits_there_is_no_such_part(db: Database, person: Person) -> None:
    await notes.keep(db, State.SHARED, agent_id=BEN.id, **OLD)
    seen = await see(db, person)
    assert seen.waiting is None
    assert (seen.about.notes, seen.about.commitments) == ([], [])


async def test_home_counts_what_waits(db: Database) -> None:
    note = await notes.keep(db, State.SHARED, **OLD)
    await notes.promise(db, note, days=-1)
    async with db.read(WORKSPACE) as tx:
        mine = await inbox.waits(tx, ALICE, now=NOON)
        bobs = await inbox.waits(tx, BOB, now=NOON)
        assert await inbox.waits(tx, OLGA, now=NOON) is None
    assert mine
    assert bobs
    assert dict(mine.counts) == {Waits.TO_READ: 1, Waits.MINE_OVERDUE: 1}
    assert dict(bobs.counts) == {Waits.UNREAD: 1, Waits.THEIRS_OVERDUE: 1}
