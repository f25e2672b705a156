"""Lists, the card and Home: who sees what, in which order."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.people import Person
from bot.rules.escalations import WaitDraft
from bot.rules.escalations.listings import Filter, Listing, Turn
from bot.services import escalations, home
from bot.views.escalations.lists import A_PAGE
from storage.database import Database
from tests import casebook
from tests.casebook import DRAFT
from tests.cast import ADA, ALICE, BEN, BOB, CHARLIE, MARA, NOBODY, NOON, OLGA, WORKSPACE


async def numbers(
    db: Database, person: Person, listing: Listing, turn: Turn | None = None
) -> list[int]:
    found = await escalations.list_cases(db, person, Filter(listing), turn, now=NOON)
    return [one.id for one in found.leaf.items]


async def three_cases(db: Database) -> None:
    """#1 low by Alice, #2 high by Bob and claimed by Ben, #3 critical by Alice."""
    await casebook.set_up(db)
    for n, (severity, person) in enumerate((("low", ALICE), ("high", BOB), ("critical", ALICE))):
        draft = replace(DRAFT, ticket=str(n), severity=severity)
        await casebook.escalate(db, draft, person=person, key=str(n))
    await escalations.claim(db, BEN, 2, key="claim", now=NOON)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (BOB, [3, 2, 1]),
        (MARA, [3, 2, 1]),
        (OLGA, [3, 2, 1]),
        (ALICE, [3, 1]),
        (CHARLIE, []),
        (NOBODY, []),
    ],
)
async def test_the_open_list_is_by_due_time_and_shows_only_what_one_may_see(
    db: Database, person: Person, expected: list[int]
) -> None:
    await three_cases(db)
    assert await numbers(db, person, Listing.OPEN) == expected


async def test_a_promise_brings_a_claimed_case_forward(db: Database) -> None:
    await casebook.set_up(db)
    await casebook.escalate(db, replace(DRAFT, ticket="1"), key="1")
    promised = replace(DRAFT, ticket="2", promise_by=NOON + timedelta(minutes=5))
    await casebook.escalate(db, promised, key="2")
    await escalations.claim(db, BOB, 2, key="claim", now=NOON)
    assert await numbers(db, BOB, Listing.OPEN) == [2, 1]


async def test_mine_is_what_i_raised_or_own(db: Database) -> None:
    await three_cases(db)
    assert await numbers(db, ALICE, Listing.MINE) == [3, 1]
    assert await numbers(db, BEN, Listing.MINE) == [2]
    assert await numbers(db, BOB, Listing.MINE) == [2]
    await escalations.withdraw(db, ALICE, 1, key="withdraw", now=NOON)
    assert await numbers(db, ALICE, Listing.MINE) == [3]


async def test_lists_have_pages(db: Database) -> None:
    await casebook.set_up(db)
    for n in range(A_PAGE + 3):
        await casebook.escalate(db, replace(DRAFT, ticket=str(n)), key=str(n))
    first = (await escalations.list_cases(db, BOB, Filter(), now=NOON)).leaf
    assert (len(first.items), first.total) == (A_PAGE, A_PAGE + 3)
    assert await numbers(db, BOB, Listing.OPEN, first.after) == [21, 22, 23]


async def test_the_card_is_drawn_in_the_teams_language_from_the_newest_state(db: Database) -> None:
    await casebook.set_up(db)
    await casebook.claimed(db)
    drawn = await casebook.drawn(db, 1)
    assert drawn
    assert "Owner: <@U0BOB>" in drawn.text
    assert await casebook.drawn(db, 99) is None


async def question(db: Database, number: int) -> str:
    """What is asked before the claim."""
    drawn = await casebook.drawn(db, number)
    assert drawn
    assert drawn.blocks
    claim = drawn.blocks[-1]["elements"][0]
    return str(claim.get("confirm", {}).get("text", {}).get("text", ""))


async def test_before_a_claim_each_lead_s_load_is_shown(db: Database) -> None:
    """Those on shift, here both leads, with what they hold in any team; nothing while they hold nothing."""
    await casebook.set_up(db)
    for n in range(4):
        await casebook.escalate(db, replace(DRAFT, ticket=str(n)), key=str(n))
    assert await question(db, 4) == ""
    for n, person in ((1, BOB), (2, BOB), (3, MARA)):
        await escalations.claim(db, person, n, key=f"claim-{n}", now=NOON)
    told = await question(db, 4)
    assert told.endswith(": Bob 2 (next due Mon 2:00\u202fPM), Ben 0."), told
    await escalations.wait(
        db,
        BOB,
        1,
        WaitDraft("customer", "Away", NOON + timedelta(days=2)),
        key="wait",
        now=NOON,
    )
    assert "Bob 2" in await question(db, 4)
    await escalations.release(db, BOB, 2, "Ill", key="release", now=NOON)
    assert "Bob 1 (next due Wed" in await question(db, 4)


async def home_of(db: Database, person: Person) -> str:
    async with db.read(WORKSPACE) as tx:
        return json.dumps((await home.draw(tx, person.id, person.id, now=NOON)).view)


async def test_home_shows_each_their_own(db: Database) -> None:
    await three_cases(db)
    lead = await home_of(db, BOB)
    assert "Waiting for an owner" in lead
    assert "#3" in lead
    agent = await home_of(db, ALICE)
    assert "Every case of your teams" not in agent
    assert "#1" in agent
    assert "#2" not in agent
    assert "Set-up" not in agent
    assert "Set-up" in await home_of(db, ADA)
    assert "Set-up" in await home_of(db, MARA)
    assert "Set-up" in await home_of(db, BOB)
    nobody = await home_of(db, NOBODY)
    assert "Welcome" in nobody
    assert "<@U0ADA>" in nobody


async def test_home_of_somebody_unknown_is_a_welcome(db: Database) -> None:
    assert "Welcome" in await home_of(db, replace(NOBODY, id="U0NEW"))


async def test_nothing_of_the_other_workspace_is_ever_drawn(db: Database) -> None:
    await three_cases(db)
    for person in (ALICE, BOB, ADA, NOBODY):
        assert "LEAK" not in await home_of(db, person)
