"""Disputes: somebody else decides, whoever is silent is reminded and then not waited for, and no message says a word of it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person, Role
from bot.rules.absences import Draft as Away
from bot.rules.coaching import EntryKind, State, Verdict
from bot.rules.coaching.disputes import DecisionDraft, DisputeDraft
from bot.rules.people import Profile
from bot.rules.teams import Team
from bot.services import absences
from bot.services.coaching import adding, closing, disputing, reading, telling
from storage import members, people, teams
from storage.coaching import disputes as waiting
from storage.database import Database
from tests.casebook import said
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
    OTHER_WORKSPACE,
    STRANGER,
    WORKSPACE,
)
from tests.notes import BODY, keep, promise
from tests.services.coaching.disputes import DAY, WHY, decide, disputed, live, take_out
from tests.services.coaching.noted import WORDS, entries, now_it_is, outbox, timers
from tests.services.floor import by_id, furnish


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def test_whom_the_agent_chose_is_asked_reads_it_and_decides(db: Database) -> None:
    note = await disputed(db)
    assert (note.state, note.decider_id, note.disputed_at) == (State.DISPUTED, MARA.id, NOON)
    assert await timers(db) == [(disputing.LOOK, note.id, NOON + 2 * DAY)]
    assert "you are asked to decide" in (await said(db, MARA.id))[0]
    assert await said(db, BOB.id) == [
        "<@U0ALICE> sees a coaching note of yours differently. <@U0MARA> decides about it."
    ]
    seen = await reading.see(db, MARA, note.id, now=NOON)
    assert WORDS in [one.words for one in seen.entries]
    after = await decide(db, note)
    assert (after.state, after.verdict, after.decided_at) == (
        State.DECIDED,
        Verdict.STANDS,
        NOON,
    )
    for person in (ALICE, BOB):
        assert "has decided about a coaching note" in (await said(db, person.id))[-1]
    lines = {one.kind: one for one in await entries(db, note)}
    assert (lines[EntryKind.DISPUTED].words, lines[EntryKind.DISPUTED].detail) == (WORDS, MARA.id)
    assert (lines[EntryKind.DECIDED].words, lines[EntryKind.DECIDED].detail) == (WHY, "stands")


async def test_among_whom_the_agent_chooses(db: Database) -> None:
    note = await keep(db, State.SHARED)

    async def offered() -> list[str]:
        found = await disputing.see_to_dispute(db, ALICE, note.id, now=NOON)
        return [one.name for one in found[1]]

    assert await offered() == ["Mara"]
    await take_out(db, Role.MANAGER)
    assert await offered() == ["Ben"]
    await take_out(db, Role.LEAD, BOB)
    assert await offered() == ["Ada"]
    async with db.write(WORKSPACE) as tx:
        await people.set_admins(tx, [])
    with pytest.raises(Refused, match="nobody who could decide"):
        await offered()


async def test_who_is_away_is_offered_with_the_time_they_are_back(db: Database) -> None:
    note = await keep(db, State.SHARED)
    today = NOON.date()
    away = Away(MARA.id, "vacation", today, today + 7 * DAY)
    await absences.add(db, MARA, away, key="away", now=NOON)
    _note, [found] = await disputing.see_to_dispute(db, ALICE, note.id, now=NOON)
    assert found.back_at
    assert found.back_at > NOON + 7 * DAY


async def test_everybody_is_told_in_their_own_language(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        greek = Profile(BOB.id, name="Bob", locale="el-GR", updated=11)
        await people.save(tx, greek, replace(greek, id=MARA.id, locale="uk-UA"))
    await disputed(db)
    assert "βλέπει διαφορετικά" in (await said(db, BOB.id))[0]
    assert "вас просять вирішити" in (await said(db, MARA.id))[0]


async def test_a_department_above_decides_after_the_teams_own_manager(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await teams.add(tx, Team(WORKSPACE, "dept", "Service", leads_channel="C0DEPT"))
        await members.add(tx, "dept", Role.MANAGER, [NOBODY.id])
        await teams.change(tx, replace(await teams.get(tx, BILLING), department_id="dept"))
    note = await keep(db, State.SHARED)
    found = await disputing.see_to_dispute(db, ALICE, note.id, now=NOON)
    assert [one.person_id for one in found[1]] == [MARA.id, NOBODY.id]


async def test_no_lead_decides_for_whoever_manages_them(db: Database) -> None:
    note = await keep(db, State.SHARED, agent_id=MARA.id, author_id=NOBODY.id)
    found = await disputing.see_to_dispute(db, MARA, note.id, now=NOON)
    assert [one.person_id for one in found[1]] == [ADA.id]


@pytest.mark.parametrize("decider", [BOB, ALICE, BEN, DAN, STRANGER], ids=by_id)
async def test_nobody_else_can_be_chosen(db: Database, decider: Person) -> None:
    with pytest.raises(FormProblems) as refused:
        await disputed(db, decider)
    assert set(refused.value.problems) == {"decider"}


async def test_bad_forms_change_nothing(db: Database) -> None:
    note = await keep(db, State.SHARED)
    with pytest.raises(FormProblems) as refused:
        await disputing.dispute(db, ALICE, note.id, DisputeDraft(), key="1", now=NOON)
    assert set(refused.value.problems) == {"decider", "words"}
    assert await now_it_is(db, note) == note
    other = await disputed(db)
    with pytest.raises(FormProblems) as refused:
        await disputing.decide(db, MARA, other.id, DecisionDraft(), key="2", now=NOON)
    assert set(refused.value.problems) == {"verdict", "words"}
    assert await now_it_is(db, other) == other


async def test_when_it_is_too_late_a_comment_is_still_possible(db: Database) -> None:
    note = await keep(db, State.ACKNOWLEDGED)
    late = NOON + timedelta(hours=49)
    draft = DisputeDraft(MARA.id, WORDS)
    with pytest.raises(Refused, match="still add a comment"):
        await disputing.see_to_dispute(db, ALICE, note.id, now=late)
    with pytest.raises(Refused, match="still add a comment"):
        await disputing.dispute(db, ALICE, note.id, draft, key="1", now=late)
    await adding.comment(db, ALICE, note.id, WORDS, key="2", now=late)


@pytest.mark.parametrize(
    "person", [BOB, BEN, MARA, OLGA, CHARLIE, ADA, NOBODY, STRANGER], ids=by_id
)
async def test_nobody_else_disputes(db: Database, person: Person) -> None:
    note = await keep(db, State.SHARED)
    draft = DisputeDraft(MARA.id, WORDS)
    with pytest.raises(Denied):
        await disputing.dispute(db, person, note.id, draft, key="1", now=NOON)
    with pytest.raises(Denied):
        await disputing.see_to_dispute(db, person, note.id, now=NOON)
    assert await now_it_is(db, note) == note


@pytest.mark.parametrize(
    "person", [ALICE, BOB, BEN, OLGA, CHARLIE, ADA, NOBODY, STRANGER], ids=by_id
)
async def test_nobody_else_decides(db: Database, person: Person) -> None:
    note = await disputed(db)
    with pytest.raises(Denied):
        await decide(db, note, person)
    with pytest.raises(Denied):
        await disputing.see_to_decide(db, person, note.id, now=NOON)
    assert await now_it_is(db, note) == note


async def test_twice_and_at_once_are_one(db: Database) -> None:
    note = await disputed(db)
    with pytest.raises(AlreadyHeard):
        draft = DisputeDraft(MARA.id, WORDS)
        await disputing.dispute(db, ALICE, note.id, draft, key=f"d{note.id}", now=NOON)
    done = await asyncio.gather(
        decide(db, note, verdict="stands", key="1"),
        decide(db, note, verdict="withdrawn", key="2"),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in done) == ["Note", "Stale"]
    with pytest.raises(Stale):
        await disputing.see_to_decide(db, MARA, note.id, now=NOON)
    assert [one.kind for one in await entries(db, note)].count(EntryKind.DECIDED) == 1


async def test_what_was_promised_in_a_note_that_is_withdrawn_binds_nobody(db: Database) -> None:
    note = await disputed(db)
    promised = await promise(db, note)
    after = await decide(db, note, verdict="withdrawn")
    seen = await reading.see(db, ALICE, note.id, now=NOON)
    assert (after.verdict, seen.open_commitments) == (Verdict.WITHDRAWN, [])
    assert [(one.id, one.settled_by) for one in seen.commitments] == [(promised.id, MARA.id)]
    assert (await closing.close(db, BOB, note.id, key="c", now=NOON)).state is State.CLOSED


async def test_the_lists_say_what_waits_for_whom(db: Database) -> None:
    note = await disputed(db)

    async def lists(person: Person, workspace: str = WORKSPACE) -> tuple[list[str], list[str]]:
        async with db.read(workspace) as tx:
            to_decide = await waiting.waiting_for_decision(tx, person.id)
            to_amend = await waiting.waiting_for_amendment(tx, person.id)
            return [one.id for one in to_decide], [one.id for one in to_amend]

    assert await lists(MARA) == ([note.id], [])
    assert await lists(MARA, OTHER_WORKSPACE) == ([], [])
    await decide(db, note, verdict="amended")
    assert "asks you to add to it" in (await said(db, BOB.id))[-1]
    assert await lists(MARA) == ([], [])
    assert await lists(BOB) == ([], [note.id])
    assert (await reading.see(db, BOB, note.id, now=NOON)).wants_amendment
    await adding.amend(db, BOB, note.id, WORDS, key="a", now=NOON)
    assert await lists(BOB) == ([], [])


async def test_no_word_of_it_is_in_anything_that_is_said(db: Database) -> None:
    note = await disputed(db)
    async with db.write(WORKSPACE) as tx:
        await telling.shared(tx, note, now=NOON)
    await live(db, 2)
    await live(db, 5)
    await decide(db, note, BEN, "amended")
    await adding.amend(db, BOB, note.id, "I had not heard the whole call", key="a", now=NOON)
    await adding.comment(db, ALICE, note.id, "That is fair of you", key="c", now=NOON)
    everything = "\n".join(await outbox(db))
    assert "has shared a coaching note with you" in everything
    for words in (*BODY.parts.values(), WORDS, WHY, "whole call", "fair of you"):
        assert words not in everything
