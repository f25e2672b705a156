"""Files with coaching notes: who may have one, of which notes, asked again while it is made, and that each leaves a look."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.errors import AlreadyHeard, Denied, Refused
from bot.people import Person, Role, system
from bot.rules.coaching import Kind, State, Visibility
from bot.rules.reports import About, Asked, Choice, Period, unpack
from bot.rules.reports.exports import ExportState
from bot.services import reports
from bot.services.coaching import exporting
from bot.services.reports import Job
from schedules.exports import Exporter
from storage import exports, members, teams
from storage.base import new_id
from storage.coaching.rows import LookRow, NoteRow
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
from tests.clock import MovableClock
from tests.schedules.test_exports import Shelf
from tests.services.reports.test_exporting import files

MARCH = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)), about=About.COACHING)
CLOCK = system(WORKSPACE)
SHARED = [one for one in State if one is not State.DRAFT]


async def want(db: Database, person: Person = BOB, asked: Asked = MARCH, key: str = "w") -> str:
    return (await reports.want(db, person, asked, key=key, now=NOON)).id


async def begin(db: Database) -> Job:
    job = await reports.begin(db, CLOCK, now=NOON)
    assert job
    return job


async def taken(db: Database, person: Person, asked: Asked = MARCH) -> set[str]:
    """The ids of the notes that are in this person's file."""
    await want(db, person, asked, key=new_id())
    job = await begin(db)
    found: set[str] = set()
    for ids in job.batches:
        batch, _names = await reports.read(db, CLOCK, job, ids, now=NOON)
        found |= {one.note.id for one in batch}
    await reports.cancel(db, person, job.export.id, key=job.export.id, now=NOON)
    return found


async def looks(db: Database) -> list[tuple[str, str, str, str | None]]:
    async with db.read(WORKSPACE) as tx:
        rows = await tx.scalars(select(LookRow).order_by(LookRow.person_id, LookRow.note_id))
        return [(one.person_id, one.note_id, one.kind, one.export_id) for one in rows]


async def move(db: Database, person: Person, team_id: str, *roles: Role) -> None:
    """They are this in that team, and nothing else anywhere."""
    async with db.write(WORKSPACE) as tx:
        for one in (BILLING, SHIPPING):
            found = await members.chosen(tx, one)
            kept = {role: set(ids) - {person.id} for role, ids in found.items()}
            if one == team_id:
                for role in roles:
                    kept[role] = kept.get(role, set()) | {person.id}
            await members.set_chosen(tx, one, kept)


def test_what_was_chosen_goes_into_a_row_and_back() -> None:
    choice = Choice((ALICE.id,), ("praise",), ("shared",), ("Notes",), ("coach",), is_1904=True)
    for asked in (MARCH, replace(MARCH, choice=choice, team_ids=("a", "b"))):
        assert unpack(asked.packed()) == asked


async def test_each_gets_what_they_may_and_nobody_gets_what_is_private(db: Database) -> None:
    await casebook.set_up(db)
    chain = await notes.keep(db, State.SHARED, id="chain", visibility=Visibility.CHAIN)
    await notes.keep(db, State.SHARED, id="agent")
    await notes.keep(db, State.SHARED, id="bens", author_id=BEN.id)
    await notes.keep(db, State.DRAFT, id="draft")
    await notes.keep(db, State.DRAFT, id="private", visibility=Visibility.PRIVATE)
    async with db.write(WORKSPACE) as tx:  # which never happens: what is private stays a draft
        (await tx.scalars(select(NoteRow).where(NoteRow.id == "private"))).one().state = "shared"
    assert await taken(db, ALICE) == {chain.id, "agent", "bens"}
    assert await taken(db, BOB) == {chain.id, "agent"}
    assert await taken(db, BEN) == {"bens"}
    assert await taken(db, MARA) == {chain.id}
    assert await taken(db, CHARLIE) == set()
    for person in (OLGA, ADA, NOBODY, DAN, STRANGER):
        with pytest.raises(Denied):
            await want(db, person, key=person.id)


async def test_only_what_was_chosen(db: Database) -> None:
    await casebook.set_up(db)
    await notes.keep(db, State.SHARED, id="praise")
    await notes.keep(db, State.CLOSED, id="closed", kind=Kind.REVIEW)
    late = NOON + timedelta(days=40)
    await notes.keep(db, State.SHARED, id="late", shared_at=late)
    assert await taken(db, BOB) == {"praise", "closed"}
    for choice, found in (
        (Choice(kinds=("review",)), {"closed"}),
        (Choice(states=("shared",)), {"praise"}),
        (Choice(people=(ALICE.id,)), {"praise", "closed"}),
        (Choice(people=(DAN.id,)), set()),
    ):
        assert await taken(db, BOB, replace(MARCH, choice=choice)) == found
    assert await taken(db, BOB, replace(MARCH, team_ids=(BILLING,))) == {"praise", "closed"}
    with pytest.raises(Denied):
        await want(db, BOB, replace(MARCH, team_ids=(BILLING, SHIPPING)), key="both")


async def test_the_day_of_a_note_is_its_teams_own(db: Database) -> None:
    """Half past eleven at night in UTC is the next day in Berlin."""
    await casebook.set_up(db)
    before = (NOON - timedelta(days=2)).replace(hour=23, minute=30)
    await notes.keep(db, State.SHARED, id="first of March", shared_at=before)
    assert await taken(db, BOB) == {"first of March"}


async def test_what_they_may_not_have_any_more_is_left_out_while_it_is_made(db: Database) -> None:
    await casebook.set_up(db)
    await notes.keep(db, State.SHARED, id="written")
    await notes.keep(db, State.SHARED, id="about", author_id=MARA.id, agent_id=BOB.id)
    await want(db)
    job = await begin(db)
    await move(db, BOB, SHIPPING, Role.LEAD)
    found, _names = await reports.read(db, CLOCK, job, job.ids, now=NOON)
    assert [one.note.id for one in found] == ["about"]
    assert await looks(db) == [(BOB.id, "about", "exported", job.export.id)]


async def test_whoever_may_have_nothing_any_more_is_told_so(db: Database) -> None:
    await casebook.set_up(db)
    await want(db, CHARLIE)
    await move(db, CHARLIE, SHIPPING, Role.OBSERVER)
    assert await reports.begin(db, CLOCK, now=NOON) is None
    [told] = await casebook.said(db, CHARLIE.id)
    assert "may not" in told


async def test_a_manager_of_a_department_has_what_is_shared_with_the_chain(db: Database) -> None:
    await casebook.set_up(db)
    await notes.keep(db, State.SHARED, id="chain", visibility=Visibility.CHAIN)
    assert await taken(db, CHARLIE) == set()
    await move(db, CHARLIE, SHIPPING, Role.MANAGER)
    async with db.write(WORKSPACE) as tx:
        billing = await teams.get(tx, BILLING)
        assert await teams.change(tx, replace(billing, department_id=SHIPPING))
    manager = replace(CHARLIE, roles={SHIPPING: frozenset({Role.MANAGER})})
    assert await taken(db, manager) == {"chain"}


async def test_each_note_leaves_one_look_however_often_it_is_begun(db: Database) -> None:
    await casebook.set_up(db)
    await notes.keep(db, State.SHARED, id="one")
    await notes.keep(db, State.SHARED, id="two")
    export_id = await want(db)
    job = await begin(db)
    for _try in range(2):
        await reports.read(db, CLOCK, job, job.ids, now=NOON)
    assert await looks(db) == [
        (BOB.id, "one", "exported", export_id),
        (BOB.id, "two", "exported", export_id),
    ]


async def test_a_batch_that_fails_leaves_no_look(db: Database) -> None:
    """What was not opened was not taken along."""
    await casebook.set_up(db)
    await notes.keep(db, State.SHARED, id="one")
    async with db.write(WORKSPACE) as tx:
        row = (await tx.scalars(select(NoteRow))).one()
        row.body = row.body[:-1] + bytes([row.body[-1] ^ 1])
    await want(db)
    job = await begin(db)
    with pytest.raises(Exception, match="was changed"):
        await reports.read(db, CLOCK, job, job.ids, now=NOON)
    assert await looks(db) == []


async def test_a_file_is_made_with_everybody_who_could_be_coached(db: Database) -> None:
    await casebook.set_up(db)
    note = await notes.keep(db, State.SHARED)
    await notes.promise(db, note)
    await want(db, MARA)
    slack = Shelf(sheet="Summary per person", column=0)
    await Exporter(db, MovableClock(), lambda _workspace: slack).make_all()
    assert slack.books == [["Alice", "Ben", "Bob"]]
    [file] = await files(db)
    assert file.words
    assert "Only you got this file" in file.words
    assert notes.BODY.parts[next(iter(notes.BODY.parts))] not in file.words


async def test_what_was_chosen_is_remembered_but_not_whom(db: Database) -> None:
    await casebook.set_up(db)
    chosen = Choice((ALICE.id,), without=("coach",), is_1904=True)
    await want(db, BOB, replace(MARCH, choice=chosen))
    assert await exporting.last_choice(db, BOB) == replace(chosen, people=())
    await want(db, BOB, MARCH, key="again")
    assert await exporting.last_choice(db, BOB) == Choice()
    assert await exporting.last_choice(db, BEN) == Choice()
    with pytest.raises(Denied):
        await exporting.last_choice(db, OLGA)


async def test_the_same_request_twice_is_one_file(db: Database) -> None:
    await casebook.set_up(db)
    await want(db)
    with pytest.raises(AlreadyHeard):
        await want(db)


async def test_who_asked_can_cancel_it_and_nobody_else(db: Database) -> None:
    await casebook.set_up(db)
    export_id = await want(db)
    for other in (MARA, ADA):
        with pytest.raises(Denied):
            await reports.cancel(db, other, export_id, key=other.id, now=NOON)
    with pytest.raises(Refused):
        await reports.cancel(db, STRANGER, export_id, key="s", now=NOON)
    for key in ("1", "2"):
        await reports.cancel(db, BOB, export_id, key=key, now=NOON)
    assert await reports.begin(db, CLOCK, now=NOON) is None


async def test_what_is_cancelled_while_it_is_made_is_not_handed_over(db: Database) -> None:
    await casebook.set_up(db)
    export_id = await want(db)
    job = await begin(db)
    await reports.cancel(db, BOB, export_id, key="c", now=NOON)
    assert not await reports.go_on(db, CLOCK, job.export, 1, now=NOON)
    uploaded = reports.Uploaded("F1", "D0BOB", "coaching.xlsx", 1)
    assert not await reports.hand_over(db, CLOCK, job, uploaded, now=NOON)
    async with db.read(WORKSPACE) as tx:
        kept = await exports.find(tx, export_id)
    assert kept
    assert kept.state is ExportState.CANCELLED
    assert await files(db) == []


async def test_what_is_ready_cannot_be_cancelled(db: Database) -> None:
    await casebook.set_up(db)
    export_id = await want(db)
    job = await begin(db)
    uploaded = reports.Uploaded("F1", "D0BOB", "coaching.xlsx", 1)
    assert await reports.hand_over(db, CLOCK, job, uploaded, now=NOON)
    with pytest.raises(Refused, match="was ready"):
        await reports.cancel(db, BOB, export_id, key="c", now=NOON)
