"""Digests, and what each of them has told."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import String, and_, cast, delete, func, select, update

from bot.rules.metrics.digest import posts as rules
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.digest.digests import About, Choice, Digest
from bot.rules.metrics.digest.posts import Post
from bot.rules.reports import Period
from storage.base import Json
from storage.database import Tx, insert_into
from storage.metrics.deciding_rows import DigestRow, PostRow


async def add(tx: Tx, digest: Digest) -> None:
    tx.add(
        DigestRow(
            workspace_id=tx.workspace_id, id=digest.id, version=1, stopped=[], **_values(digest)
        )
    )
    await tx.flush()


async def find(tx: Tx, digest_id: str) -> Digest | None:
    asked = select(DigestRow).where(DigestRow.id == digest_id)
    row = await tx.scalar(asked.execution_options(populate_existing=True))
    return _to_digest(row) if row else None


async def lock(tx: Tx, digest_id: str) -> Digest | None:
    """Nobody else changes it until the end of the transaction. None if it is gone."""
    asked = select(DigestRow).where(DigestRow.id == digest_id).with_for_update()
    row = await tx.scalar(asked.execution_options(populate_existing=True))
    return _to_digest(row) if row else None


async def set_stopped(tx: Tx, digest: Digest) -> None:
    """Who does not want it. Whoever has its form open can still save that: it is no change of the digest."""
    await tx.execute(
        update(DigestRow)
        .where(DigestRow.id == digest.id)
        .values(stopped=list(digest.stopped))
        .execution_options(synchronize_session=False)
    )


async def read_by(tx: Tx, person_id: str) -> list[Digest]:
    """Those that go to this person privately, also if they have stopped them, by name."""
    asked = select(DigestRow).where(
        DigestRow.channel == "",
        cast(DigestRow.readers, String).contains(f'"{person_id}"', autoescape=True),
    )
    rows = await tx.scalars(
        asked.order_by(DigestRow.name, DigestRow.id).execution_options(populate_existing=True)
    )
    return [_to_digest(row) for row in rows]


async def of_teams(tx: Tx, team_ids: Collection[str]) -> list[Digest]:
    """By name within each team."""
    asked = select(DigestRow).where(DigestRow.team_id.in_(list(team_ids)))
    rows = await tx.scalars(
        asked.order_by(DigestRow.team_id, DigestRow.name, DigestRow.id).execution_options(
            populate_existing=True
        )
    )
    return [_to_digest(row) for row in rows]


async def change(tx: Tx, digest: Digest) -> bool:
    """Write it if it is still at `digest.version`; False if somebody changed it first."""
    changed = await tx.scalar(
        update(DigestRow)
        .where(DigestRow.id == digest.id, DigestRow.version == digest.version)
        .values(version=digest.version + 1, **_values(digest))
        .returning(DigestRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


async def remove(tx: Tx, digest: Digest) -> bool:
    """Take it out with what it has told, if it is still as it was seen. What was posted stays in Slack."""
    locked = await tx.scalar(
        select(DigestRow.id)
        .where(DigestRow.id == digest.id, DigestRow.version == digest.version)
        .with_for_update()
    )
    if locked is None:
        return False
    without = {"synchronize_session": False}
    await tx.execute(
        delete(PostRow).where(PostRow.digest_id == digest.id).execution_options(**without)
    )
    await tx.execute(
        delete(DigestRow).where(DigestRow.id == digest.id).execution_options(**without)
    )
    return True


async def add_post(tx: Tx, post: Post) -> bool:
    """Remember that it is told. False if these days were told already: once for each digest and period.

    What began with the same day and was longer or shorter, before the digest came more or less often, is forgotten.
    """
    await tx.execute(
        delete(PostRow)
        .where(
            PostRow.digest_id == post.digest_id,
            PostRow.first_day == post.period.first.isoformat(),
            PostRow.last_day != post.period.last.isoformat(),
        )
        .execution_options(synchronize_session=False)
    )
    statement = insert_into(tx, PostRow).values(
        workspace_id=tx.workspace_id, id=post.id, **_post_values(post)
    )
    return await tx.scalar(statement.on_conflict_do_nothing().returning(PostRow.id)) is not None


async def find_post(tx: Tx, post_id: str) -> Post | None:
    asked = select(PostRow).where(PostRow.id == post_id)
    row = await tx.scalar(asked.execution_options(populate_existing=True))
    return _to_post(row) if row else None


async def newest_posts(tx: Tx, digest_ids: Collection[str]) -> dict[str, Post]:
    """The last that each of them told, by the digest's id."""
    last = (
        select(PostRow.digest_id, func.max(PostRow.first_day).label("first_day"))
        .where(PostRow.digest_id.in_(list(digest_ids)))
        .group_by(PostRow.digest_id)
        .subquery()
    )
    rows = await tx.scalars(
        select(PostRow)
        .join(
            last,
            and_(PostRow.digest_id == last.c.digest_id, PostRow.first_day == last.c.first_day),
        )
        .execution_options(populate_existing=True)
    )
    return {row.digest_id: _to_post(row) for row in rows}


async def posts_of(tx: Tx, team_id: str, about: About, period: Period) -> list[Post]:
    """What this team's digests have told of exactly these days, the one that was corrected last at the end."""
    asked = (
        select(PostRow, DigestRow.choice)
        .join(DigestRow, DigestRow.id == PostRow.digest_id)
        .where(
            DigestRow.team_id == team_id,
            PostRow.first_day == period.first.isoformat(),
            PostRow.last_day == period.last.isoformat(),
        )
        .order_by(PostRow.corrected_at, PostRow.id)
        .execution_options(populate_existing=True)
    )
    return [_to_post(row) for row, choice in await tx.execute(asked) if choice["about"] == about]


async def change_post(tx: Tx, post: Post) -> None:
    await tx.execute(
        update(PostRow)
        .where(PostRow.id == post.id)
        .values(**_post_values(post))
        .execution_options(synchronize_session=False)
    )


async def telling(tx: Tx, day: date, team_ids: Sequence[str], *, since: date) -> list[str]:
    """The posts that tell this day of any of these teams, unless their last day is before `since`.

    What a department's digest tells is of teams below it too, so those are all among them.
    """
    asked = (
        select(PostRow.id, DigestRow.team_id, DigestRow.choice)
        .join(DigestRow, DigestRow.id == PostRow.digest_id)
        .where(
            PostRow.last_day >= max(day, since).isoformat(), PostRow.first_day <= day.isoformat()
        )
    )
    return [
        post_id
        for post_id, team_id, choice in await tx.execute(asked)
        if team_id in team_ids or choice["about"] == About.DEPARTMENT
    ]


def _values(digest: Digest) -> dict[str, Any]:
    return {
        "team_id": digest.team_id,
        "person_id": digest.person_id,
        "name": digest.name,
        "cadence": digest.cadence.value,
        "at_time": digest.at.isoformat(),
        "on_day": digest.on_day,
        "channel": digest.channel,
        "readers": list(digest.readers),
        "metrics": list(digest.metrics),
        "choice": digest.choice.to_json(),
        "owner_id": digest.owner_id,
        "is_on": digest.is_on,
    }


def _to_digest(row: DigestRow) -> Digest:
    return Digest(
        row.workspace_id,
        row.id,
        row.team_id,
        row.name,
        Cadence(row.cadence),
        time.fromisoformat(row.at_time),
        row.on_day,
        tuple(row.metrics),
        row.owner_id,
        row.channel,
        tuple(row.readers),
        row.person_id,
        Choice.from_json(row.choice),
        row.is_on,
        row.version,
        tuple(row.stopped),
    )


def _post_values(post: Post) -> dict[str, Any]:
    told: Json = {
        "cadence": post.cadence.value,
        "metrics": list(post.metrics),
        "places": list(post.places),
        "due_at": post.due_at.isoformat(),
        "values": rules.to_json(post.told),
    }
    return {
        "digest_id": post.digest_id,
        "first_day": post.period.first.isoformat(),
        "last_day": post.period.last.isoformat(),
        "posted_at": post.posted_at,
        "is_late": post.is_late,
        "told": told,
        "corrected": rules.to_json(post.corrected),
        "corrected_at": post.corrected_at,
    }


def _to_post(row: PostRow) -> Post:
    told = row.told
    return Post(
        row.workspace_id,
        row.id,
        row.digest_id,
        Period(date.fromisoformat(row.first_day), date.fromisoformat(row.last_day)),
        Cadence(told["cadence"]),
        tuple(told["metrics"]),
        tuple(told["places"]),
        datetime.fromisoformat(told["due_at"]),
        row.posted_at,
        row.is_late,
        rules.from_json(told["values"]),
        rules.from_json(row.corrected),
        row.corrected_at,
    )
