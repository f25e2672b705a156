"""However many kudos there are, a digest and a quiet list read only their own: SQLite says how it would find them."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.rules.kudos.digests import About
from bot.rules.spans import Span
from bot.services.kudos import digesting, leading, timing
from bot.services.kudos.timing import LOOK
from storage import kudos
from storage.database import Database, Tx
from storage.timers import Timer
from tests.cast import BILLING, BOB, NOON, WORKSPACE
from tests.plans import hearing, plans, reads_all
from tests.services.floor import furnish
from tests.thanks import thank_often

WEEK_AGO = NOON - timedelta(days=7)
Read = Callable[[Tx], Awaitable[object]]
READS: dict[str, tuple[Read, str]] = {
    "what a team got": (
        lambda tx: kudos.given_between(tx, [BILLING], WEEK_AGO, NOON),
        "(workspace_id=? AND team_id=? AND given_at>? AND given_at<?)",
    ),
    "who thanked whom": (
        lambda tx: kudos.pairs_between(tx, BILLING, WEEK_AGO, NOON),
        "(workspace_id=? AND team_id=? AND given_at>? AND given_at<?)",
    ),
    "who of a team gave": (
        lambda tx: kudos.givers_in(tx, BILLING, WEEK_AGO, NOON, only_public=True),
        "(workspace_id=? AND giver_id=? AND given_at>? AND given_at<?)",
    ),
    "who of a team was thanked": (
        lambda tx: kudos.thanked_since(tx, BILLING, WEEK_AGO),
        "(workspace_id=? AND receiver_id=? AND given_at>?)",
    ),
    "when somebody was thanked last": (
        lambda tx: kudos.last_thanked(tx, [BOB.id]),
        "(workspace_id=? AND receiver_id=?)",
    ),
    "hints": (
        lambda tx: kudos.flags_since(tx, BILLING, WEEK_AGO),
        "(workspace_id=? AND team_id=? AND at>?)",
    ),
    "who celebrates": (
        lambda tx: kudos.celebrating(tx, BILLING),
        "(workspace_id=? AND person_id=?)",
    ),
}


@pytest.mark.parametrize("name", READS)
async def test_only_what_is_wanted_is_read(sqlite: Database, name: str) -> None:
    read, index = READS[name]
    with hearing(sqlite, "kudos") as said:
        async with sqlite.read(WORKSPACE) as tx:
            await read(tx)
    for plan in await plans(sqlite, said):
        assert not reads_all(plan), plan
        assert [step for step in plan if index in step], plan


async def test_a_digest_takes_as_many_statements_for_one_thanks_as_for_many(
    sqlite: Database,
) -> None:
    await furnish(sqlite)
    people = [BOB.id, "U0ALICE", "U0BEN"]
    counts = []
    for count in (300, 1):
        async with sqlite.write(WORKSPACE) as tx:
            first = NOON + timedelta(days=count)
            await thank_often(tx, BILLING, people, count, since=first, until=first)
        with hearing(sqlite, "kudos", "people", "members", "teams") as said:
            async with sqlite.read(WORKSPACE) as tx:
                await digesting.load(tx, About(BILLING, Span(first, first + timedelta(days=1))))
            await leading.see_team(sqlite, BOB, BILLING, now=first)
        counts.append(len(said))
    assert counts[0] == counts[1]


async def test_a_look_reads_only_its_own(sqlite: Database) -> None:
    await furnish(sqlite)
    friday = NOON + timedelta(days=4, hours=3)
    with hearing(sqlite, "kudos") as said:
        async with sqlite.write(WORKSPACE) as tx:
            await timing.look(tx, Timer(LOOK, BILLING, NOON), friday)
    assert [reads_all(plan) for plan in await plans(sqlite, said)] == [[]] * len(said)
