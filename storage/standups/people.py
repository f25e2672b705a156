"""What is kept of people beyond their answers: who shares their mood, and when Slack keeps messages from them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select, update

from bot.rules.spans import Span
from storage.database import Tx, insert_into
from storage.members import MemberRow
from storage.standups.rows import ConsentRow, QuietRow


async def who_shares_mood(tx: Tx, person_ids: Iterable[str]) -> frozenset[str]:
    """Who of these lets their leads see how their own mood went."""
    found = await tx.scalars(
        select(ConsentRow.person_id).where(
            ConsentRow.person_id.in_(list(person_ids)), ConsentRow.shares_mood
        )
    )
    return frozenset(found)


async def sharing_in(tx: Tx, team_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Who shares their mood with the leads of each of these teams: only who is in the team."""
    found = await tx.execute(
        select(MemberRow.team_id, MemberRow.person_id)
        .join(ConsentRow, ConsentRow.person_id == MemberRow.person_id)
        .where(MemberRow.team_id.in_(list(team_ids)), ConsentRow.shares_mood)
    )
    sharing: defaultdict[str, set[str]] = defaultdict(set)
    for team_id, person_id in found:
        sharing[team_id].add(person_id)
    return {team_id: frozenset(people) for team_id, people in sorted(sharing.items())}


async def set_shares_mood(tx: Tx, person_id: str, *, shares: bool, now: datetime) -> None:
    values = {"shares_mood": shares, "said_at": now}
    statement = insert_into(tx, ConsentRow).values(
        workspace_id=tx.workspace_id, person_id=person_id, **values
    )
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["workspace_id", "person_id"], set_=values)
    )


async def quiet_times(
    tx: Tx, person_ids: Iterable[str], *, asked_since: datetime
) -> dict[str, Span]:
    """When Slack keeps messages from these people, as far as it was asked since then."""
    rows = await tx.scalars(
        select(QuietRow)
        .where(QuietRow.person_id.in_(list(person_ids)), QuietRow.asked_at >= asked_since)
        .execution_options(populate_existing=True)
    )
    return {row.person_id: Span(row.starts_at, row.ends_at) for row in rows}


async def claim_quiet_times(
    tx: Tx, person_ids: Iterable[str], *, asked_before: datetime, now: datetime
) -> list[str]:
    """Those about whom Slack was last asked by then, if ever. They are asked about now: nobody else claims them."""
    rows = _quiet_rows(tx, dict.fromkeys(person_ids, Span(now, now)), now)
    if not rows:
        return []
    statement = insert_into(tx, QuietRow)
    claimed = await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "person_id"],
            set_={"asked_at": statement.excluded.asked_at},
            where=statement.table.c.asked_at <= asked_before,
        ).returning(statement.table.c.person_id),
        rows,
    )
    return sorted(claimed.scalars())


async def unclaim_quiet_times(tx: Tx, person_ids: Iterable[str], *, asked_at: datetime) -> None:
    """Slack was not asked after all; what was known stays."""
    await tx.execute(
        update(QuietRow)
        .where(QuietRow.person_id.in_(list(person_ids)))
        .values(asked_at=asked_at)
        .execution_options(synchronize_session=False)
    )


async def put_quiet_times(tx: Tx, times: Mapping[str, Span], *, now: datetime) -> None:
    """What Slack says now, in place of what it said before. A span without time: not at all."""
    if rows := _quiet_rows(tx, times, now):
        statement = insert_into(tx, QuietRow)
        values = {name: statement.excluded[name] for name in ("starts_at", "ends_at", "asked_at")}
        await tx.execute(
            statement.on_conflict_do_update(
                index_elements=["workspace_id", "person_id"], set_=values
            ),
            rows,
        )


def _quiet_rows(tx: Tx, times: Mapping[str, Span], now: datetime) -> list[dict[str, object]]:
    return [
        {
            "workspace_id": tx.workspace_id,
            "person_id": person_id,
            "starts_at": span.start,
            "ends_at": span.end,
            "asked_at": now,
        }
        for person_id, span in sorted(times.items())
    ]
