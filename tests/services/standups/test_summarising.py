"""The summary: where it goes, what draws it anew, who may read all of it, and the lead's note on top."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.escalations import Decision, Solvable, Verdict
from bot.rules.standups import Round, RoundState, Said, Seat, SeatState
from bot.services import escalations
from bot.services.standups import summarising
from bot.views.standups import ids
from storage import standups
from storage.database import Database
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
    OTHER_WORKSPACE,
    STRANGER,
    WORKSPACE,
)
from tests.services.floor import by_id
from tests.services.standups.queue import cards_waiting, post_cards
from tests.standups import FOCUS, MOOD, STANDUP, close, focused, round_of

DAY = timedelta(days=1)
CHANNEL = "C0BILLING"
NOWHERE = replace(STANDUP, id="nowhere", channel="")
VERDICT = Verdict("Done", Decision.NONE, "", "", Solvable.NO)


async def held(db: Database) -> Round:
    """Alice has answered, Bob has not, and the round is over."""
    one = await round_of(db, answers={ALICE.id: {**focused("Refunds"), MOOD.id: Said(number=1)}})
    return await close(db, one)


async def posted(db: Database) -> Round:
    await casebook.set_up(db)
    one = await held(db)
    async with db.write(WORKSPACE) as tx:
        await summarising.post(tx, one, now=one.closes_at)
    return one


async def changed(db: Database, one: Round, *, is_late: bool = False) -> None:
    seat = Seat(one.id, BOB.id, NOON, NOON, SeatState.ANSWERED, answers=focused("Parcels"))
    async with db.write(WORKSPACE) as tx:
        await standups.change_seat(tx, seat)
        await summarising.changed(tx, one, seat, is_late=is_late, now=NOON)


async def drawn(db: Database, one: Round) -> str:
    async with db.read(WORKSPACE) as tx:
        found = await summarising.draw(tx, one.id, CHANNEL, now=one.closes_at)
    assert found
    return f"{found.text}{found.blocks}"


async def test_it_goes_to_the_channel_once_and_says_what_was_said(db: Database) -> None:
    one = await posted(db)
    assert await cards_waiting(db, ids.SUMMARY) == [(one.id, CHANNEL)]
    shown = await drawn(db, one)
    assert "<@U0ALICE>\n*What is your focus today?* Refunds" in shown
    assert "No answer yet: <@U0BOB>" in shown
    assert MOOD.words not in shown
    async with db.write(WORKSPACE) as tx:
        await summarising.post(tx, one, now=one.closes_at)
    assert len(await cards_waiting(db, ids.SUMMARY)) == 1


async def test_a_round_that_is_not_there_is_not_drawn(db: Database) -> None:
    async with db.read(WORKSPACE) as tx:
        assert await summarising.draw(tx, "gone", CHANNEL, now=NOON) is None


async def test_what_is_answered_late_gets_one_line_below_it(db: Database) -> None:
    one = await posted(db)
    await post_cards(db, ids.SUMMARY)
    await changed(db, one, is_late=True)
    await changed(db, one, is_late=True)
    assert await cards_waiting(db, ids.SUMMARY) == [(one.id, CHANNEL)]
    [line] = await casebook.said(db, CHANNEL)
    assert line == "<@U0BOB> has answered too. It is in the summary above."
    assert "Parcels" in await drawn(db, one)


async def test_a_change_only_draws_it_anew(db: Database) -> None:
    one = await posted(db)
    await post_cards(db, ids.SUMMARY)
    await changed(db, one)
    assert await cards_waiting(db, ids.SUMMARY) == [(one.id, CHANNEL)]
    assert await casebook.said(db, CHANNEL) == []


async def test_nothing_is_in_the_channel_before_it_is_over(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    await changed(db, one)
    assert await cards_waiting(db, ids.SUMMARY) == []


async def test_without_a_channel_the_leads_hear_once_how_to_choose_one(db: Database) -> None:
    await casebook.set_up(db)
    for n in range(2):
        one = await close(db, await round_of(db, standup=NOWHERE, at=NOON + n * DAY))
        async with db.write(WORKSPACE) as tx:
            await summarising.post(tx, one, now=one.closes_at)
    for lead in (BOB, BEN):
        [line] = await casebook.said(db, lead.id)
        assert "`/standup setup`" in line
    assert await casebook.said(db, ALICE.id) == []
    await changed(db, one, is_late=True)
    assert await cards_waiting(db, ids.SUMMARY) == []


async def test_a_team_that_moves_leaves_its_old_summaries_where_they_are(db: Database) -> None:
    team = replace(casebook.TEAM, team_channel="C0OLD")
    await casebook.set_up(db, team)
    one = await close(db, await round_of(db, standup=NOWHERE))
    async with db.write(WORKSPACE) as tx:
        await summarising.post(tx, one, now=one.closes_at)
    assert await cards_waiting(db, ids.SUMMARY) == [(one.id, "C0OLD")]
    async with db.write(WORKSPACE) as tx:
        after = await standups.find_round(tx, one.id)
    assert after
    assert after.channel == "C0OLD"


async def test_yesterdays_numbers_are_those_of_the_report(db: Database) -> None:
    await casebook.set_up(db)
    yesterday = NOON - DAY
    for n in range(3):
        await casebook.escalate(db, key=f"r{n}", now=yesterday)
    await escalations.claim(db, BOB, 1, key="c", now=yesterday + timedelta(minutes=12))
    await escalations.resolve(db, BOB, 1, VERDICT, key="x", now=yesterday + timedelta(hours=1))
    await escalations.withdraw(db, ALICE, 2, key="w", now=NOON)  # today
    shown = await drawn(db, await held(db))
    assert "3 raised, 1 resolved, 2 open at the end of the day" in shown
    assert "half claimed within" in shown


@pytest.mark.parametrize("person", [ALICE, BOB, MARA, OLGA], ids=by_id)
async def test_the_team_reads_all_of_it_in_private(db: Database, person: Person) -> None:
    one = await posted(db)
    [seen] = await summarising.see(db, person, one.id, now=NOON)
    assert seen.may_lead is (person in (BOB, MARA))
    [voice] = seen.summary.voices
    assert [question.id for question, _said in voice.whole] == [FOCUS.id]
    [newest] = await summarising.see_newest(db, person, now=NOON)
    assert newest == seen


@pytest.mark.parametrize("person", [CHARLIE, ADA, NOBODY, STRANGER], ids=by_id)
async def test_nobody_else_does(db: Database, person: Person) -> None:
    one = await posted(db)
    with pytest.raises(Denied, match="Only the people of this team"):
        await summarising.see(db, person, one.id, now=NOON)
    with pytest.raises(Refused):
        await summarising.see_newest(db, person, now=NOON)


async def test_so_far_is_what_an_open_round_shows(db: Database) -> None:
    await posted(db)
    one = await round_of(db, at=NOON + DAY, answers={BOB.id: focused("Post")})
    [seen] = await summarising.see_newest(db, ALICE, now=NOON + DAY)
    assert (seen.summary.round.id, seen.summary.is_open) == (one.id, True)


@pytest.mark.parametrize("person", [BOB, MARA], ids=by_id)
async def test_who_leads_writes_the_note_on_top(db: Database, person: Person) -> None:
    one = await posted(db)
    await post_cards(db, ids.SUMMARY)
    await summarising.set_focus(db, person, one.id, " <Refunds> ", was="", key="f", now=NOON)
    assert await cards_waiting(db, ids.SUMMARY) == [(one.id, CHANNEL)]
    shown = await drawn(db, one)
    assert f"Focus, from <@{person.id}>" in shown
    assert "&lt;Refunds&gt;" in shown
    with pytest.raises(AlreadyHeard):
        await summarising.set_focus(db, person, one.id, "Other", was="", key="f", now=NOON)
    await summarising.set_focus(db, person, one.id, "", was="<Refunds>", key="g", now=NOON)
    assert "Focus, from" not in await drawn(db, one)


async def test_the_note_can_be_written_before_the_round_is_over(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    assert (await summarising.see_focus(db, BOB, one.id)).focus == ""
    await summarising.set_focus(db, BOB, one.id, "Refunds", was="", key="f", now=NOON)
    assert await cards_waiting(db, ids.SUMMARY) == []
    assert (await summarising.see_focus(db, BEN, one.id)).focus == "Refunds"


async def test_two_leads_do_not_write_over_each_other(db: Database) -> None:
    one = await posted(db)
    await summarising.set_focus(db, BOB, one.id, "Refunds", was="", key="f", now=NOON)
    with pytest.raises(FormProblems) as refused:
        await summarising.set_focus(db, BEN, one.id, "Parcels", was="", key="g", now=NOON)
    assert "Refunds" in str(refused.value.problems["focus"].values)
    await summarising.set_focus(db, BEN, one.id, "Parcels", was="Refunds", key="h", now=NOON)
    assert (await summarising.see_focus(db, BOB, one.id)).focus == "Parcels"


@pytest.mark.parametrize("person", [ALICE, OLGA, CHARLIE, ADA, STRANGER], ids=by_id)
async def test_others_do_not_write_it(db: Database, person: Person) -> None:
    one = await posted(db)
    for doing in (
        summarising.see_focus(db, person, one.id),
        summarising.set_focus(db, person, one.id, "Mine", was="", key="f", now=NOON),
    ):
        with pytest.raises(Denied, match="Only the team's leads"):
            await doing


async def test_a_note_that_is_too_long_or_too_late_is_refused(db: Database) -> None:
    one = await posted(db)
    with pytest.raises(FormProblems):
        await summarising.set_focus(db, BOB, one.id, "x" * 501, was="", key="f", now=NOON)
    missed = replace(one, state=RoundState.MISSED)
    async with db.write(WORKSPACE) as tx:
        await standups.change_round(tx, missed, RoundState.CLOSED)
    with pytest.raises(Stale, match="did not take place"):
        await summarising.set_focus(db, BOB, one.id, "Refunds", was="", key="g", now=NOON)


async def test_another_workspace_draws_nothing_of_it(db: Database) -> None:
    one = await posted(db)
    async with db.read(OTHER_WORKSPACE) as tx:
        assert await summarising.draw(tx, one.id, CHANNEL, now=NOON) is None


async def test_it_takes_as_many_statements_however_many_have_answered(db: Database) -> None:
    await casebook.set_up(db)
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    counts = []
    for number in (1, 60):
        people = [f"U{n:03}" for n in range(number)]
        answers = {who: focused("Refunds") for who in people}
        standup = replace(STANDUP, id=f"of {number}")
        one = await round_of(db, *people, standup=standup, answers=answers)
        said.clear()
        event.listen(db.engine.sync_engine, "before_cursor_execute", hear)
        shown = await drawn(db, one)
        event.remove(db.engine.sync_engine, "before_cursor_execute", hear)
        assert f"{number} answer" in shown
        counts.append(sum(statement.startswith("SELECT") for statement in said))
    assert counts[0] == counts[1] <= 7


class Died(Exception):
    """The process is gone in the middle of a transaction."""


async def test_an_answer_and_its_redraw_are_kept_together_or_not_at_all(db: Database) -> None:
    one = await posted(db)
    await post_cards(db, ids.SUMMARY)
    with pytest.raises(Died):
        async with db.write(WORKSPACE) as tx:
            seat = Seat(one.id, BOB.id, NOON, NOON, SeatState.ANSWERED, answers=focused("Parcels"))
            await standups.change_seat(tx, seat)
            await summarising.changed(tx, one, seat, is_late=True, now=NOON)
            raise Died
    assert "Parcels" not in await drawn(db, one)
    assert await cards_waiting(db, ids.SUMMARY) == []
    await changed(db, one, is_late=True)  # and whoever dies now has said it: it waits in the outbox
    assert await cards_waiting(db, ids.SUMMARY) == [(one.id, CHANNEL)]
