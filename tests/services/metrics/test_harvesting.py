"""What happens in Baton itself, as numbers: the same as its own reports say, corrected late, and never counted twice."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.errors import Denied, Refused
from bot.rules.coaching import State, Visibility
from bot.rules.escalations import Returning, Verdict
from bot.rules.handovers import Handover, Item, ItemState
from bot.rules.handovers.measures import measure
from bot.rules.kudos import Taste
from bot.rules.metrics.store.bundles import Bundle, together
from bot.rules.metrics.store.slices import PERSON
from bot.rules.reports import Asked, Clock, Period
from bot.rules.standups import SeatState
from bot.rules.standups.measures import by_person, total
from bot.services import escalations, reports
from bot.services.metrics.look import linking
from bot.services.metrics.program.harvesting import harvest
from bot.services.metrics.store import keeping
from storage import handovers, kudos, standups, workspaces
from storage.database import Database
from storage.metrics import imports, names, rollups
from tests import casebook, notes, thanks
from tests.casebook import DRAFT
from tests.cast import ALICE, BEN, BILLING, BOB, DAN, MARA, NOON, SHIPPING, WORKSPACE
from tests.services.escalations.machine.deaths import Died, dying
from tests.services.metrics.store import CLOCK, FIRST, read, roll
from tests.standups import close, focused, round_of

REFUND = Verdict("Bank was slow", "refund", "25", "EUR", "permission")
LATER = NOON + timedelta(days=2)
MARCH = Asked(Period(date(2026, 3, 1), date(2026, 3, 31)))


def minutes(count: float) -> datetime:
    return NOON + timedelta(minutes=count)


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await casebook.set_up(db)
    async with db.write(WORKSPACE) as tx:
        await workspaces.save(tx, name="Floor", bot_user_id="U0BATON")


async def counted(
    db: Database, now: datetime = LATER, *, team_id: str = BILLING, slice_: str = "whole"
) -> Bundle:
    """All of it together, after a look."""
    await harvest(db, CLOCK, now=now)
    return together((await read(db, team_id=team_id, slice_=slice_)).values())


def whole(bundle: Bundle) -> Mapping[str, float]:
    return {part: amount / 1000 for part, amount in bundle.sums.items()}


def sample(bundle: Bundle, part: str) -> Mapping[float, int]:
    """How often each length came up, in minutes."""
    held = bundle.samples.get(part)
    return {value / 60_000: n for value, n in held.counts.items()} if held else {}


async def raise_case(db: Database, number: int, **values: Any) -> None:
    draft = replace(DRAFT, ticket=str(number), **values)
    await casebook.escalate(db, draft, key=f"raise:{number}")


async def test_after_a_fallen_claim_a_new_wait_is_measured(db: Database) -> None:
    await raise_case(db, 1)
    await escalations.claim(db, BOB, 1, key="claim", now=minutes(10))
    await casebook.live(db, until=minutes(24 * 60))
    [fell] = [one.at for one in await casebook.timeline(db) if one.kind.value == "fell"]
    await escalations.claim(db, BEN, 1, key="again", now=fell + timedelta(minutes=30))
    found = await counted(db)
    assert sample(found, "claim") == {10: 1, 30: 1}
    people = await read(db, slice_=PERSON)
    assert {member: sample(one, "claim") for (_, member), one in people.items() if one.samples} == {
        BOB.id: {10: 1},
        BEN.id: {30: 1},
    }


async def test_cases_are_counted_as_their_report_counts_them(db: Database) -> None:
    for number in range(1, 6):
        await raise_case(db, number, promise="A call", promise_by=minutes(60 * number))
    await escalations.claim(db, BOB, 1, key="c1", now=minutes(10))
    await escalations.resolve(db, BOB, 1, REFUND, key="r1", now=minutes(40))
    await escalations.reopen(db, ALICE, 1, "It came back", key="o1", now=minutes(100))
    await escalations.claim(db, BOB, 2, key="c2", now=minutes(25))
    await escalations.release(db, BOB, 2, "Too much", key="l2", now=minutes(30))
    await escalations.claim(db, BEN, 2, key="d2", now=minutes(50))
    await escalations.resolve(db, BEN, 2, REFUND, key="r2", now=minutes(300))
    await escalations.withdraw(db, ALICE, 3, key="w3", now=minutes(5))
    now = minutes(60 * 30)
    found = await counted(db, now)
    told = (await reports.report(db, BOB, MARCH, now=now)).tally.whole
    assert found.sums["escalated"] == told.raised * 1000 == 5000
    assert sample(found, "claim") == dict(told.claims)
    assert sample(found, "resolve") == dict(told.solutions)
    promises = told.attainment(Clock.PROMISE)
    assert (whole(found)["promises"], whole(found)["promises_kept"]) == (promises.whole, promises.part)  # fmt: skip


async def test_a_case_that_comes_back_corrects_the_past(db: Database) -> None:
    await raise_case(db, 1)
    await counted(db, minutes(1))
    await roll(db)
    await escalations.claim(db, BOB, 1, key="c", now=minutes(10))
    await escalations.give_back(
        db,
        BOB,
        1,
        Returning("missing_information", "Which bank?", "customer"),
        key="g",
        now=minutes(20),
    )
    found = whole(await counted(db))
    assert (found["escalated"], found["bounced"]) == (1, 1)


async def test_a_promise_is_broken_by_time_alone(db: Database) -> None:
    await raise_case(db, 1, promise="A call", promise_by=minutes(60))
    assert "promises" not in whole(await counted(db, minutes(30)))
    found = whole(await counted(db, minutes(61)))
    assert (found["promises"], found["promises_kept"]) == (1, 0)


async def test_handovers_are_counted_as_they_are_measured(db: Database) -> None:
    states = [*ItemState]
    for number, state in enumerate(states, 1):
        await raise_case(db, number)
        answered = None if state is ItemState.OFFERED else minutes(number)
        item = Item(
            WORKSPACE, f"h{number}", number, BILLING, BOB.id, (BEN.id,), NOON, NOON,
            state=state, answered_at=answered,
        )  # fmt: skip
        async with db.write(WORKSPACE) as tx:
            await handovers.add(
                tx, Handover(WORKSPACE, f"h{number}", BOB.id, BEN.id, NOON, items=(item,))
            )
    found = whole(await counted(db))
    async with db.read(WORKSPACE) as tx:
        told = measure(await handovers.list_since(tx, [BILLING], NOON), now=LATER)
    assert (found["handovers"], found["handovers_accepted"]) == (told.offered, told.accepted)


async def test_stand_ups_are_counted_as_their_report_counts_them(db: Database) -> None:
    said = {ALICE.id: focused("Refunds")}
    closed = await close(db, await round_of(db, ALICE, BOB, BEN, answers=said))
    async with db.write(WORKSPACE) as tx:
        seat = await standups.find_seat(tx, closed.id, BEN.id)
        assert seat
        await standups.change_seat(tx, replace(seat, state=SeatState.SKIPPED))
    await round_of(db, ALICE, at=NOON + timedelta(hours=5))  # still open
    found = whole(await counted(db))
    async with db.read(WORKSPACE) as tx:
        told = total(by_person(await standups.tallied(tx, BILLING, MARCH.period)).values())
    assert (found["asked"], found["took_part"]) == (told.expected, told.answered) == (2, 1)


async def test_a_late_answer_corrects_the_round(db: Database) -> None:
    closed = await close(db, await round_of(db, ALICE))
    assert whole(await counted(db, minutes(150)))["took_part"] == 0
    async with db.write(WORKSPACE) as tx:
        seat = await standups.find_seat(tx, closed.id, ALICE.id)
        assert seat
        late = replace(seat, state=SeatState.ANSWERED, answered_at=minutes(200))
        await standups.change_seat(tx, late)
    found = whole(await counted(db, minutes(210)))
    assert (found["asked"], found["took_part"]) == (1, 1)


async def test_thanks_that_are_taken_back_or_private_do_not_count(db: Database) -> None:
    await thanks.thank(db, BOB, ALICE)
    undone = await thanks.thank(db, BEN, ALICE)
    await thanks.thank(db, MARA, ALICE, is_public=False)
    assert whole(await counted(db, minutes(1))) == {"kudos": 2}
    await thanks.take_back(db, undone, now=minutes(2))
    assert whole(await counted(db, minutes(3))) == {"kudos": 1}


async def test_breadth_is_told_when_a_week_is_over(db: Database) -> None:
    await thanks.thank(db, BOB, ALICE)
    await thanks.thank(db, BOB, BEN)
    await thanks.thank(db, MARA, BEN, is_public=False)
    assert "kudos_people" not in whole(await counted(db, NOON + timedelta(days=5)))
    await harvest(db, CLOCK, now=NOON + timedelta(days=8))
    found = {day: whole(one) for (day, _), one in (await read(db)).items()}
    people = {"kudos_givers": 1, "kudos_people": 4}  # Alice, Bob, Ben and Mara
    assert found[date(2026, 3, 8)] == people
    assert await read(db, team_id=SHIPPING) == {}


async def test_thanks_that_somebody_does_not_want_shown_are_the_teams_alone(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await kudos.save_taste(tx, Taste(WORKSPACE, ALICE.id, in_public=False))
    await thanks.thank(db, BOB, ALICE)
    assert whole(await counted(db)) == {"kudos": 1}
    assert await read(db, slice_=PERSON) == {}


async def test_of_coaching_only_that_it_was_is_counted_and_nobody_named(db: Database) -> None:
    await notes.keep(db, State.DRAFT, visibility=Visibility.PRIVATE)
    await notes.keep(db, State.DRAFT)
    await notes.keep(db, State.SHARED)
    await notes.keep(db, State.ACKNOWLEDGED, acknowledged_at=NOON)
    assert whole(await counted(db)) == {"notes_shared": 2, "notes_acknowledged": 1}
    assert await read(db, slice_=PERSON) == {}


async def test_a_second_look_changes_nothing(db: Database) -> None:
    await raise_case(db, 1)
    await thanks.thank(db, BOB, ALICE)
    await close(db, await round_of(db, ALICE))
    first = await counted(db)
    await roll(db)
    assert whole(await counted(db, LATER + timedelta(minutes=5))) == whole(first)
    async with db.read(WORKSPACE) as tx:
        assert await rollups.stale_between(tx, FIRST, LATER.date()) == []


async def test_two_at_once_count_once(db: Database) -> None:
    for number in range(1, 4):
        await raise_case(db, number)
    await asyncio.gather(*[harvest(db, CLOCK, now=LATER) for _ in range(2)])
    assert whole(await counted(db))["escalated"] == 3
    async with db.read(WORKSPACE) as tx:
        assert len(await imports.latest(tx, most=9)) == 1


async def test_a_death_in_the_middle_loses_nothing(db: Database) -> None:
    await raise_case(db, 1)
    await thanks.thank(db, BOB, ALICE)
    for place in (4, 12, 20, 25):
        with dying(db, place), pytest.raises(Died):
            await harvest(db, CLOCK, now=LATER)
        await db.close()  # what a dead process held is let go
    assert Counter(whole(await counted(db))) == {"escalated": 1, "bounced": 0, "kudos": 1}


async def test_many_are_looked_at_page_by_page(db: Database) -> None:
    made = [await thanks.thank(db, BOB, ALICE, BEN) for _ in range(105)]
    assert whole(await counted(db)) == {"kudos": 2 * len(made)}


async def test_who_cannot_wait_for_all_of_it_gets_some_and_the_next_look_goes_on(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.metrics.program.harvesting.looking.ENOUGH", 1)
    await raise_case(db, 1)
    await thanks.thank(db, BOB, ALICE)
    await harvest(db, CLOCK, now=LATER, steps=1)
    some = whole(together((await read(db)).values()))
    every = whole(await counted(db, LATER + timedelta(minutes=1)))
    assert every["kudos"] == 1
    assert "kudos" not in some
    assert some.items() <= every.items()


async def test_nobody_has_to_say_who_baton_means_nor_can_say_otherwise(db: Database) -> None:
    await thanks.thank(db, BOB, ALICE)
    await counted(db)
    assert (await linking.see(db, BOB, BILLING, now=LATER)).all == []
    with pytest.raises(Refused):
        await linking.unlink(db, BOB, BILLING, ALICE.id, ALICE.id, key="no", now=LATER)
    async with db.read(WORKSPACE) as tx:
        assert (await names.get_all(tx, [ALICE.id]))[ALICE.id].is_own


async def test_what_was_taken_back_is_brought_in_anew(db: Database) -> None:
    await thanks.thank(db, BOB, ALICE)
    await counted(db)
    async with db.read(WORKSPACE) as tx:
        [own] = await imports.latest(tx, most=9)
    await keeping.undo(db, CLOCK, own, key="undo", now=LATER)
    assert await read(db) == {}
    assert whole(await counted(db, LATER + timedelta(minutes=1))) == {"kudos": 1}


async def test_another_team_and_another_workspace_have_nothing(db: Database) -> None:
    await raise_case(db, 1)
    assert whole(await counted(db, team_id=SHIPPING)) == {}
    await harvest(db, replace(CLOCK, workspace_id="T0NEW"), now=LATER)
    with pytest.raises(Denied):
        await harvest(db, DAN, now=LATER)
