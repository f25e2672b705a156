"""Changing shifts: patterns, single days, and changes for single people."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from bot.rules.shifts import DayChange, Override, Pattern
from storage.database import Tx, insert_into, insert_rows
from storage.shifts.rows import DayChangeRow, OverrideRow, PatternPersonRow, PatternRow


async def add_pattern(tx: Tx, pattern: Pattern) -> None:
    await insert_rows(tx, PatternRow, _values(pattern) | {"id": pattern.id, "version": 1})
    await _set_people(tx, pattern)


async def change_pattern(tx: Tx, pattern: Pattern) -> bool:
    """Write it if it is still at `pattern.version`; False if somebody changed it first, or took it out."""
    changed = (
        update(PatternRow)
        .where(
            PatternRow.id == pattern.id,
            PatternRow.team_id == pattern.team_id,
            PatternRow.version == pattern.version,
        )
        .values(**_values(pattern), version=pattern.version + 1)
        .returning(PatternRow.id)
    )
    if await tx.scalar(changed) is None:
        return False
    await tx.execute(delete(PatternPersonRow).where(PatternPersonRow.pattern_id == pattern.id))
    await _set_people(tx, pattern)
    return True


async def remove_pattern(tx: Tx, pattern: Pattern) -> bool:
    """Take it out, with its single days, if it is still at that version."""
    gone = (
        delete(PatternRow)
        .where(PatternRow.id == pattern.id, PatternRow.version == pattern.version)
        .returning(PatternRow.id)
    )
    return await tx.scalar(gone) is not None


async def put_day_change(tx: Tx, change: DayChange) -> None:
    """What is said about this day of the pattern, in place of what was said before."""
    hours = {"start": _text(change.start), "end": _text(change.end)}
    statement = insert_into(tx, DayChangeRow).values(
        workspace_id=tx.workspace_id,
        pattern_id=change.pattern_id,
        day=change.day.isoformat(),
        **hours,
    )
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "pattern_id", "day"], set_=hours
        )
    )


async def remove_day_change(tx: Tx, pattern_id: str, day: str) -> None:
    """The day is like every other again. None there is no error."""
    await tx.execute(
        delete(DayChangeRow).where(DayChangeRow.pattern_id == pattern_id, DayChangeRow.day == day)
    )


async def add_overrides(tx: Tx, *overrides: Override, now: datetime) -> None:
    await insert_rows(
        tx,
        OverrideRow,
        *(
            {
                "id": one.id,
                "team_id": one.team_id,
                "change": one.change.value,
                "person_id": one.person_id,
                "instead_of": one.instead_of,
                "starts_at": one.starts_at,
                "ends_at": one.ends_at,
                "made_by": one.made_by,
                "made_at": one.made_at or now,
            }
            for one in overrides
        ),
    )


async def remove_override(tx: Tx, team_id: str, override_id: str) -> bool:
    """False if it was gone already."""
    gone = (
        delete(OverrideRow)
        .where(OverrideRow.id == override_id, OverrideRow.team_id == team_id)
        .returning(OverrideRow.id)
    )
    return await tx.scalar(gone) is not None


async def _set_people(tx: Tx, pattern: Pattern) -> None:
    rows = [{"pattern_id": pattern.id, "person_id": one} for one in sorted(set(pattern.people))]
    await insert_rows(tx, PatternPersonRow, *rows)


def _values(pattern: Pattern) -> dict[str, Any]:
    return {
        "team_id": pattern.team_id,
        "name": pattern.name,
        "weekdays": list(pattern.weekdays),
        "start": pattern.start.isoformat("minutes"),
        "end": pattern.end.isoformat("minutes"),
        "valid_from": _text(pattern.valid_from),
        "valid_until": _text(pattern.valid_until),
    }


def _text(value: Any) -> str | None:
    """A day or a time of day as ISO text."""
    return None if value is None else str(value.isoformat())
