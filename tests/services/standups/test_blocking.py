"""Blockers: kept from an answer, taken, given back, escalated and solved; who may, who comes too late, and who is told."""

import asyncio
from dataclasses import replace

import pytest

from bot.app import FIRE
from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.standups import BlockerAction, BlockerState
from bot.rules.standups.blockers import REDRAW, Clicked
from bot.services import standups as service
from bot.services.standups import blocking, summarising
from bot.services.ticking import fire_due
from bot.views.standups import ids
from bot.views.standups.blockers import Scope
from storage.database import Database
from tests import casebook
from tests.cast import (
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
from tests.services.standups.blocked import CHANNEL, DAY, blocked, escalate, now_it_is, says
from tests.services.standups.queue import cards_waiting, post_cards
from tests.standups import close, round_of


async def test_each_line_is_one_and_the_same_words_again_are_no_other(db: Database) -> None:
    await casebook.set_up(db)
    first = await round_of(db)
    found = await says(db, first, "No access", "VPN is slow")
    assert [one.words for one in found] == ["No access", "VPN is slow"]
    second = await round_of(db, at=NOON + DAY)
    again = await says(db, second, "no  ACCESS", "Printer")
    assert sorted(one.words for one in again) == ["No access", "Printer", "VPN is slow"]
    kept = next(one for one in again if one.words == "No access")
    assert (kept.round_id, kept.raised_at, kept.confirmed_at) == (first.id, NOON, NOON + DAY)
    assert len(await says(db, second, "No access", person=BOB)) == 1


async def test_an_answer_that_is_changed_replaces_what_nobody_has_begun_with(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    for blocker in await says(db, one, "First", "Second", "Third", "Fourth"):
        clicked = Clicked(blocker.id)
        if blocker.words == "First":
            await blocking.take(db, BOB, clicked, key="t", now=NOON)
        if blocker.words == "Second":
            await escalate(db, BOB, clicked)
    found = await says(db, one, "Fourth", "Fifth")
    assert sorted(b.words for b in found) == ["Fifth", "First", "Fourth", "Second"]
    assert sorted(b.words for b in await says(db, one)) == ["First", "Second"]


async def test_the_next_day_they_say_whether_it_still_stands(db: Database) -> None:
    _round, clicked = await blocked(db)
    tomorrow = await round_of(db, at=NOON + DAY)
    [same] = await says(db, tomorrow, still={clicked.blocker_id: True})
    assert same.confirmed_at == NOON + DAY
    assert await says(db, tomorrow, still={clicked.blocker_id: False}) == []
    after = await now_it_is(db, clicked)
    assert (after.state, after.closed_by, after.closed_word) == (BlockerState.SOLVED, ALICE.id, "")
    [again] = await says(db, tomorrow, still={clicked.blocker_id: True})  # they changed their mind
    assert again.state is BlockerState.OPEN


async def test_nobody_answers_for_what_blocks_others(db: Database) -> None:
    one, clicked = await blocked(db)
    await says(db, one, person=BOB, still={clicked.blocker_id: False, "no such": False})
    assert (await now_it_is(db, clicked)).state is BlockerState.OPEN


async def test_what_was_solved_with_a_word_does_not_stand_again_by_an_old_form(
    db: Database,
) -> None:
    one, clicked = await blocked(db)
    await blocking.solve(db, BOB, clicked, "It is back", key="s", now=NOON)
    assert await says(db, one, still={clicked.blocker_id: True}) == []


async def test_an_answer_draws_the_summaries_anew_within_a_second(db: Database) -> None:
    one, clicked = await blocked(db)
    assert REDRAW in await casebook.timers(db)
    await fire_due(db, WORKSPACE, FIRE, NOON)
    assert await cards_waiting(db, ids.SUMMARY) == [(one.id, CHANNEL)]
    await post_cards(db, ids.SUMMARY)
    await says(db, one, "No access", still={clicked.blocker_id: True})
    await fire_due(db, WORKSPACE, FIRE, NOON)
    assert await cards_waiting(db, ids.SUMMARY) == []  # it says the same


@pytest.mark.parametrize("person", [BOB, MARA, ALICE], ids=by_id)
async def test_somebody_of_the_team_takes_it_and_gives_it_back(
    db: Database, person: Person
) -> None:
    one, clicked = await blocked(db)
    taken = await blocking.take(db, person, clicked, key="t", now=NOON)
    assert taken.taken_by == person.id
    assert await now_it_is(db, clicked) == taken
    assert await cards_waiting(db, ids.SUMMARY) == [(one.id, CHANNEL)]
    own = person is ALICE  # who knows it already
    told = await casebook.said(db, ALICE.id)
    assert told == ([] if own else [f"<@{person.id}> looks after what blocks you: No access"])
    with pytest.raises(Stale, match="You look after this already"):
        await blocking.take(db, person, clicked, key="t2", now=NOON)
    await blocking.give_back(db, person, clicked, key="g", now=NOON)
    assert (await now_it_is(db, clicked)).taken_by is None
    assert len(await casebook.said(db, ALICE.id)) == (0 if own else 2)


@pytest.mark.parametrize("person", [OLGA, CHARLIE, NOBODY, STRANGER], ids=by_id)
async def test_others_may_do_nothing(db: Database, person: Person) -> None:
    _round, clicked = await blocked(db)
    refused = Refused if person is STRANGER else Denied
    with pytest.raises(refused):
        await blocking.take(db, person, clicked, key="1", now=NOON)
    with pytest.raises(refused):
        await blocking.solve(db, person, clicked, "It is back", key="2", now=NOON)
    with pytest.raises(refused):
        await escalate(db, person, clicked)
    with pytest.raises(refused):
        await blocking.see_to(db, person, clicked, BlockerAction.SOLVE, now=NOON)
    after = await now_it_is(db, clicked)
    assert (after.state, after.taken_by) == (BlockerState.OPEN, None)
    assert await casebook.said(db, ALICE.id) == []


async def test_of_two_at_once_one_takes_it(db: Database) -> None:
    one, clicked = await blocked(db)
    done = await asyncio.gather(
        *(blocking.take(db, who, clicked, key=who.id, now=NOON) for who in (BOB, BEN)),
        return_exceptions=True,
    )
    [late] = [found for found in done if isinstance(found, BaseException)]
    assert isinstance(late, Stale)
    assert "looks after this already" in str(late)
    assert await cards_waiting(db, ids.SUMMARY) == [(one.id, CHANNEL)]
    assert len(await casebook.said(db, ALICE.id)) == 1


async def test_it_is_solved_once_and_with_a_word(db: Database) -> None:
    _round, clicked = await blocked(db)
    with pytest.raises(FormProblems):
        await blocking.solve(db, BOB, clicked, "ok", key="s", now=NOON)
    doing = [
        blocking.solve(db, who, clicked, "The access is back", key=who.id, now=NOON)
        for who in (BOB, ALICE)
    ]
    done = await asyncio.gather(*doing, return_exceptions=True)
    assert [isinstance(found, Stale) for found in done].count(True) == 1
    after = await now_it_is(db, clicked)
    assert (after.state, after.closed_word) == (BlockerState.SOLVED, "The access is back")
    told = [one for one in await casebook.said(db, ALICE.id) if "has solved" in one]
    assert len(told) == (after.closed_by == BOB.id)


async def test_the_same_click_twice_is_one(db: Database) -> None:
    _round, clicked = await blocked(db)
    await blocking.take(db, BOB, clicked, key="t", now=NOON)
    with pytest.raises(AlreadyHeard):
        await blocking.take(db, BOB, clicked, key="t", now=NOON)
    assert len(await casebook.said(db, ALICE.id)) == 1


async def test_the_list_is_of_the_readers_teams_or_their_own(db: Database) -> None:
    one, clicked = await blocked(db)
    await says(db, replace(one, opens_at=NOON + DAY), "Slow", person=BOB)
    listed = await blocking.see_list(db, ALICE, Scope.TEAM, now=NOON + 2 * DAY)
    assert [entry.blocker.words for entry, _team, _may in listed.entries] == ["No access", "Slow"]
    assert [len(may) for _entry, _team, may in listed.entries] == [3, 2]
    mine = await blocking.see_list(db, BOB, Scope.MINE, now=NOON)
    assert [entry.blocker.words for entry, _team, _may in mine.entries] == ["Slow"]
    await blocking.take(db, BOB, clicked, key="t", now=NOON)
    assert (await blocking.see_list(db, BOB, Scope.MINE, now=NOON)).total == 2
    reader = await blocking.see_list(db, OLGA, Scope.TEAM, now=NOON)
    assert [tuple(may) for _entry, _team, may in reader.entries] == [(), ()]
    assert (await blocking.see_list(db, CHARLIE, Scope.TEAM, now=NOON)).total == 0
    for person in (NOBODY, STRANGER):
        with pytest.raises(Refused):
            await blocking.see_list(db, person, Scope.TEAM, now=NOON)


async def test_a_long_list_comes_in_pages(db: Database) -> None:
    await casebook.set_up(db)
    for n in range(4):
        one = await round_of(db, at=NOON + n * DAY)
        await says(db, one, *(f"{n}/{m}" for m in range(5)))
    second = await blocking.see_list(db, BOB, Scope.TEAM, page=1, now=NOON)
    assert (second.total, len(second.entries), second.page) == (20, 5, 1)
    gone = await blocking.see_list(db, BOB, Scope.TEAM, page=9, now=NOON)
    assert gone.page == 1


async def test_a_blocker_that_was_taken_back_is_gone(db: Database) -> None:
    await casebook.set_up(db)
    one = await round_of(db)
    [blocker] = await says(db, one, "No access")
    await says(db, one)
    with pytest.raises(Refused, match="no such blocker"):
        await blocking.take(db, BOB, Clicked(blocker.id), key="t", now=NOON)


async def test_only_the_newest_summaries_and_those_that_show_it_are_drawn_anew(
    db: Database,
) -> None:
    first, clicked = await blocked(db)
    later = [await close(db, await round_of(db, at=NOON + n * DAY)) for n in range(1, 7)]
    await round_of(db, at=NOON + 7 * DAY)  # open: nothing is posted of it yet
    await blocking.take(db, BOB, Clicked(clicked.blocker_id, later[1].id), key="t", now=NOON)
    shown = {subject for subject, _channel in await cards_waiting(db, ids.SUMMARY)}
    assert shown == {one.id for one in (first, later[1], *later[-3:])}


async def test_a_summary_of_another_team_is_not_touched(db: Database) -> None:
    _first, clicked = await blocked(db)
    async with db.read(WORKSPACE) as tx:
        assert await summarising.newest_cards(tx, SHIPPING, clicked.seen_in) == []
    assert service.LOOK in FIRE
