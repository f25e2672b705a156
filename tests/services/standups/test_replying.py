"""A plain message as an answer: which round it finds, what is kept, what is said back, and when nothing is asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import AlreadyHeard
from bot.people import Person
from bot.rules.standups import Said, SeatState, Via
from bot.services.standups import replying
from storage.base import new_id
from storage.database import Database
from storage.outbox import CardRow
from tests import casebook
from tests.cast import ALICE, BOB, CHARLIE, NOON, STRANGER, WORKSPACE
from tests.standups import FOCUS, MOOD, STANDUP, close, focused, round_of, seat_of

MINUTE = timedelta(minutes=1)
TS = "1772452800.000100"


async def reply(
    db: Database, text: str, thread_ts: str = "", *, person: Person = ALICE, key: str = ""
) -> str:
    """What they are told, or nothing."""
    before = len(await casebook.said(db, person.id))
    at = NOON + MINUTE
    await replying.reply(db, person, text, thread_ts, key=key or new_id(), now=at)
    return "\n".join((await casebook.said(db, person.id))[before:])


async def posted(db: Database, message: str, person: Person = ALICE) -> None:
    """The message that asked them stands in their conversation."""
    async with db.write(WORKSPACE) as tx:
        tx.add(
            CardRow(
                workspace_id=WORKSPACE,
                kind="standup_ask",
                subject=f"{person.id}:{message}",
                channel=person.id,
                posted_in="D0ALICE",
                ts=TS,
            )
        )


def texts(answers: Mapping[str, Said]) -> dict[str, str]:
    return {name: said.text or str(said.number) for name, said in answers.items()}


async def test_each_line_answers_a_question(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    told = await reply(db, "All done\nRefunds &amp; returns\nnone\n<@U0BOB> has the key\n4")
    assert told == "Thank you. Kept for “Floor”: 1, 2, 3, 4, 5."
    seat = await seat_of(db, one)
    assert (seat.state, seat.via) == (SeatState.ANSWERED, Via.MESSAGE)
    assert texts(seat.answers) == {
        "back": "All done",
        "focus": "Refunds & returns",
        "blockers": "none",
        "next": "@Bob has the key",
        "mood": "4",
    }
    assert (await seat_of(db, one, BOB)).state is SeatState.ASKED


async def test_what_cannot_be_read_is_said_back_and_the_rest_is_kept(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    told = await reply(db, "Fine\nRefunds\nnone\nnone\n<wonderful>")
    assert "Kept for “Floor”: 1, 2, 3, 4." in told
    assert "I could not read “&lt;wonderful&gt;”. Please write `5.` and then a number" in told
    assert "mood" not in (await seat_of(db, one)).answers
    assert "Kept for “Floor”: 5." in await reply(db, "5. 4")
    assert (await seat_of(db, one)).answers["mood"] == Said(number=4)
    assert (await seat_of(db, one)).answers["focus"] == Said(text="Refunds")


async def test_what_is_open_still_is_named(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    told = await reply(db, "4. Boxes at gate 3")
    assert "Kept for “Floor”: 4." in told
    assert "2. What is your focus today? – is still open. Please write `2.`" in told
    assert (await seat_of(db, one)).state is SeatState.ANSWERED


async def test_what_is_too_long_is_not_cut(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    told = await reply(db, f"2. {'x' * 3001}\n5. 4")
    assert "Kept for “Floor”: 5." in told
    assert "not kept: Please keep it under 3001 characters" in told
    assert texts((await seat_of(db, one)).answers) == {"mood": "4"}


async def test_nothing_that_can_be_kept_answers_nothing(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, standup=replace(STANDUP, questions=(MOOD,)))
    told = await reply(db, "wonderful")
    assert "Nothing is kept for “Floor” yet." in told
    assert (await seat_of(db, one)).state is SeatState.ASKED


async def test_the_same_message_twice_is_one_answer(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    await reply(db, "Gate 3", key="event:1")
    with pytest.raises(AlreadyHeard):
        await reply(db, "Gate 3", key="event:1")
    assert (await seat_of(db, one)).answers == focused("Gate 3")


async def test_the_most_urgent_is_answered_first_then_the_next(db: Database) -> None:
    await casebook.set_up(db)
    plain = (FOCUS,)
    later = await round_of(
        db, standup=replace(STANDUP, id="second", name="Second", questions=plain), at=NOON
    )
    first = await round_of(db, standup=replace(STANDUP, questions=plain), at=NOON - 30 * MINUTE)
    told = await reply(db, "Refunds")
    assert "Kept for “Floor”: 1.\n“Second” asks you too: your next message answers it." in told
    assert await reply(db, "Returns") == "Thank you. Kept for “Second”: 1."
    assert (await seat_of(db, first)).answers == focused("Refunds")
    assert (await seat_of(db, later)).answers == focused("Returns")


async def test_one_that_was_not_answered_in_time_is_answered_late(db: Database) -> None:
    await casebook.set_up(db)
    one = await close(db, await round_of(db), at=NOON)
    assert "Kept for “Floor”" in await reply(db, "Gate 3")
    assert (await seat_of(db, one)).state is SeatState.ANSWERED


async def test_a_thank_you_changes_no_answer(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, answers={ALICE.id: focused("Refunds")})
    assert "is in already, so I changed nothing" in await reply(db, "Thanks!")
    assert await reply(db, "Really, thanks!") == ""
    assert (await seat_of(db, one)).answers == focused("Refunds")
    assert "Kept for “Floor”: 2." in await reply(db, "2. Returns")
    assert (await seat_of(db, one)).answers == focused("Returns")


async def test_below_the_message_that_asked_the_rest_is_meant_too(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, answers={ALICE.id: focused("Refunds")})
    other = await round_of(db, standup=replace(STANDUP, id="second", name="Second"))
    await posted(db, one.id)
    assert "Kept for “Floor”: 2." in await reply(db, "Gate 3", TS)
    assert "Gate 3" in (await seat_of(db, one)).answers["focus"].text
    assert (await seat_of(db, other)).state is SeatState.ASKED
    # Below any other message of Baton's nothing is an answer.
    assert "none asks you anything now" in await reply(db, "Gate 3", "1772452800.999999")
    assert (await seat_of(db, other)).state is SeatState.ASKED


async def test_if_nothing_is_asked_that_is_said_once_a_day(db: Database) -> None:
    await casebook.set_up(db)
    await round_of(db)
    assert "none asks you anything now" in await reply(db, "Hello", person=CHARLIE)
    assert await reply(db, "Hello?", person=CHARLIE) == ""
    assert await reply(db, "  ", person=CHARLIE) == ""


async def test_another_workspace_finds_nothing_to_answer(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    same_id = replace(STRANGER, id=ALICE.id)
    await replying.reply(db, same_id, "2. LEAK-words", key="k", now=NOON)
    assert (await seat_of(db, one)).answers == {}


async def test_what_cannot_be_a_name_is_left_as_it_is(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    await reply(db, "2. Ask <@U0GHOST> about <https://example.com/a|example.com/a>")
    assert texts((await seat_of(db, one)).answers) == {
        "focus": "Ask @U0GHOST about https://example.com/a"
    }
