"""Coaching notes without filling in a form: Bob of Billing about Alice, in any state."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.rules.coaching import (
    Body,
    Commitment,
    CommitmentState,
    Kind,
    Note,
    Part,
    Promiser,
    State,
    Visibility,
)
from bot.rules.coaching.notes import DISPUTE_FOR
from bot.rules.wall_clock import day_of
from storage import coaching
from storage.base import new_id
from storage.database import Database
from tests.cast import ALICE, BILLING, BOB, NOON, WORKSPACE

BODY = Body(
    {
        Part.SITUATION: "Monday's call about the late parcel",
        Part.BEHAVIOUR: "You let the customer finish, and said back what you had understood",
        Part.IMPACT: "They calmed down and took the refund",
    }
)


def note(state: State = State.DRAFT, **values: Any) -> Note:
    """As it is at NOON, a minute after it was shared, if it is."""
    given: dict[str, Any] = {"team_id": BILLING, "author_id": BOB.id, "agent_id": ALICE.id} | values
    made = Note(
        WORKSPACE,
        given.pop("id", new_id()),
        given.pop("team_id"),
        given.pop("author_id"),
        given.pop("agent_id"),
        given.pop("kind", Kind.PRAISE),
        given.pop("visibility", Visibility.AGENT),
        given.pop("written_at", NOON - timedelta(minutes=2)),
        body=given.pop("body", BODY),
        state=state,
    )
    if state is not State.DRAFT:
        shared_at = given.get("shared_at", NOON - timedelta(minutes=1))
        made = replace(made, shared_at=shared_at, dispute_until=shared_at + DISPUTE_FOR)
    return replace(made, **given)


async def keep(db: Database, state: State = State.DRAFT, **values: Any) -> Note:
    """The same, kept."""
    made = note(state, **values)
    async with db.write(WORKSPACE) as tx:
        await coaching.add(tx, made, now=NOON)
        return await coaching.get(tx, made.id)


async def promise(
    db: Database,
    about: Note,
    words: str = "Say back what the customer wants, before answering",
    *,
    promiser: Promiser = Promiser.AGENT,
    state: CommitmentState = CommitmentState.OPEN,
    now: datetime = NOON,
    days: int = 7,
) -> Commitment:
    """A commitment in a note that is kept already, due in so many days."""
    made = Commitment(
        WORKSPACE,
        new_id(),
        about.id,
        about.team_id,
        about.author_id,
        about.agent_id,
        promiser,
        words,
        day_of(now, "UTC") + timedelta(days=days),
        state=state,
    )
    async with db.write(WORKSPACE) as tx:
        await coaching.add_commitment(tx, made, now=now)
        found = await coaching.find_commitment(tx, made.id)
    assert found is not None
    return found
