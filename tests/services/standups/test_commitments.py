"""What somebody promised in coaching stands in their own form of a stand-up, and nowhere else."""

from datetime import timedelta

from sqlalchemy import select

from bot.rules.coaching import CommitmentState, Promiser, State
from bot.rules.standups.answers import Draft
from bot.services.standups import ahead, answering, drawing_asks
from bot.services.standups.keeping import ask_card
from bot.text import Text
from bot.views.standups import form
from storage.database import Database
from storage.outbox import OutboxRow
from tests import casebook, notes
from tests.cast import ALICE, BOB, NOON, WORKSPACE
from tests.services.standups.test_ahead import AT_NINE, TOMORROW
from tests.standups import STANDUP, focused, round_of, seat_of, standup_of

WORDS = "Say back what the customer wants, before answering"


async def promised(db: Database) -> None:
    await casebook.set_up(db)
    note = await notes.keep(db, State.SHARED)
    await notes.promise(db, note, WORDS, days=7)
    await notes.promise(db, note, "Read page 3", days=-9)
    await notes.promise(db, note, "Much later", days=9)
    await notes.promise(db, note, "Done", days=1, state=CommitmentState.DONE)
    await notes.promise(db, note, "Of the lead", days=1, promiser=Promiser.LEAD)


async def test_the_form_holds_what_is_due_within_a_week(db: Database) -> None:
    await promised(db)
    one = await round_of(db)
    for person, words in ((ALICE, ["Read page 3", WORDS]), (BOB, ["Of the lead"])):
        seen = await answering.see_form(db, person, one.id, now=NOON)
        assert [each.words for each in seen.commitments] == words
    drawn = str(form.form(seen, one.id, Text()))
    assert "Of the lead · by Mar 3, 2026" in drawn


async def test_so_does_the_form_of_a_round_to_come(db: Database) -> None:
    await promised(db)
    await standup_of(db, AT_NINE)
    seen = await ahead.see_ahead_form(db, ALICE, STANDUP.id, TOMORROW, now=NOON)
    assert [one.words for one in seen.commitments] == ["Read page 3", WORDS]


async def test_no_message_of_a_stand_up_says_a_word_of_it(db: Database) -> None:
    await promised(db)
    one = await round_of(db)
    subject = ask_card(await seat_of(db, one)).subject
    async with db.read(WORKSPACE) as tx:
        before = await drawing_asks.draw(tx, subject, ALICE.id, now=NOON)
    draft = Draft(focused("Refunds"))
    await answering.answer(db, ALICE, one.id, draft, key="a", now=NOON + timedelta(minutes=1))
    async with db.read(WORKSPACE) as tx:
        after = await drawing_asks.draw(tx, subject, ALICE.id, now=NOON)
        rows = (await tx.scalars(select(OutboxRow))).all()
    said = f"{before} {after} {[(row.words, row.blocks) for row in rows]}"
    assert WORDS not in said
    assert "Read page 3" not in said
