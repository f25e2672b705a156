"""People who leave, and what can be seen of it: used by the tests of leaving."""

from collections.abc import Sequence
from datetime import timedelta

from bot.people import Person, Role, system
from bot.rules.coaching import CommitmentState, EntryKind, Note, Promiser, State
from bot.rules.people import Profile
from bot.services import teams as team_service
from bot.services.coaching import following_up, leaving, promising
from bot.services.people import save_profiles
from bot.services.ticking import fire_due
from schedules.coaching import FIRE
from storage import coaching, people
from storage.database import Database
from tests import notes
from tests.casebook import timers
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    MARA,
    NOON,
    WORKSPACE,
)
from tests.services.coaching.promised import entries, of

EVERY_ROLE: dict[Role, Sequence[str]] = {
    Role.LEAD: (BOB.id, BEN.id),
    Role.AGENT: (ALICE.id,),
    Role.MANAGER: (MARA.id,),
}
TOLD = f"<@{BOB.id}> does not coach you any more. What they have shared with you stays yours to read: `/coach` shows it."
SOON = NOON + timedelta(days=3)


OF_A_LEAD_WHO_HAS_GONE = {
    Promiser.AGENT: CommitmentState.OPEN,
    Promiser.LEAD: CommitmentState.DROPPED,
}


async def members_are(db: Database, by_role: dict[Role, Sequence[str]], key: str = "k") -> None:
    """Somebody fills the form in, and a second passes."""
    await team_service.set_members(db, ADA, BILLING, EVERY_ROLE | by_role, key=key, now=NOON)
    await look(db)


async def look(db: Database) -> None:
    while leaving.LOOK in await timers(db):
        await fire_due(db, WORKSPACE, FIRE, NOON)
    await fire_due(db, WORKSPACE, FIRE, NOON)


async def deactivated(db: Database, person: Person) -> None:
    gone = Profile(person.id, name=person.name, is_deleted=True, updated=99)
    await save_profiles(db, system(WORKSPACE), [gone], now=NOON)
    await look(db)


async def unfinished(db: Database, **values: object) -> Note:
    """A shared note of Bob's about Alice with a promise of each, to be followed up, all of it planned."""
    note = await notes.keep(db, State.SHARED, follow_up_on=SOON.date(), **values)
    for promiser in Promiser:
        await notes.promise(db, note, promiser=promiser)
    async with db.write(WORKSPACE) as tx:
        await following_up.plan(tx, note, now=NOON)
        await promising.replan_of(tx, note.author_id, note.agent_id, now=NOON)
    return note


async def states(db: Database, note: Note) -> dict[Promiser, CommitmentState]:
    return {one.promiser: one.state for one in await of(db, note)}


async def kinds(db: Database, note: Note) -> list[tuple[EntryKind, str]]:
    return [(one.kind, one.by) for one in await entries(db, note)]


async def found(db: Database, note: Note) -> Note:
    async with db.read(WORKSPACE) as tx:
        return await coaching.get(tx, note.id)


async def person(db: Database, one: Person) -> Person:
    async with db.read(WORKSPACE) as tx:
        return await people.get(tx, one.id)
