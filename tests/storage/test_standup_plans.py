"""However many rounds were held, a look, a question and a summary read only their own: SQLite says how it would find it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules.standups import SeatState
from bot.services.standups import answering, drawing_asks, summarising, timing
from bot.services.standups.keeping import ask_card
from storage import standups
from storage.database import Database, Tx
from storage.timers import Timer
from tests.cast import ALICE, BILLING, BOB, NOON, WORKSPACE
from tests.plans import hearing, plans, reads_all
from tests.services.floor import furnish
from tests.standups import STANDUP, close, round_of, seat_of

Read = Callable[[Tx], Awaitable[object]]
ROUND = "floor-202603021200"
YESTERDAY = NOON - timedelta(days=1)
READS: dict[str, tuple[Read, str]] = {
    "a round": (lambda tx: standups.lock_round(tx, ROUND), "(workspace_id=? AND id=?)"),
    "open rounds": (
        lambda tx: standups.list_rounds(tx, standup_ids=["floor"], is_open=True),
        "ix_standup_rounds_open (workspace_id=? AND standup_id=?)",
    ),
    "rounds of a team": (
        lambda tx: standups.list_rounds(tx, team_ids=[BILLING], since=YESTERDAY),
        "(workspace_id=? AND team_id=? AND opens_at>?)",
    ),
    "seats": (lambda tx: standups.seats_of_round(tx, ROUND), "(workspace_id=? AND round_id=?)"),
    "seats of a person": (
        lambda tx: standups.seats_of_person(tx, ALICE.id, since=YESTERDAY),
        "ix_standup_seats_person (workspace_id=? AND person_id=? AND ask_at>?)",
    ),
    "seats of a message": (
        lambda tx: standups.seats_of_message(tx, "message"),
        "ix_standup_seats_message (workspace_id=? AND message=?)",
    ),
    "unanswered": (
        lambda tx: standups.unanswered_messages(tx, [ALICE.id], since=YESTERDAY),
        "(workspace_id=? AND person_id=?",
    ),
    "said ahead": (
        lambda tx: standups.ahead_of(tx, "floor", NOON.date()),
        "(workspace_id=? AND standup_id=?)",
    ),
    "stand-ups of a team": (
        lambda tx: standups.list_of_team(tx, BILLING),
        "(workspace_id=? AND team_id=?)",
    ),
    "blockers of a person": (
        lambda tx: standups.blockers_of_person(tx, ALICE.id, BILLING),
        "(workspace_id=? AND person_id=?)",
    ),
    "notes to confirm": (
        lambda tx: standups.unconfirmed_notes(tx, BILLING, since=YESTERDAY),
        "ix_standup_notes_unconfirmed (workspace_id=? AND team_id=?)",
    ),
    "notes that were brought": (
        lambda tx: standups.notes_told_in(tx, ROUND),
        "ix_standup_notes_told (workspace_id=? AND told_round_id=?)",
    ),
    "quiet times": (
        lambda tx: standups.quiet_times(tx, [ALICE.id], asked_since=NOON),
        "(workspace_id=? AND person_id=?)",
    ),
}


@pytest.mark.parametrize("name", READS)
async def test_only_what_is_wanted_is_read(sqlite: Database, name: str) -> None:
    read, index = READS[name]
    with hearing(sqlite, "standup", "quiet") as said:
        async with sqlite.read(WORKSPACE) as tx:
            await read(tx)
    for plan in await plans(sqlite, said):
        assert not reads_all(plan), plan
        assert [step for step in plan if index in step], plan


async def test_a_look_reads_only_its_own(sqlite: Database) -> None:
    await furnish(sqlite)
    await round_of(sqlite, state=SeatState.DUE)
    with hearing(sqlite, "standup", "quiet") as said:
        async with sqlite.write(WORKSPACE) as tx:
            await timing.look(tx, Timer(timing.LOOK, STANDUP.id, NOON), NOON)
    assert len(said) > 5
    assert [reads_all(plan) for plan in await plans(sqlite, said)] == [[]] * len(said)


async def test_a_question_is_drawn_from_what_it_asks(sqlite: Database) -> None:
    await furnish(sqlite)
    one = await round_of(sqlite)
    subject = ask_card(await seat_of(sqlite, one)).subject
    with hearing(sqlite, "standup", "quiet") as said:
        async with sqlite.read(WORKSPACE) as tx:
            await drawing_asks.draw(tx, subject, ALICE.id, now=NOON)
        await answering.see_form(sqlite, ALICE, one.id, now=NOON)
    assert [reads_all(plan) for plan in await plans(sqlite, said)] == [[]] * len(said)


async def test_a_summary_is_drawn_in_as_many_statements_for_one_answer_as_for_many(
    sqlite: Database,
) -> None:
    await furnish(sqlite)
    few = await close(sqlite, await round_of(sqlite, ALICE))
    other = replace(STANDUP, id="other")
    many = await close(sqlite, await round_of(sqlite, ALICE, BOB, "U0BEN", "U0MARA", standup=other))
    counts = []
    for one in (few, many):
        with hearing(sqlite, "standup", "quiet") as said:
            async with sqlite.read(WORKSPACE) as tx:
                assert await summarising.draw(tx, one.id, one.channel, now=one.closes_at)
        assert [reads_all(plan) for plan in await plans(sqlite, said)] == [[]] * len(said)
        counts.append(len(said))
    assert counts[0] == counts[1]
