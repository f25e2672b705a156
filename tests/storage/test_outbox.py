"""Saying: two statements, places in lanes in the order of the commits, and nothing twice."""

import asyncio
from datetime import timedelta

from sqlalchemy import event, select

from storage import outbox
from storage.database import Database
from storage.outbox import Card, LaneRow, Note, OutboxRow, Priority
from tests.cast import NOON, WORKSPACE


async def rows(db: Database) -> list[OutboxRow]:
    async with db.read(WORKSPACE) as tx:
        found = await tx.scalars(select(OutboxRow).order_by(OutboxRow.lane, OutboxRow.seq))
        return list(found)


async def say(db: Database, *things: Note | Card) -> None:
    async with db.write(WORKSPACE) as tx:
        await outbox.say(tx, *things, now=NOON)


async def test_saying_takes_two_statements_however_much_is_said(db: Database) -> None:
    statements: list[str] = []
    notes = [Note(f"n{n}", f"C{n % 3}", "hello") for n in range(10)]
    await say(db, Note("first", "C0", "hello"))  # the first use of a connection asks more

    def remember(*given: object) -> None:
        statements.append(str(given[2]))

    event.listen(db.engine.sync_engine, "before_cursor_execute", remember)
    await say(db, *notes, Card("escalation", "e1", "C1"), Card("home", "U1", "U1"))
    event.remove(db.engine.sync_engine, "before_cursor_execute", remember)
    assert sum("INSERT" in one for one in statements) == 2
    assert len(statements) <= 3


async def test_everything_of_a_note_is_kept(db: Database) -> None:
    later = NOON + timedelta(hours=1)
    await say(
        db,
        Note(
            "k",
            "C1",
            "hello",
            blocks=[{"type": "divider"}],
            priority=Priority.DIGEST,
            thread_of=Card("escalation", "e1", "C1"),
            not_before=NOON,
            expires_at=later,
        ),
    )
    [row] = await rows(db)
    assert (row.key, row.channel, row.words, row.blocks) == (
        "k",
        "C1",
        "hello",
        [{"type": "divider"}],
    )
    assert (row.priority, row.card_kind, row.card_subject) == (5, "escalation", "e1")
    assert (row.not_before, row.expires_at, row.queued_at) == (NOON, later, NOON)
    assert (row.is_card, row.state, len(row.marker)) == (False, "pending", 32)


async def test_places_are_given_in_the_order_of_saying(db: Database) -> None:
    await say(db, Note("a", "C1", "x"), Card("home", "U1", "U1"), Note("b", "C1", "x"))
    await say(db, Note("c", "C1", "x"), Note("d", "U1", "x"))
    places = [(row.lane, row.seq, row.card_kind or row.key) for row in await rows(db)]
    assert places == [
        ("C1", 1, "a"),
        ("C1", 2, "b"),
        ("C1", 3, "c"),
        ("U1", 1, "d"),
        ("home:U1", 1, "home"),
    ]


async def test_a_waiting_card_is_not_asked_for_twice(db: Database) -> None:
    await say(db, Card("escalation", "e1", "C1"), Card("escalation", "e1", "C1"))
    await say(db, Card("escalation", "e1", "C1"), Card("escalation", "e2", "C1"))
    await say(db, Card("escalation", "e1", "C2"))
    assert [(row.lane, row.card_subject) for row in await rows(db)] == [
        ("C1", "e1"),
        ("C1", "e2"),
        ("C2", "e1"),
    ]


async def test_nothing_said_wakes_nobody(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await outbox.say(tx, now=NOON)
        assert tx.wakes == set()
        await outbox.say(tx, Note("a", "C1", "x"), now=NOON)
        assert tx.wakes == {"delivery"}


async def test_many_who_speak_in_many_lanes_at_once_neither_wait_for_ever_nor_lose_a_place(
    db: Database,
) -> None:
    async def speak(n: int) -> None:
        lanes = ["C1", "C2", "C3"] if n % 2 else ["C3", "C2", "C1"]
        await say(db, *[Note(f"{n}-{lane}", lane, "x") for lane in lanes])

    await asyncio.gather(*[speak(n) for n in range(30)])
    for lane in ("C1", "C2", "C3"):
        assert [row.seq for row in await rows(db) if row.lane == lane] == list(range(1, 31))
    async with db.read(WORKSPACE) as tx:
        assert set(await tx.scalars(select(LaneRow.last_seq))) == {30}
