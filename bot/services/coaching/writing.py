"""Writing coaching notes: saving, changing and throwing away what nobody else sees yet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.coaching import (
    Action,
    Body,
    Commitment,
    Evidence,
    Kind,
    Note,
    Visibility,
    evidence,
)
from bot.rules.coaching import drafts as rules
from bot.rules.coaching.drafts import NoteDraft
from bot.rules.coaching.forms import DraftSeen, FormSeen
from bot.rules.coaching.notes import CHANGED, check
from bot.rules.wall_clock import day_of
from bot.services.coaching import following_up, opening, pairs, seeds
from bot.services.transaction import heard_once
from bot.text import _
from storage import coaching, escalations
from storage.base import new_id
from storage.coaching import lists
from storage.database import Database, Tx

DRAFTS_SHOWN = 40
NOBODY_CHOSEN = _("Please choose whom the note is about.")
NO_SKILL = _("Your team's list has changed. Please choose from it again.")


async def list_drafts(db: Database, person: Person) -> list[Note]:
    """The person's own without what they say, the newest first."""
    async with db.read(person.workspace_id) as tx:
        return await lists.drafts(tx, person.id, limit=DRAFTS_SHOWN)


async def save(
    db: Database,
    person: Person,
    draft: NoteDraft,
    *,
    up_to: datetime | None = None,
    key: str,
    now: datetime,
) -> DraftSeen:
    """A new draft. `up_to` is of the seed that it was made from, if any. Raises Denied, or FormProblems by field."""
    draft = draft.cleaned()
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        if up_to:  # of somebody's cases: there is no choice of whom it is about
            await pairs.check_may_coach(tx, person, draft.agent_id, draft.team_id)
        seen = await _check_new(tx, person, draft, now=now)
        assert seen.team
        empty = Note(
            tx.workspace_id,
            new_id(),
            seen.team.id,
            person.id,
            draft.agent_id,
            Kind(draft.kind),
            Visibility(draft.visibility),
            now,
        )
        note = replace(await _filled(tx, person, empty, draft), topic=draft.topic)
        await coaching.add(tx, note, now=now)
        await _plan(tx, note, draft, seen.earlier, now=now)
        await following_up.plan(tx, note, now=now)
        if up_to:
            await seeds.take(tx, person, note, up_to, now=now)
        return await opening.shown(tx, person, await coaching.get(tx, note.id), now=now)


async def save_again(
    db: Database,
    person: Person,
    note_id: str,
    draft: NoteDraft,
    *,
    version: int,
    key: str,
    now: datetime,
) -> DraftSeen:
    """Write the form over a draft that is still at `version`. Raises Denied, FormProblems by field, or Stale."""
    draft = draft.cleaned()
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await coaching.lock(tx, note_id)
        before = await opening.get_draft(
            tx, person, note_id, Permission.COACHING_EDIT, opening.ONLY_WHO_LEADS
        )
        check(Action.EDIT, before)
        if before.version != version:
            raise Stale(CHANGED)
        seen = await opening.seen_of_draft(tx, person, before)
        if found := _problems(person, draft, seen, now=now):
            raise FormProblems(found)
        after = replace(await _filled(tx, person, before, draft), edited_at=now)
        saved = await coaching.change(tx, after, before=before, now=now)
        if saved is None:
            raise Stale(CHANGED)
        await coaching.remove_planned(tx, note_id)
        await _plan(tx, saved, draft, seen.earlier, now=now)
        await following_up.plan(tx, saved, now=now)
        return await opening.shown(tx, person, saved, now=now)


async def discard(
    db: Database, person: Person, note_id: str, *, version: int, key: str, now: datetime
) -> None:
    """Throw a draft away as it was seen. Raises Denied, or Stale if it was changed or shared meanwhile."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await coaching.lock(tx, note_id)
        note = await opening.get_draft(
            tx, person, note_id, Permission.COACHING_DISCARD, opening.ONLY_ITS_AUTHOR
        )
        check(Action.DISCARD, note)
        if note.version != version or not await coaching.discard(tx, note):
            raise Stale(CHANGED)


async def _check_new(tx: Tx, person: Person, draft: NoteDraft, *, now: datetime) -> FormSeen:
    """Raises Denied, or FormProblems with all that is wrong."""
    pairs.check_leads_somebody(person)
    seen = await opening.seen_for(tx, person, draft.agent_id, draft.team_id)
    found = _problems(person, draft, seen, now=now)
    if not draft.agent_id:
        found["agent"] = Refused(NOBODY_CHOSEN)
    elif not seen.team or draft.team_id not in {"", seen.team.id}:
        found["agent"] = Refused(pairs.NOT_IN_FORM)
    if found:
        raise FormProblems(found)
    return seen


def _problems(
    person: Person, draft: NoteDraft, seen: FormSeen, *, now: datetime
) -> dict[str, Refused]:
    found = rules.problems(draft, seen.earlier, today=day_of(now, person.zone))
    if (
        draft.skill and seen.team and draft.skill not in seen.skills
    ):  # without a team there is no such field
        found["skill"] = Refused(NO_SKILL)
    return found


async def _filled(tx: Tx, person: Person, note: Note, draft: NoteDraft) -> Note:
    """The note with what the form holds; the draft has no problems."""
    return replace(
        note,
        kind=Kind(draft.kind),
        visibility=Visibility(draft.visibility),
        skill=draft.skill,
        body=Body(draft.written, await _evidence(tx, person, draft.evidence)),
        follow_up_on=draft.follow_up_on,
    )


async def _evidence(tx: Tx, person: Person, typed: str) -> tuple[Evidence, ...]:
    """A number that is no case, or none that the author may see, stays a ticket of somebody else's."""
    found = []
    for one in evidence.read(typed):
        case = await escalations.find(tx, one.case) if one.case is not None else None
        is_case = case is not None and may(person, Permission.ESCALATION_SEE, case)
        is_number = one.case is not None and not is_case
        found.append(Evidence(f"#{one.case}") if is_number else one)
    return tuple(found)


async def _plan(
    tx: Tx, note: Note, draft: NoteDraft, earlier: Sequence[Commitment], *, now: datetime
) -> None:
    for one in rules.promised(draft, earlier):
        planned = Commitment(
            tx.workspace_id,
            new_id(),
            note.id,
            note.team_id,
            note.author_id,
            note.agent_id,
            one.promiser,
            one.words,
            one.due_on,
            carried_from=one.carried_from,
        )
        await coaching.add_commitment(tx, planned, now=now)
