"""Alice is blocked: what she says, what becomes of it, and the summary that shows it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.people import Person
from bot.rules.escalations import Decision, Solvable, Verdict
from bot.rules.standups import Blocker, Round
from bot.rules.standups.blockers import Clicked, Wanted
from bot.services.standups import blocking
from storage import standups
from storage.database import Database
from tests import casebook
from tests.cast import (
    ALICE,
    BILLING,
    NOON,
    WORKSPACE,
)
from tests.standups import close, round_of

DAY = timedelta(days=1)
CHANNEL = "C0BILLING"
NOTHING: Mapping[str, bool] = {}
VERDICT = Verdict("Done", Decision.NONE, "", "", Solvable.NO)


async def says(
    db: Database,
    one: Round,
    *words: str,
    person: Person = ALICE,
    still: Mapping[str, bool] = NOTHING,
) -> list[Blocker]:
    """Their answer, and what stands in their way then."""
    async with db.write(WORKSPACE) as tx:
        await blocking.said(tx, one, person.id, words, still, now=one.opens_at)
        return await blocking.blockers_for_form(tx, person.id, BILLING)


async def blocked(db: Database, words: str = "No access") -> tuple[Round, Clicked]:
    """Alice is blocked, and the summary is posted."""
    await casebook.set_up(db)
    one = await round_of(db)
    [blocker] = await says(db, one, words)
    return await close(db, one), Clicked(blocker.id, one.id)


async def now_it_is(db: Database, clicked: Clicked) -> Blocker:
    async with db.read(WORKSPACE) as tx:
        found = await standups.find_standing(tx, clicked.blocker_id)
    assert found
    return found.blocker


async def escalate(db: Database, person: Person, clicked: Clicked, key: str = "e") -> int:
    wanted = Wanted(BILLING, replace(casebook.DRAFT, ticket="T-9"))
    case = await blocking.escalate(db, person, clicked, wanted, key=key, now=NOON)
    return case.id
