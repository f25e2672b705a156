"""Notes that are written through the form: what Bob fills in about Alice, and cases that practice would have solved."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.people import Person, Role
from bot.rules.coaching import Commitment, Note, Promiser
from bot.rules.coaching.drafts import NoteDraft, Promise
from bot.rules.coaching.forms import DraftSeen
from bot.rules.coaching.seeds import SeedSeen
from bot.rules.escalations import Escalation, Verdict
from bot.rules.teams import Team
from bot.services import escalations
from bot.services.coaching import seeds, sharing, writing
from storage import coaching, members, people, teams
from storage.database import Database
from tests import casebook, notes
from tests.cast import ALICE, BILLING, BOB, NOON, WORKSPACE

SOON = date(2026, 3, 9)
DEPARTMENT = "team-department"
DRAFT = NoteDraft(
    ALICE.id,
    kind="praise",
    skill="Listening",
    parts=dict(notes.BODY.parts),
    theirs=(Promise("Say back what they want", SOON), Promise()),
    mine=(Promise("Sit beside you on Friday", SOON),),
    follow_up_on=SOON,
    visibility="agent",
)
WORDS = ("late parcel", "customer finish", "took the refund", "Say back", "Sit beside")
"""Of what nobody may read but those it is shared with."""
PRACTICE = Verdict(cause="Did not know the screen", decision="explanation", solvable="practice")


async def save(
    db: Database,
    person: Person = BOB,
    *,
    key: str = "save",
    now: datetime = NOON,
    up_to: datetime | None = None,
    **values: Any,
) -> DraftSeen:
    draft = replace(DRAFT, **values)
    return await writing.save(db, person, draft, up_to=up_to, key=key, now=now)


async def save_again(
    db: Database, note: Note, person: Person = BOB, *, key: str = "again", **values: Any
) -> DraftSeen:
    return await writing.save_again(
        db, person, note.id, replace(DRAFT, **values), version=note.version, key=key, now=NOON
    )


async def share(
    db: Database, note: Note, person: Person = BOB, *, key: str = "share", now: datetime = NOON
) -> Note:
    return await sharing.share(db, person, note.id, version=note.version, key=key, now=now)


async def discard(db: Database, note: Note, person: Person = BOB, *, key: str = "discard") -> None:
    await writing.discard(db, person, note.id, version=note.version, key=key, now=NOON)


async def find(db: Database, note: Note) -> Note | None:
    async with db.read(WORKSPACE) as tx:
        return await coaching.find(tx, note.id)


async def commitments(db: Database, note: Note) -> list[tuple[Promiser, str, str]]:
    async with db.read(WORKSPACE) as tx:
        found: list[Commitment] = await coaching.commitments_of(tx, note.id)
    return [(one.promiser, one.words, one.state) for one in found]


async def leaves(db: Database, person: Person, team_id: str = BILLING) -> Person:
    """They are nothing in that team any more; as whom they come back."""
    async with db.write(WORKSPACE) as tx:
        chosen = await members.chosen(tx, team_id)
        left = {role: [one for one in ids if one != person.id] for role, ids in chosen.items()}
        await members.set_chosen(tx, team_id, left)
        return await people.get(tx, person.id)


async def in_department(db: Database, manager: Person) -> Person:
    """Billing reports to a department that this person manages."""
    async with db.write(WORKSPACE) as tx:
        await teams.add(tx, Team(WORKSPACE, DEPARTMENT, "Service"))
        await members.add(tx, DEPARTMENT, Role.MANAGER, [manager.id])
        await teams.change(tx, replace(await teams.get(tx, BILLING), department_id=DEPARTMENT))
        return await people.get(tx, manager.id)


async def solved(
    db: Database, number: int, person: Person = ALICE, verdict: Verdict = PRACTICE
) -> Escalation:
    """A case that was resolved so many hours after noon."""
    now = NOON + timedelta(hours=number)
    case = await casebook.escalate(db, person=person, key=f"raise {number}", now=now)
    await escalations.claim(db, BOB, case.id, key=f"claim {number}", now=now)
    return await escalations.resolve(db, BOB, case.id, verdict, key=f"solve {number}", now=now)


async def sown(db: Database, person: Person = BOB, now: datetime | None = None) -> list[SeedSeen]:
    async with db.read(WORKSPACE) as tx:
        return await seeds.of_leader(tx, person, now=now or NOON + timedelta(days=1))
