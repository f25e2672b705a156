"""Answering what asks now: who may, what the form begins with, one click, skipping, late answers, and two at once."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.standups import Blocker, Round, Said, SeatState, Via
from bot.rules.standups.answers import Draft
from bot.services.standups import answering, drawing_asks
from bot.views.home import HOME
from bot.views.standups import ids
from storage import standups
from storage.database import Database
from storage.outbox import OutboxRow
from tests import casebook
from tests.cast import (
    ADA,
    ALICE,
    BEN,
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
from tests.services.floor import by_id
from tests.standups import (
    FOCUS,
    STANDUP,
    TOOLS,
    close,
    focused,
    round_of,
    seat_of,
)

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
KEYS = count()


async def answer(
    db: Database,
    one: Round,
    words: str = "Refunds",
    *,
    person: Person = ALICE,
    key: str = "",
    now: datetime = NOON,
) -> None:
    draft = Draft(focused(words))
    await answering.answer(db, person, one.id, draft, key=key or f"k{next(KEYS)}", now=now)


async def drawn(db: Database, one: Round, person: Person = ALICE) -> str:
    """The message that asked somebody, as it would look now."""
    seat = await seat_of(db, one, person)
    async with db.read(WORKSPACE) as tx:
        found = await drawing_asks.draw(tx, f"{person.id}:{seat.message}", "", now=NOON)
    return f"{found.text}\n{found.blocks}"


async def cards(db: Database, person: Person) -> set[str]:
    async with db.read(WORKSPACE) as tx:
        found = await tx.scalars(select(OutboxRow).where(OutboxRow.channel == person.id))
        return {str(row.card_kind) for row in found}


async def test_who_is_asked_answers_and_the_message_says_what(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    assert "What is your focus today?" in await drawn(db, one)
    await answer(db, one, "<Refunds>")
    seat = await seat_of(db, one)
    assert (seat.state, seat.via, seat.answered_at) == (SeatState.ANSWERED, Via.FORM, NOON)
    assert seat.answers == focused("<Refunds>")
    assert "&lt;Refunds&gt;" in await drawn(db, one)
    assert await cards(db, ALICE) == {ids.ASK, HOME}
    assert (await seat_of(db, one, BOB)).state is SeatState.ASKED
    assert "Refunds" not in await drawn(db, one, BOB)


@pytest.mark.parametrize("person", [CHARLIE, OLGA, ADA, NOBODY, MARA, BEN, STRANGER], ids=by_id)
async def test_nobody_else_has_a_seat_to_answer_from(db: Database, person: Person) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    for doing in (
        answer(db, one, person=person),
        answering.nothing_new(db, person, one.id, key="n", now=NOON),
        answering.skip(db, person, one.id, key="s", now=NOON),
        answering.see_form(db, person, one.id, now=NOON),
        answering.see_form(db, person, "no-such-round", now=NOON),
    ):
        with pytest.raises(Refused, match="There is no such stand-up, or it isn't asked of you"):
            await doing
    assert await answering.skip_all(db, person, key="all", now=NOON) == []
    assert {(await seat_of(db, one, who)).state for who in (ALICE, BOB)} == {SeatState.ASKED}


async def test_who_has_left_the_team_is_not_asked(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, ALICE, BOB, CHARLIE)
    with pytest.raises(Denied, match="not in this team"):
        await answer(db, one, person=CHARLIE)
    async with db.write(WORKSPACE) as tx:
        seat = await standups.lock_seat(tx, one.id, ALICE.id)
        assert seat
        await standups.change_seat(tx, replace(seat, state=SeatState.LEFT))
    with pytest.raises(Denied, match="not in this team"):
        await answer(db, one)


async def test_the_same_submission_twice_is_harmless(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    await answer(db, one, key="same")
    with pytest.raises(AlreadyHeard):
        await answer(db, one, "Other", key="same")
    assert (await seat_of(db, one)).answers == focused("Refunds")


async def test_bad_input_is_refused_by_field_and_nothing_is_kept(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    for words in ("", "x" * 3001):
        with pytest.raises(FormProblems) as refused:
            await answer(db, one, words, key="again")
        assert set(refused.value.problems) == {"text:focus"}
    await answer(db, one, "Refunds", key="again")  # the same form, mended


async def test_an_answer_can_be_changed_before_and_after_the_end(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    await answer(db, one)
    await answer(db, one, "Returns", now=NOON + MINUTE)
    seat = await seat_of(db, one)
    assert (seat.answered_at, seat.edited_at) == (NOON, NOON + MINUTE)
    seen = await answering.see_form(db, ALICE, one.id, now=NOON)
    assert seen.draft.answers == focused("Returns")
    closed = await close(db, one)
    assert closed.closed_at
    await answer(db, one, "Both", now=closed.closed_at + MINUTE)
    assert (await seat_of(db, one)).answers == focused("Both")
    for doing in (
        answer(db, one, now=closed.closed_at + DAY),
        answering.see_form(db, ALICE, one.id, now=closed.closed_at + DAY),
    ):
        with pytest.raises(Stale, match="more than a day ago"):
            await doing


async def test_a_late_answer_counts(db: Database) -> None:
    await casebook.set_up(db)
    one = await close(db, await round_of(db))
    assert (await seat_of(db, one)).state is SeatState.SILENT
    assert "You can still add it" in await drawn(db, one)
    assert one.closed_at
    await answer(db, one, now=one.closed_at + MINUTE)
    seat = await seat_of(db, one)
    assert (seat.state, seat.answered_at) == (SeatState.ANSWERED, one.closed_at + MINUTE)


async def test_the_form_begins_with_the_last_focus_and_what_is_held_in_this_team(
    db: Database,
) -> None:
    await casebook.set_up(db)
    await casebook.claimed(db)
    await round_of(db, at=NOON - 2 * DAY, answers={BOB.id: focused("Returns")})
    await round_of(db, at=NOON - DAY)  # which he did not answer
    one = await round_of(db)
    seen = await answering.see_form(db, BOB, one.id, now=NOON)
    assert {name: said.text for name, said in seen.draft.answers.items()} == {
        "back": "Returns",
        "focus": "#1 Refund not received",
    }
    assert (await answering.see_form(db, ALICE, one.id, now=NOON)).draft.answers == {}
    elsewhere = replace(STANDUP, id="other", team_id=SHIPPING)
    other = await round_of(db, CHARLIE, standup=elsewhere)
    assert (await answering.see_form(db, CHARLIE, other.id, now=NOON)).draft.answers == {}


async def blocked(db: Database, one: Round, name: str = "b1", person: Person = ALICE) -> None:
    async with db.write(WORKSPACE) as tx:
        found = Blocker(
            WORKSPACE, name, one.team_id, one.id, person.id, f"Printer {name}", NOON, NOON
        )
        await standups.add_blockers(tx, found)


async def test_older_blockers_are_asked_about_apart(db: Database) -> None:
    await casebook.set_up(db)
    before, one = await round_of(db, at=NOON - DAY), await round_of(db)
    await blocked(db, before)
    await blocked(db, one, "b2")
    await blocked(db, before, "b3", BOB)
    seen = await answering.see_form(db, ALICE, one.id, now=NOON)
    assert [blocker.id for blocker in seen.blockers] == ["b1"]
    plain = await round_of(db, standup=replace(STANDUP, id="plain", questions=(FOCUS,)))
    assert (await answering.see_form(db, ALICE, plain.id, now=NOON)).blockers == []


async def test_nothing_new_is_an_answer(db: Database) -> None:
    await casebook.set_up(db)
    said = {**focused("Returns"), "mood": Said(number=5)}
    await round_of(db, at=NOON - DAY, answers={ALICE.id: said})
    one = await round_of(db)
    await answering.nothing_new(db, ALICE, one.id, key="n", now=NOON)
    seat = await seat_of(db, one)
    assert (seat.state, seat.via, seat.answers) == (
        SeatState.ANSWERED,
        Via.SAME,
        focused("Returns"),
    )
    with pytest.raises(AlreadyHeard):
        await answering.nothing_new(db, ALICE, one.id, key="n", now=NOON)
    with pytest.raises(Stale, match="is in already"):
        await answering.nothing_new(db, ALICE, one.id, key="n2", now=NOON)
    await answering.nothing_new(db, BOB, one.id, key="n3", now=NOON)
    assert (await seat_of(db, one, BOB)).answers == {}
    assert "Nothing new" in await drawn(db, one, BOB)


async def test_who_skips_can_answer_after_all(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    await answering.skip(db, ALICE, one.id, key="s", now=NOON)
    await answering.skip(db, ALICE, one.id, key="s2", now=NOON)
    assert (await seat_of(db, one)).state is SeatState.SKIPPED
    assert "Answer after all" in await drawn(db, one)
    await answer(db, one)
    with pytest.raises(Stale, match="is in already"):
        await answering.skip(db, ALICE, one.id, key="s3", now=NOON)
    await close(db, one)
    with pytest.raises(Stale, match="has ended"):
        await answering.skip(db, BOB, one.id, key="s4", now=NOON)


@pytest.mark.parametrize("state", [SeatState.AWAY, SeatState.OUT])
async def test_who_is_away_need_not_skip(db: Database, state: SeatState) -> None:
    await casebook.set_up(db)
    one = await round_of(db, state=state)
    with pytest.raises(Stale, match="nobody waits for you"):
        await answering.skip(db, ALICE, one.id, key="s", now=NOON)


async def test_everything_that_asks_can_be_skipped_at_once(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    other = await round_of(db, standup=replace(STANDUP, id="second", name="Second"))
    later = await round_of(
        db, standup=replace(STANDUP, id="third", name="Third"), state=SeatState.DUE
    )
    assert set(await answering.skip_all(db, ALICE, key="s", now=NOON)) == {"Floor", "Second"}
    states = [(await seat_of(db, each)).state for each in (one, other, later)]
    assert states == [SeatState.SKIPPED, SeatState.SKIPPED, SeatState.DUE]
    assert (await seat_of(db, one, BOB)).state is SeatState.ASKED


async def test_several_in_one_message_are_drawn_together(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, message="m")
    await round_of(db, standup=replace(STANDUP, id="second", name="Second"), message="m")
    await answer(db, one)
    shown = await drawn(db, one)
    assert "Second" in shown
    assert "thank you, your answer is in" in shown
    assert "Out today" in shown


async def test_an_answer_to_a_question_that_is_not_asked_is_left_out(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    draft = Draft({**focused("x"), TOOLS.id: Said(yes=True)}, {"nothing": True})
    await answering.answer(db, ALICE, one.id, draft, key="a", now=NOON)
    assert (await seat_of(db, one)).answers == focused("x")
