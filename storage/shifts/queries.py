"""Looking at shifts: everything that a team's roster is computed from."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from sqlalchemy import func, select

from bot.people import Role
from bot.rules.shifts import Change, DayChange, Override, Pattern, Roster, Span
from bot.rules.teams import Team
from storage import absences
from storage.database import Tx
from storage.members import MemberRow
from storage.people import PersonRow
from storage.shifts.rows import DayChangeRow, OverrideRow, PatternPersonRow, PatternRow

ON_SHIFT = (Role.AGENT, Role.LEAD, Role.MANAGER)
"""Who can be on a shift; observers only read."""
DAYS_AROUND = timedelta(days=3)


async def roster(tx: Tx, team: Team, window: Span) -> Roster:
    """What is to be known of the team's shifts inside the window."""
    there = await members(tx, team.id)
    overrides = await list_overrides(tx, team.id, window)
    concerned = there | {one.instead_of for one in overrides if one.instead_of}
    patterns = await list_patterns(tx, team.id)
    return Roster(
        team.id,
        team.zone,
        patterns,
        await list_day_changes(tx, patterns, window),
        overrides,
        await absences.of_people(tx, concerned, since=window.start, until=window.end),
        there,
    )


async def members(tx: Tx, team_id: str) -> frozenset[str]:
    """Who can be on the team's shifts. Who was deactivated, or is a bot, is left out."""
    found = await tx.scalars(
        select(MemberRow.person_id)
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(
            MemberRow.team_id == team_id,
            MemberRow.role.in_([str(one) for one in ON_SHIFT]),
            ~PersonRow.is_deleted,
            ~PersonRow.is_bot,
        )
    )
    return frozenset(found)


async def list_patterns(tx: Tx, *team_ids: str) -> list[Pattern]:
    """By the beginning, then the end. The people of each are in the order of their ids."""
    rows = await tx.scalars(
        select(PatternRow)
        .where(PatternRow.team_id.in_(team_ids))
        .order_by(PatternRow.start, PatternRow.end, PatternRow.id)
    )
    patterns = [_to_pattern(row) for row in rows]
    people = await _people(tx, patterns)
    return [replace(one, people=tuple(people[one.id])) for one in patterns]


async def find_pattern(tx: Tx, team_id: str, pattern_id: str) -> Pattern | None:
    return next(
        (one for one in await list_patterns(tx, team_id) if one.id == pattern_id),
        None,
    )


async def count_patterns(tx: Tx, team_id: str) -> int:
    counted = select(func.count()).select_from(PatternRow).where(PatternRow.team_id == team_id)
    return await tx.scalar(counted) or 0


async def list_day_changes(tx: Tx, patterns: Sequence[Pattern], window: Span) -> list[DayChange]:
    """The single days on which these differ, in and around the window."""
    if not patterns:
        return []
    rows = await tx.scalars(
        select(DayChangeRow)
        .where(
            DayChangeRow.pattern_id.in_([one.id for one in patterns]),
            DayChangeRow.day >= (window.start - DAYS_AROUND).date().isoformat(),
            DayChangeRow.day <= (window.end + DAYS_AROUND).date().isoformat(),
        )
        .order_by(DayChangeRow.day, DayChangeRow.pattern_id)
    )
    return [
        DayChange(row.pattern_id, date.fromisoformat(row.day), _time(row.start), _time(row.end))
        for row in rows
    ]


async def list_overrides(tx: Tx, team_id: str, window: Span) -> list[Override]:
    """Those that touch the window, in the order in which they were made."""
    rows = await tx.scalars(
        select(OverrideRow)
        .where(
            OverrideRow.team_id == team_id,
            OverrideRow.ends_at > window.start,
            OverrideRow.starts_at < window.end,
        )
        .order_by(OverrideRow.made_at, OverrideRow.id)
    )
    return [
        Override(
            row.id,
            row.team_id,
            Change(row.change),
            row.person_id,
            row.starts_at,
            row.ends_at,
            row.instead_of,
            row.made_by,
            row.made_at,
        )
        for row in rows
    ]


async def _people(tx: Tx, patterns: Sequence[Pattern]) -> defaultdict[str, list[str]]:
    """Who stands in each of these, by id."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    if not patterns:
        return found
    asked = (
        select(PatternPersonRow.pattern_id, PatternPersonRow.person_id)
        .where(PatternPersonRow.pattern_id.in_([one.id for one in patterns]))
        .order_by(PatternPersonRow.pattern_id, PatternPersonRow.person_id)
    )
    for pattern_id, person_id in await tx.execute(asked):
        found[pattern_id].append(person_id)
    return found


def _to_pattern(row: PatternRow) -> Pattern:
    return Pattern(
        row.id,
        row.team_id,
        tuple(row.weekdays),
        time.fromisoformat(row.start),
        time.fromisoformat(row.end),
        (),
        row.name,
        date.fromisoformat(row.valid_from) if row.valid_from else None,
        date.fromisoformat(row.valid_until) if row.valid_until else None,
        row.version,
    )


def _time(written: str | None) -> time | None:
    return None if written is None else time.fromisoformat(written)
