"""Setting shifts: weekly patterns, single days, and changes for single people. Each function is one transaction."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.shifts import DayChange, Override, Pattern, drafts
from bot.rules.shifts.drafts import OverrideDraft, PatternDraft
from bot.rules.teams import Team
from bot.services.covers.taking import Change, take_back
from bot.services.shift_ends import replan
from bot.services.shifts.looking import get_to_set
from bot.services.transaction import heard_once
from bot.text import Text, _
from bot.views.shifts import told
from storage import covers, outbox, people, shifts
from storage.base import new_id
from storage.database import Database, Tx
from storage.outbox import Note

CHANGED_MEANWHILE = _(
    "Somebody changed this shift while you had the form open, so nothing was saved. "
    "Please close it, open the shift again and repeat your change."
)
TOO_MANY = _("This team has {limit} shifts already. Please take out those that are over.")
GONE = _("This is gone. Somebody took it out already.")


async def add_pattern(
    db: Database, person: Person, team_id: str, draft: PatternDraft, *, key: str, now: datetime
) -> Pattern:
    """Raises Denied, or FormProblems by field."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await get_to_set(tx, person, team_id)
        await _check(tx, team_id, draft)
        if await shifts.count_patterns(tx, team_id) >= drafts.PATTERNS_AT_MOST:
            raise Refused(TOO_MANY, limit=drafts.PATTERNS_AT_MOST)
        pattern = draft.written(new_id(), team_id)
        await shifts.add_pattern(tx, pattern)
        await replan(tx, team_id, now=now)
    return pattern


async def change_pattern(
    db: Database, person: Person, seen: Pattern, draft: PatternDraft, *, key: str, now: datetime
) -> Pattern:
    """Write the draft over `seen`, of which the id, the team and the version count.

    Raises Denied, FormProblems by field, or Stale if somebody else changed it since.
    """
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await get_to_set(tx, person, seen.team_id)
        known = await shifts.find_pattern(tx, seen.team_id, seen.id)
        await _check(tx, seen.team_id, draft, known)
        pattern = draft.written(seen.id, seen.team_id, seen.version)
        if not await shifts.change_pattern(tx, pattern):
            raise Stale(CHANGED_MEANWHILE)
        await replan(tx, seen.team_id, now=now)
    return pattern


async def remove_pattern(
    db: Database, person: Person, seen: Pattern, *, key: str, now: datetime
) -> None:
    """Take it out, with its single days. Raises Denied, or Stale if somebody else changed it since it was seen."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await get_to_set(tx, person, seen.team_id)
        known = await shifts.find_pattern(tx, seen.team_id, seen.id)
        if known is None:
            raise Stale(GONE)
        if known.version != seen.version or not await shifts.remove_pattern(tx, known):
            raise Stale(CHANGED_MEANWHILE)
        await replan(tx, seen.team_id, now=now)


async def set_day(
    db: Database,
    person: Person,
    team_id: str,
    change: DayChange | None,
    *,
    key: str,
    now: datetime,
) -> None:
    """Other hours for a pattern on one day, or none: it does not take place. Raises Denied, or FormProblems by field."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await get_to_set(tx, person, team_id)
        pattern_id = change.pattern_id if change else ""
        pattern = await shifts.find_pattern(tx, team_id, pattern_id)
        if found := drafts.day_change_problems(change, pattern, now=now):
            raise FormProblems(found)
        assert change is not None
        await shifts.put_day_change(tx, change)
        await replan(tx, team_id, now=now)


async def remove_day(
    db: Database, person: Person, team_id: str, change: DayChange, *, key: str, now: datetime
) -> None:
    """The day is like every other again. Raises Denied."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await get_to_set(tx, person, team_id)
        if await shifts.find_pattern(tx, team_id, change.pattern_id):
            await shifts.remove_day_change(tx, change.pattern_id, change.day.isoformat())
            await replan(tx, team_id, now=now)


async def add_override(
    db: Database, person: Person, team_id: str, draft: OverrideDraft, *, key: str, now: datetime
) -> Override:
    """Add somebody, take them off, or let them work in another's place. Those whom it concerns are told privately.

    Raises Denied, or FormProblems by field.
    """
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await get_to_set(tx, person, team_id)
        members = await shifts.members(tx, team_id)
        if found := drafts.override_problems(draft, members, team.zone, now=now):
            raise FormProblems(found)
        await people.add_unknown(tx, {draft.person_id, draft.instead_of} - {""})
        override = draft.written(new_id(), team_id, team.zone, person.id, now)
        await shifts.add_overrides(tx, override, now=now)
        await replan(tx, team_id, now=now)
        await _tell(tx, person, team, override, now=now)
    return override


async def remove_override(
    db: Database, person: Person, team_id: str, override_id: str, *, key: str, now: datetime
) -> None:
    """Raises Denied, or Stale if it was gone already. If somebody had taken a shift by it, all concerned are told."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await get_to_set(tx, person, team_id)
        if cover := await covers.of_override(tx, team_id, override_id):
            await take_back(Change(tx, cover, team, person, now))
        elif not await shifts.remove_override(tx, team_id, override_id):
            raise Stale(GONE)
        await replan(tx, team_id, now=now)


async def _check(tx: Tx, team_id: str, draft: PatternDraft, known: Pattern | None = None) -> None:
    """Raises FormProblems. Who was on the pattern before, and has left the team since, is no reason to refuse."""
    found = drafts.pattern_problems(draft)
    members = await shifts.members(tx, team_id)
    fine = members | set(known.people if known else ())
    if "people" not in found and (problem := drafts.members_problem(draft.people, fine)):
        found["people"] = problem
    if found:
        raise FormProblems(found)


async def _tell(tx: Tx, by: Person, team: Team, override: Override, *, now: datetime) -> None:
    concerned = [one for one in (override.person_id, override.instead_of) if one and one != by.id]
    known = await people.profiles(tx, concerned)
    notes: Sequence[Note] = [
        Note(
            key=f"shift:{override.id}:{one}",
            channel=one,
            text=told.override_made(
                by,
                team,
                override,
                one,
                Text(known[one].locale or "en-US", known[one].zone or team.zone),
            ),
        )
        for one in concerned
        if one in known and known[one].can_have_roles
    ]
    await outbox.say(tx, *notes, now=now)
