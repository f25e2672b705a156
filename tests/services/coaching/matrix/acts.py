"""Everything that can be asked of a note, done through the services as a click would do it."""

from collections.abc import Awaitable, Callable, Mapping

from bot.people import Person
from bot.rules.coaching import CommitmentAction, Part, Promiser, Verdict
from bot.rules.coaching.disputes import DecisionDraft, DisputeDraft
from bot.rules.coaching.drafts import NoteDraft
from bot.services.coaching import (
    adding,
    answering,
    closing,
    disputing,
    promising,
    reading,
    sharing,
    writing,
)
from storage.database import Database
from tests.cast import MARA, NOON
from tests.services.coaching.matrix.rules import Asked
from tests.services.coaching.matrix.scene import DORA, HUGO, Told

Act = Callable[[Database, Person, Told], Awaitable[object]]
KEY = "a click"
WORDS = "These are my words about it."


async def _see(db: Database, person: Person, told: Told) -> object:
    return await reading.see(db, person, told.note.id, now=NOON)


async def _edit(db: Database, person: Person, told: Told) -> object:
    note = told.note
    draft = NoteDraft(
        note.agent_id,
        note.team_id,
        note.kind,
        parts={Part.SITUATION: "Tuesday's call"},
        visibility=note.visibility,
    )
    return await writing.save_again(
        db, person, note.id, draft, version=note.version, key=KEY, now=NOON
    )


async def _discard(db: Database, person: Person, told: Told) -> None:
    version = told.note.version
    await writing.discard(db, person, told.note.id, version=version, key=KEY, now=NOON)


async def _share(db: Database, person: Person, told: Told) -> object:
    version = told.note.version
    return await sharing.share(db, person, told.note.id, version=version, key=KEY, now=NOON)


async def _acknowledge(db: Database, person: Person, told: Told) -> object:
    return await answering.acknowledge(db, person, told.note.id, key=KEY, now=NOON)


async def _comment(db: Database, person: Person, told: Told) -> object:
    return await adding.comment(db, person, told.note.id, WORDS, key=KEY, now=NOON)


async def _dispute(db: Database, person: Person, told: Told) -> object:
    both = {told.note.author_id, told.note.agent_id}
    decider = next(one.id for one in (MARA, DORA, HUGO) if one.id not in both)
    draft = DisputeDraft(decider, WORDS)
    return await disputing.dispute(db, person, told.note.id, draft, key=KEY, now=NOON)


async def _decide(db: Database, person: Person, told: Told) -> object:
    draft = DecisionDraft(Verdict.STANDS, WORDS)
    return await disputing.decide(db, person, told.note.id, draft, key=KEY, now=NOON)


async def _amend(db: Database, person: Person, told: Told) -> object:
    return await adding.amend(db, person, told.note.id, WORDS, key=KEY, now=NOON)


async def _close(db: Database, person: Person, told: Told) -> object:
    return await closing.close(db, person, told.note.id, key=KEY, now=NOON)


def _settle(promiser: Promiser, action: CommitmentAction) -> Act:
    async def act(db: Database, person: Person, told: Told) -> object:
        one = told.agents if promiser is Promiser.AGENT else told.leads
        return await promising.settle(db, person, one.id, action, key=KEY, now=NOON)

    return act


ACTS: Mapping[Asked, Act] = {
    Asked.SEE: _see,
    Asked.EDIT: _edit,
    Asked.DISCARD: _discard,
    Asked.SHARE: _share,
    Asked.ACKNOWLEDGE: _acknowledge,
    Asked.COMMENT: _comment,
    Asked.DISPUTE: _dispute,
    Asked.DECIDE: _decide,
    Asked.AMEND: _amend,
    Asked.CLOSE: _close,
    Asked.SETTLE_AGENTS: _settle(Promiser.AGENT, CommitmentAction.FINISH),
    Asked.SETTLE_LEADS: _settle(Promiser.LEAD, CommitmentAction.FINISH),
    Asked.REOPEN_AGENTS: _settle(Promiser.AGENT, CommitmentAction.REOPEN),
    Asked.REOPEN_LEADS: _settle(Promiser.LEAD, CommitmentAction.REOPEN),
}
