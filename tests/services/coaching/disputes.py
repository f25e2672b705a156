"""A dispute under way, and the days that pass."""

from datetime import timedelta

from bot.people import Person, Role
from bot.rules.coaching import Note, State
from bot.rules.coaching.disputes import DecisionDraft, DisputeDraft
from bot.services.coaching import disputing
from bot.services.ticking import fire_due
from storage import members
from storage.database import Database
from tests.cast import ALICE, BILLING, MARA, NOON, WORKSPACE
from tests.notes import keep
from tests.services.coaching.noted import WORDS

DAY = timedelta(days=1)
WHY = "Both were right in part"


async def disputed(db: Database, decider: Person = MARA) -> Note:
    note = await keep(db, State.SHARED)
    draft = DisputeDraft(decider.id, WORDS)
    return await disputing.dispute(db, ALICE, note.id, draft, key=f"d{note.id}", now=NOON)


async def decide(
    db: Database, note: Note, person: Person = MARA, verdict: str = "stands", key: str = "decide"
) -> Note:
    draft = DecisionDraft(verdict, WHY)
    return await disputing.decide(db, person, note.id, draft, key=key, now=NOON)


async def take_out(db: Database, role: Role, *stay: Person) -> None:
    """Only these have the role in Billing from now on."""
    async with db.write(WORKSPACE) as tx:
        chosen = await members.chosen(tx, BILLING)
        await members.set_chosen(tx, BILLING, {**chosen, role: [one.id for one in stay]})


async def live(db: Database, days: float) -> None:
    await fire_due(db, WORKSPACE, disputing.FIRE, NOON + days * DAY)
