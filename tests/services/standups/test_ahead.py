"""Ahead of time: the next round of each stand-up answered, skipped, taken back; and being out for the rest of the day."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person, Role
from bot.rules.standups import Ahead, Schedule, SeatState
from bot.rules.standups.answers import Draft
from bot.services.standups import ahead
from storage import standups
from storage.database import Database
from tests import casebook
from tests.cast import ALICE, BOB, CHARLIE, MARA, NOBODY, NOON, OLGA, STRANGER, WORKSPACE
from tests.services.floor import by_id
from tests.standups import STANDUP, close, focused, round_of, seat_of, standup_of

TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
AT_NINE = replace(STANDUP, schedule=Schedule(at=time(9)))  # in Berlin, where it is 13:00 now
AFTERNOON = replace(
    STANDUP, id="afternoon", name="Afternoon", schedule=Schedule(at=time(16), window_minutes=60)
)


async def said(db: Database, person: Person = ALICE, day: date = TOMORROW) -> Ahead | None:
    async with db.read(WORKSPACE) as tx:
        return await standups.find_ahead(tx, STANDUP.id, person.id, day)


async def answer(
    db: Database, person: Person = ALICE, words: str = "Refunds", *, key: str = "a"
) -> None:
    draft = Draft(focused(words))
    await ahead.answer_ahead(db, person, STANDUP.id, TOMORROW, draft, key=key, now=NOON)


async def test_the_next_time_of_each_of_ones_stand_ups(db: Database) -> None:
    await casebook.set_up(db)
    for one in (AT_NINE, AFTERNOON):
        await standup_of(db, one)
    await standup_of(db, replace(STANDUP, id="off", name="Off", is_active=False))
    await standup_of(db, replace(STANDUP, id="leads", asked=frozenset({Role.LEAD})))
    seen = await ahead.see_ahead(db, ALICE, now=NOON)
    assert [(one.name, one.team_name, one.day, one.at.hour) for one in seen.next] == [
        ("Afternoon", "Billing", TODAY, 15),
        ("Floor", "Billing", TOMORROW, 8),
    ]
    assert seen.now == []
    for person in (CHARLIE, OLGA, NOBODY, STRANGER):
        assert (await ahead.see_ahead(db, person, now=NOON)).next == []


async def test_what_asks_now_is_shown_and_not_planned_again(db: Database) -> None:
    await casebook.set_up(db)
    at_noon = replace(STANDUP, schedule=Schedule(at=time(13)))
    one = await round_of(db, ALICE, standup=at_noon)
    async with db.write(WORKSPACE) as tx:  # with the key that it would have been planned under
        locked = await standups.lock_round(tx, one.id)
        assert locked
        await standups.change_round(tx, replace(locked, key=TODAY.isoformat()), locked.state)
    seen = await ahead.see_ahead(db, ALICE, now=NOON)
    assert [each.round.id for each in seen.now] == [one.id]
    assert [each.day for each in seen.next] == [TOMORROW]


async def test_an_answer_ahead_is_kept_changed_and_taken_back(db: Database) -> None:
    await casebook.set_up(db)
    await standup_of(db, AT_NINE)
    await answer(db)
    kept = await said(db)
    assert kept
    assert (kept.state, kept.answers) == (SeatState.ANSWERED, focused("Refunds"))
    seen = await ahead.see_ahead_form(db, ALICE, STANDUP.id, TOMORROW, now=NOON)
    assert seen.draft.answers == focused("Refunds")
    with pytest.raises(AlreadyHeard):
        await answer(db, words="x")
    await answer(db, words="Returns", key="b")
    [shown] = (await ahead.see_ahead(db, ALICE, now=NOON)).next
    assert shown.ahead
    assert shown.ahead.answers == focused("Returns")
    await ahead.take_back(db, ALICE, STANDUP.id, TOMORROW, key="t", now=NOON)
    assert await said(db) is None
    with pytest.raises(Stale, match="Nothing is left to take back"):
        await ahead.take_back(db, ALICE, STANDUP.id, TOMORROW, key="t2", now=NOON)


async def test_the_form_ahead_begins_with_what_is_held(db: Database) -> None:
    await casebook.set_up(db)
    await casebook.claimed(db)
    await standup_of(db, AT_NINE)
    seen = await ahead.see_ahead_form(db, BOB, STANDUP.id, TOMORROW, now=NOON)
    assert seen.draft.answers == focused("#1 Refund not received")


async def test_bad_input_ahead_is_refused_by_field(db: Database) -> None:
    await casebook.set_up(db)
    await standup_of(db, AT_NINE)
    with pytest.raises(FormProblems) as refused:
        await answer(db, words="")
    assert set(refused.value.problems) == {"text:focus"}
    assert await said(db) is None


@pytest.mark.parametrize("person", [CHARLIE, OLGA, NOBODY, STRANGER], ids=by_id)
async def test_a_stranger_says_nothing_ahead(db: Database, person: Person) -> None:
    await casebook.set_up(db)
    await standup_of(db, AT_NINE)
    for doing in (
        answer(db, person),
        ahead.skip_ahead(db, person, STANDUP.id, TOMORROW, key="s", now=NOON),
        ahead.take_back(db, person, STANDUP.id, TOMORROW, key="t", now=NOON),
        ahead.see_ahead_form(db, person, STANDUP.id, TOMORROW, now=NOON),
    ):
        with pytest.raises(Refused) as refused:
            await doing
        assert isinstance(refused.value, Denied) or "is gone" in str(refused.value)
    assert await said(db, person) is None


async def test_nobody_answers_what_is_not_planned_for_them(db: Database) -> None:
    await casebook.set_up(db)
    await standup_of(db, AT_NINE)
    saturday = date(2026, 3, 7)
    for doing in (
        answer(db, MARA),  # who manages, and is not asked
        ahead.skip_ahead(db, ALICE, STANDUP.id, saturday, key="s", now=NOON),
        ahead.see_ahead_form(db, ALICE, STANDUP.id, TODAY, now=NOON),  # which is over
    ):
        with pytest.raises(Stale, match="not planned any more"):
            await doing


async def test_a_round_that_has_opened_meanwhile_takes_the_answer(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db, ALICE, standup=AT_NINE, at=NOON, state=SeatState.DUE)
    draft = Draft(focused("Refunds"))
    await ahead.answer_ahead(db, ALICE, STANDUP.id, TODAY, draft, key="a", now=NOON)
    assert (await seat_of(db, one)).answers == focused("Refunds")
    assert await said(db, day=TODAY) is None


async def test_what_has_opened_meanwhile_is_not_skipped_ahead(db: Database) -> None:
    await casebook.set_up(db)
    await round_of(db, ALICE, standup=AT_NINE)
    with pytest.raises(Stale, match="asked you meanwhile"):
        await ahead.skip_ahead(db, ALICE, STANDUP.id, TODAY, key="s", now=NOON)


async def test_the_next_one_can_be_skipped(db: Database) -> None:
    await casebook.set_up(db)
    await standup_of(db, AT_NINE)
    await ahead.skip_ahead(db, ALICE, STANDUP.id, TOMORROW, key="s", now=NOON)
    kept = await said(db)
    assert kept
    assert kept.state is SeatState.SKIPPED


async def test_out_today_is_out_of_what_asks_and_of_what_comes_today(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    due = await round_of(db, standup=replace(STANDUP, id="due", name="Due"), state=SeatState.DUE)
    done = await round_of(
        db,
        standup=replace(STANDUP, id="done", name="Done"),
        answers={ALICE.id: focused("Refunds")},
    )
    await standup_of(db, AFTERNOON)
    seen = await ahead.out_today(db, ALICE, key="o", now=NOON)
    assert (set(seen.now), seen.later) == ({"Floor", "Due"}, ["Afternoon"])
    states = [(await seat_of(db, each)).state for each in (one, due, done)]
    assert states == [SeatState.OUT, SeatState.OUT, SeatState.ANSWERED]
    assert (await seat_of(db, one, BOB)).state is SeatState.ASKED
    async with db.read(WORKSPACE) as tx:
        kept = await standups.find_ahead(tx, AFTERNOON.id, ALICE.id, TODAY)
        assert kept
        assert kept.state is SeatState.OUT
        assert await standups.find_ahead(tx, STANDUP.id, ALICE.id, TOMORROW) is None
    with pytest.raises(AlreadyHeard):
        await ahead.out_today(db, ALICE, key="o", now=NOON)


async def test_out_today_leaves_what_was_said_ahead(db: Database) -> None:
    await casebook.set_up(db)
    await standup_of(db, AFTERNOON)
    draft = Draft(focused("Refunds"))
    await ahead.answer_ahead(db, ALICE, AFTERNOON.id, TODAY, draft, key="a", now=NOON)
    seen = await ahead.out_today(db, ALICE, key="o", now=NOON)
    assert seen.names == ["Afternoon"]
    async with db.read(WORKSPACE) as tx:
        kept = await standups.find_ahead(tx, AFTERNOON.id, ALICE.id, TODAY)
    assert kept
    assert kept.answers == focused("Refunds")


async def test_out_today_ends_at_ones_own_midnight(db: Database) -> None:
    """What asks at nine tomorrow in Berlin asks at nine this evening in Auckland, where a new day has begun."""
    await casebook.set_up(db)
    await standup_of(db, AT_NINE)
    assert (await ahead.out_today(db, ALICE, key="o", now=NOON)).names == []
    late = replace(ALICE, zone="Pacific/Auckland")
    assert (await ahead.out_today(db, late, key="o2", now=NOON)).later == ["Floor"]
    assert (await ahead.out_today(db, NOBODY, key="n", now=NOON)).names == []


async def test_a_round_that_is_over_is_not_left_any_more(db: Database) -> None:
    await casebook.set_up(db)
    one = await close(db, await round_of(db))
    assert (await ahead.out_today(db, ALICE, key="o", now=NOON)).now == []
    assert (await seat_of(db, one)).state is SeatState.SILENT
