"""Drafts of coaching notes: who may write about whom, what is kept, who sees it, and two who edit at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.errors import Denied, FormProblems, Refused
from bot.people import Person
from bot.rules.coaching import CommitmentState, Evidence, Promiser, State, Visibility
from bot.services.coaching import opening, writing
from storage.coaching.rows import CommitmentRow, LookRow, NoteRow
from storage.database import Database
from tests import casebook
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
from tests.patience import PATIENT
from tests.services.coaching.drafting import (
    DRAFT,
    SOON,
    commitments,
    discard,
    find,
    in_department,
    save,
    save_again,
)
from tests.services.escalations.machine.deaths import AT_COMMIT, Died, dying
from tests.services.floor import by_id, furnish

LATER = SOON + timedelta(days=7)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def count(db: Database, *rows: type[Any]) -> list[int]:
    async with db.read(WORKSPACE) as tx:
        return [await tx.scalar(select(func.count()).select_from(one)) or 0 for one in rows]


async def fields_wrong(db: Database, person: Person = BOB, **values: Any) -> set[str]:
    with pytest.raises(FormProblems) as refused:
        await save(db, person, **values)
    assert await count(db, NoteRow, CommitmentRow) == [0, 0]
    return set(refused.value.problems)


# saving


async def test_what_is_filled_in_is_a_draft_that_says_the_same(db: Database) -> None:
    seen = await save(db)
    note = seen.note
    assert (note.state, note.author_id, note.agent_id, note.team_id) == (
        State.DRAFT,
        BOB.id,
        ALICE.id,
        BILLING,
    )
    assert (note.kind, note.skill, note.body.parts) == ("praise", "Listening", DRAFT.parts)
    assert (note.visibility, note.follow_up_on) == (Visibility.AGENT, SOON)
    assert await commitments(db, note) == [
        (Promiser.AGENT, "Say back what they want", CommitmentState.PLANNED),
        (Promiser.LEAD, "Sit beside you on Friday", CommitmentState.PLANNED),
    ]
    assert [one.id for one in await writing.list_drafts(db, BOB)] == [note.id]
    shown, draft = await opening.open_draft(db, BOB, note.id, now=NOON)
    assert shown.kept == note
    assert replace(draft, team_id="", theirs=DRAFT.theirs) == DRAFT
    assert draft.theirs == DRAFT.theirs[:1]


@pytest.mark.parametrize(
    ("person", "agent"), [(BEN, ALICE), (MARA, ALICE), (MARA, BOB), (CHARLIE, DAN)], ids=by_id
)
async def test_leads_coach_agents_and_managers_also_leads(
    db: Database, person: Person, agent: Person
) -> None:
    assert (await save(db, person, agent_id=agent.id)).note.author_id == person.id


async def test_who_manages_the_department_coaches_its_managers_too(db: Database) -> None:
    nemo = await in_department(db, NOBODY)
    for agent in (ALICE, BOB, MARA):
        assert (await save(db, nemo, agent_id=agent.id, key=agent.id)).note.team_id == BILLING


@pytest.mark.parametrize(
    ("person", "agent"),
    [(BOB, BEN), (BOB, MARA), (BOB, BOB), (BOB, DAN), (BOB, OLGA), (CHARLIE, ALICE), (MARA, MARA)],
    ids=by_id,
)
async def test_nobody_coaches_whom_they_do_not_lead(
    db: Database, person: Person, agent: Person
) -> None:
    """The form says so beside the person, and a command or a button in words."""
    assert await fields_wrong(db, person, agent_id=agent.id) == {"agent"}
    with pytest.raises(Denied, match="not among those whom you lead"):
        await opening.open_for(db, person, agent.id)


@pytest.mark.parametrize("person", [ALICE, OLGA, ADA, NOBODY, STRANGER], ids=by_id)
async def test_who_leads_nobody_writes_nothing(db: Database, person: Person) -> None:
    for doing in (
        save(db, person),
        opening.open_form(db, person, ALICE.id),
        opening.open_for(db, person, ALICE.id),
    ):
        with pytest.raises(Denied, match="Only leads and managers"):
            await doing
    assert await count(db, NoteRow) == [0]


@pytest.mark.parametrize("agent_id", ["", "U0ROBOT", "U0LEFT", "U0UNKNOWN"])
async def test_the_agent_is_somebody_who_is_here(db: Database, agent_id: str) -> None:
    assert await fields_wrong(db, agent_id=agent_id) == {"agent"}


async def test_everything_that_is_wrong_is_said_at_once(db: Database) -> None:
    assert await fields_wrong(
        db, agent_id="", kind="", follow_up_on=NOON.date(), visibility=""
    ) == {"agent", "kind", "follow_up", "visibility"}
    assert await fields_wrong(db, skill="Juggling", kind="") == {"skill", "kind"}
    assert await fields_wrong(db, team_id=SHIPPING) == {"agent"}


async def test_days_are_counted_by_the_authors_own_clock(db: Database) -> None:
    """At noon in London it is tomorrow already in Kiritimati."""
    tomorrow = NOON.date() + timedelta(days=1)
    far = replace(BOB, zone="Pacific/Kiritimati")
    assert await fields_wrong(db, far, follow_up_on=tomorrow) == {"follow_up"}
    await save(db, follow_up_on=tomorrow)


async def test_cases_that_the_author_may_see_are_linked(db: Database) -> None:
    await casebook.escalate(db)
    note = (await save(db, evidence="#1\n99\nhttps://acme.slack.com/archives/C1/p1")).note
    assert note.body.evidence == (
        Evidence("", case=1),
        Evidence("#99"),
        Evidence("", "https://acme.slack.com/archives/C1/p1"),
    )
    other = (await save(db, CHARLIE, agent_id=DAN.id, evidence="#1", key="2")).note
    assert other.body.evidence == (Evidence("#1"),)


async def test_the_same_form_twice_is_one_draft(db: Database) -> None:
    outcomes = await asyncio.gather(*[save(db) for _ in range(3)], return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == [
        "AlreadyHeard",
        "AlreadyHeard",
        "DraftSeen",
    ]
    assert await count(db, NoteRow, CommitmentRow) == [1, 2]


async def test_a_death_in_the_middle_leaves_nothing_half(db: Database, database_url: str) -> None:
    for statement in (3, 6, 9, AT_COMMIT):
        process = Database(database_url, PATIENT, keys=db.keys)
        with pytest.raises(Died), dying(process, statement):
            await save(process)
        await process.close()
        assert await count(db, NoteRow, CommitmentRow, LookRow) == [0, 0, 0]
    await save(db)
    assert await count(db, NoteRow, CommitmentRow, LookRow) == [1, 2, 1]


async def test_without_a_key_nothing_is_kept(db: Database, database_url: str) -> None:
    keyless = Database(database_url, PATIENT)
    with pytest.raises(Refused, match="ENCRYPTION_KEYS"):
        await save(keyless)
    await keyless.close()
    assert await count(db, NoteRow, CommitmentRow, LookRow) == [0, 0, 0]


# who sees it


@pytest.mark.parametrize("person", [ALICE, BEN, MARA, OLGA, ADA, CHARLIE, STRANGER], ids=by_id)
async def test_a_draft_is_there_for_nobody_but_its_author(db: Database, person: Person) -> None:
    note = (await save(db)).note
    for doing in (
        opening.see_draft(db, person, note.id, now=NOON),
        opening.open_draft(db, person, note.id, now=NOON),
        save_again(db, note, person),
        discard(db, note, person),
    ):
        with pytest.raises(Refused, match="This note is gone"):
            await doing
    assert await writing.list_drafts(db, person) == []
    assert await find(db, note) == note


async def test_every_look_at_it_is_kept(db: Database) -> None:
    note = (await save(db)).note
    await opening.see_draft(db, BOB, note.id, now=NOON)
    await opening.open_draft(db, BOB, note.id, now=NOON)
    async with db.read(WORKSPACE) as tx:
        rows = list(await tx.scalars(select(LookRow)))
    assert [(one.person_id, one.note_id, one.was_private) for one in rows] == [
        (BOB.id, note.id, True)
    ] * 3
