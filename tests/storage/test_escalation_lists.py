"""Pages of lists: each case once, in order, there and back again, and only those that a reader may see."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.rules.escalations import Escalation, State, WaitingOn, raised
from bot.rules.escalations.listings import Filter, Listing, Turn
from bot.views.escalations.lists import Leaf
from storage import escalations
from storage.database import Database
from storage.escalations import lists
from storage.escalations.lists import Reader
from tests import casebook
from tests.casebook import DRAFT, OTHER_TEAM, TEAM
from tests.cast import ADA, ALICE, BILLING, BOB, CHARLIE, DAN, NOON, SHIPPING, WORKSPACE

HOUR = timedelta(hours=1)
LEAD = Reader(BOB.id, [BILLING])
L = Listing


def case(number: int, **changed: object) -> Escalation:
    severity = changed.pop("severity", "high")
    promise_by = changed.pop("promise_by", None)
    draft = replace(DRAFT, ticket=str(number), severity=severity, promise_by=promise_by)  # type: ignore[arg-type]
    plain = raised(ALICE, TEAM, draft, number=number, now=NOON).after
    return replace(plain, **changed)  # type: ignore[arg-type]


def resolved(number: int, hours: int, **changed: object) -> Escalation:
    at = NOON + hours * HOUR
    return case(
        number, state=State.RESOLVED, closed_at=at, due_at=None, closed_by=BOB.id, **changed
    )


async def keep(db: Database, *cases: Escalation) -> None:
    await casebook.set_up(db)
    async with db.write(WORKSPACE) as tx:
        for one in cases:
            step = raised(ALICE, TEAM, one.draft, number=one.id, now=NOON)
            await escalations.add(tx, replace(step, after=one))


async def leaf(
    db: Database,
    wanted: Filter,
    turn: Turn | None = None,
    *,
    reader: Reader = LEAD,
    limit: int = 20,
    now: datetime = NOON,
) -> Leaf:
    async with db.read(WORKSPACE) as tx:
        return await lists.leaf(tx, reader, wanted, turn, limit=limit, now=now)


async def numbers(db: Database, wanted: Filter, reader: Reader = LEAD) -> list[int]:
    return [one.id for one in (await leaf(db, wanted, reader=reader)).items]


async def pages(
    db: Database, listing: Listing, turn: Turn | None = None, *, backwards: bool = False
) -> list[Leaf]:
    """One page after another, as long as there is one."""
    found: list[Leaf] = []
    while turn or not found:
        found.append(await leaf(db, Filter(listing), turn, limit=3))
        turn = found[-1].before if backwards else found[-1].after
    return found


ELEVEN = range(1, 12)


@pytest.mark.parametrize(
    ("listing", "cases", "expected"),
    [
        # some due at the same moment, and some with no time at all
        (
            Listing.OPEN,
            [case(n, due_at=NOON + n // 3 * HOUR if n < 8 else None) for n in ELEVEN],
            [*ELEVEN],
        ),
        (Listing.RESOLVED, [resolved(n, n // 3) for n in ELEVEN], [*reversed(ELEVEN)]),
    ],
)
async def test_pages_lead_there_and_back_and_miss_nothing(
    db: Database, listing: Listing, cases: list[Escalation], expected: list[int]
) -> None:
    await keep(db, *cases)
    there = await pages(db, listing)
    assert [one.id for page in there for one in page.items] == expected
    assert [page.page for page in there] == [1, 2, 3, 4]
    assert {page.total for page in there} == {11}
    assert there[0].before is None
    back = await pages(db, listing, there[-1].before, backwards=True)
    assert [one.id for page in reversed(back) for one in page.items] == expected[:9]


async def test_a_page_that_is_empty_by_now_is_the_first(db: Database) -> None:
    await keep(db, case(1), case(2))
    found = await leaf(db, Filter(), Turn(9, NOON + 99 * HOUR, page=7))
    assert [one.id for one in found.items] == [1, 2]
    assert (found.page, found.before) == (1, None)


async def test_each_list_holds_its_own(db: Database) -> None:
    later, sooner = NOON + 9 * HOUR, NOON - HOUR
    claimed = {"state": State.CLAIMED, "owner_id": BOB.id, "claim_warn_at": None}
    await keep(
        db,
        case(1, claim_warn_at=later),
        case(2, claim_warn_at=None),
        case(3, claim_warn_at=sooner),
        case(4, **claimed, update_due_at=later, update_warn_at=later),
        case(5, **claimed, update_due_at=later, update_warn_at=None),
        case(6, **claimed, update_due_at=None, promise_by=later, promise_warn_at=sooner),
        case(7, state=State.WAITING, owner_id=BOB.id, waiting_on=WaitingOn.CUSTOMER),
        case(8, state=State.RETURNED, claim_warn_at=None),
        resolved(9, 1),
        case(10, state=State.WITHDRAWN, due_at=None, closed_at=NOON),
    )
    expected = {
        L.OPEN: [1, 2, 3, 4, 5, 6, 7, 8],
        L.MINE: [4, 5, 6, 7],
        L.UNCLAIMED: [1, 2, 3],
        L.WAITING: [7],
        L.BREACHING: [2, 3, 5, 6],
        L.RETURNED: [8],
        L.RESOLVED: [9],
    }
    assert {one: sorted(await numbers(db, Filter(one))) for one in Listing} == expected


async def test_lists_are_narrowed_to_a_team_and_a_severity(db: Database) -> None:
    there = {"team_id": OTHER_TEAM.id, "channel": OTHER_TEAM.leads_channel}
    await keep(
        db, case(1), case(2, severity="low"), case(3, **there), case(4, severity="low", **there)
    )
    both = Reader(BOB.id, [BILLING, SHIPPING])
    assert await numbers(db, Filter(team_id=SHIPPING), both) == [3, 4]
    assert await numbers(db, Filter(severity="high"), both) == [1, 3]
    assert await numbers(db, Filter(team_id=SHIPPING, severity="low"), both) == [4]


async def test_without_a_team_one_sees_only_what_concerns_one(db: Database) -> None:
    await keep(
        db,
        case(1),
        case(2, state=State.CLAIMED, owner_id=BOB.id),
        case(3, followers=frozenset({DAN.id, "U0DANIEL"})),
        case(4, called=frozenset({CHARLIE.id})),
    )
    raised, all_of_it = [1, 2, 3, 4], [1, 2, 3, 4]
    for reader, expected in (
        (Reader(ALICE.id, []), raised),
        (Reader(BOB.id, []), [2]),
        (Reader(DAN.id, []), [3]),
        (Reader(CHARLIE.id, []), [4]),
        (Reader(ADA.id, [], sees_all=True), all_of_it),
        (Reader(ADA.id, []), []),
        (Reader("U0DANIE", []), []),
        (Reader("%", []), []),
    ):
        assert sorted(await numbers(db, Filter(), reader)) == expected, reader


async def test_another_workspace_sees_nothing(db: Database) -> None:
    await keep(db, case(1))
    async with db.read("T0NEW") as tx:
        found = await lists.leaf(
            tx, Reader(BOB.id, [BILLING], sees_all=True), Filter(), None, limit=9, now=NOON
        )
    assert (list(found.items), found.total) == ([], 0)
