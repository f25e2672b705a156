"""Cases that practice would have solved, and what became of the seeds that were made of them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from bot.rules.coaching.seeds import Practice, SeedKey
from bot.rules.escalations import Solvable, State
from storage.coaching.rows import SeedRow
from storage.database import Tx, insert_into
from storage.escalations.rows import EscalationRow


async def practice(tx: Tx, team_ids: Iterable[str], *, since: datetime) -> list[Practice]:
    """Those of these teams that are resolved now, and have been since then.

    What was withdrawn, merged or opened again is not among them.
    """
    row = EscalationRow
    found = await tx.execute(
        select(row.id, row.team_id, row.category, row.raised_by, row.closed_at).where(
            row.state == State.RESOLVED,
            row.closed_at >= since,
            row.solvable == Solvable.PRACTICE,
            row.team_id.in_(list(team_ids)),
        )
    )
    return [
        Practice(number, team_id, topic, person_id, closed_at)
        for number, team_id, topic, person_id, closed_at in found
        if closed_at
    ]


async def settled(tx: Tx, team_ids: Iterable[str]) -> dict[SeedKey, datetime]:
    """Up to when cases were made into a note, or were not wanted."""
    row = SeedRow
    found = await tx.execute(
        select(row.team_id, row.person_id, row.topic, row.up_to).where(
            row.team_id.in_(list(team_ids))
        )
    )
    return {SeedKey(team_id, person_id, topic): up_to for team_id, person_id, topic, up_to in found}


async def settle(tx: Tx, key: SeedKey, up_to: datetime, *, by: str, now: datetime) -> None:
    """The cases that were closed up to then do not count again. An earlier time changes nothing."""
    values = {"up_to": up_to, "by": by, "at": now}
    place = {
        "workspace_id": tx.workspace_id,
        "team_id": key.team_id,
        "person_id": key.person_id,
        "topic": key.topic,
    }
    statement = insert_into(tx, SeedRow).values(**place, **values)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "team_id", "person_id", "topic"],
            set_=values,
            where=SeedRow.up_to < up_to,
        )
    )
