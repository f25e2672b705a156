"""Writing coaching notes: what the form shows, and saving, reading again and throwing away what nobody else sees yet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may, may
from bot.rules.coaching import (
    Action,
    Body,
    Commitment,
    Evidence,
    Kind,
    LookKind,
    Note,
    State,
    Visibility,
    evidence,
)
from bot.rules.coaching import drafts as rules
from bot.rules.coaching.drafts import NoteDraft
from bot.rules.coaching.forms import DraftSeen, FormSeen
from bot.rules.coaching.notes import CHANGED, check
from bot.rules.coaching.seeds import PersonSeed, SeedKey
from bot.rules.wall_clock import day_of
from bot.services.coaching import looking, pairs, seeds
from bot.services.transaction import heard_once
from bot.text import _, mention
from storage import coaching, escalations, teams
from storage.base import new_id
from storage.coaching import lists, settings
from storage.database import Database, Tx

EARLIER_SHOWN = 8
DRAFTS_SHOWN = 40
ONLY_ITS_AUTHOR = _("Only whoever wrote a draft can see it.")
ONLY_WHO_LEADS = _(
    "You can read this note, but you do not lead this team any more, so you cannot change it."
)
NOBODY_CHOSEN = _("Please choose whom the note is about.")
SEED_GONE = _("These cases are in a note already, or were not needed. Please open `/coach` again.")
NO_SKILL = _("Your team's list has changed. Please choose from it again.")


async def open_form(db: Database, person: Person, agent_id: str, *, team_id: str = "") -> FormSeen:
    """What the form shows for this agent, or for nobody yet. Raises Denied for who coaches nobody at all.

    Somebody whom this person may not coach is shown with no team: the form says so.
    """
    pairs.check_leads_somebody(person)
    async with db.read(person.workspace_id) as tx:
        return await _seen(tx, person, agent_id, team_id)


async def open_for(
    db: Database, person: Person, agent_id: str, *, team_id: str = "", follows: str = ""
) -> tuple[FormSeen, NoteDraft]:
    """The same for one agent, with what goes on from the note that it `follows`. Raises Denied if they may not coach them."""
    pairs.check_leads_somebody(person)
    async with db.read(person.workspace_id) as tx:
        before = await coaching.find(tx, follows) if follows else None
        if before is None or before.author_id != person.id or before.agent_id != agent_id:
            seen = await _seen(tx, person, agent_id, team_id)
            draft = NoteDraft(agent_id)
        else:
            seen = await _seen(tx, person, agent_id, before.team_id)
            skill = before.skill if before.skill in seen.skills else ""
            draft = NoteDraft(agent_id, kind=before.kind, skill=skill)
    if not seen.teams:
        raise Denied(pairs.NOT_THEIRS, who=mention(agent_id))
    return seen, draft


async def open_draft(
    db: Database, person: Person, note_id: str, *, now: datetime
) -> tuple[FormSeen, NoteDraft]:
    """A draft in its form again. Raises Denied, Stale if it is none any more, or Refused if it is gone."""
    async with db.write(person.workspace_id) as tx:
        note = await get_draft(tx, person, note_id, Permission.COACHING_EDIT, ONLY_WHO_LEADS)
        await looking.record(tx, person, [note], LookKind.VIEWED, now=now)
        commitments = await coaching.commitments_of(tx, note.id)
        seen = await _seen_of_draft(tx, person, note)
        return seen, rules.drafted(note, commitments)


async def open_seed(
    db: Database, person: Person, key: SeedKey, *, now: datetime
) -> tuple[FormSeen, PersonSeed]:
    """The form for whom a seed is about. Raises Denied, or Stale if somebody has used or dismissed it meanwhile."""
    async with db.read(person.workspace_id) as tx:
        seed = await seeds.find(tx, person, key, now=now)
        if seed is None:
            raise Stale(SEED_GONE)
        return await _seen(tx, person, key.person_id, key.team_id), seed


async def see_draft(db: Database, person: Person, note_id: str, *, now: datetime) -> DraftSeen:
    """A draft as it will be read; only for its author. Raises Denied, Stale or Refused."""
    async with db.write(person.workspace_id) as tx:
        note = await get_draft(tx, person, note_id, Permission.COACHING_DISCARD, ONLY_ITS_AUTHOR)
        return await _shown(tx, person, note, now=now)


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
        if up_to:
            await seeds.take(tx, person, note, up_to, now=now)
        return await _shown(tx, person, await coaching.get(tx, note.id), now=now)


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
        before = await get_draft(tx, person, note_id, Permission.COACHING_EDIT, ONLY_WHO_LEADS)
        check(Action.EDIT, before)
        if before.version != version:
            raise Stale(CHANGED)
        seen = await _seen_of_draft(tx, person, before)
        if found := _problems(person, draft, seen, now=now):
            raise FormProblems(found)
        after = replace(await _filled(tx, person, before, draft), edited_at=now)
        saved = await coaching.change(tx, after, before=before, now=now)
        if saved is None:
            raise Stale(CHANGED)
        await coaching.remove_planned(tx, note_id)
        await _plan(tx, saved, draft, seen.earlier, now=now)
        return await _shown(tx, person, saved, now=now)


async def discard(
    db: Database, person: Person, note_id: str, *, version: int, key: str, now: datetime
) -> None:
    """Throw a draft away as it was seen. Raises Denied, or Stale if it was changed or shared meanwhile."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await coaching.lock(tx, note_id)
        note = await get_draft(tx, person, note_id, Permission.COACHING_DISCARD, ONLY_ITS_AUTHOR)
        check(Action.DISCARD, note)
        if note.version != version or not await coaching.discard(tx, note):
            raise Stale(CHANGED)


async def get_draft(
    tx: Tx, person: Person, note_id: str, permission: Permission, refusal: str
) -> Note:
    """To everybody but its author a draft is as good as gone. Raises Refused, Denied, or Stale."""
    note = await coaching.find(tx, note_id)
    if note is None or not may(person, Permission.COACHING_SEE, note):
        raise Refused(coaching.GONE)
    if note.state is not State.DRAFT:
        raise Stale(CHANGED)
    check_may(person, permission, note, refusal)
    return note


async def _shown(tx: Tx, person: Person, note: Note, *, now: datetime) -> DraftSeen:
    await looking.record(tx, person, [note], LookKind.VIEWED, now=now)
    return DraftSeen(note, await coaching.commitments_of(tx, note.id))


async def _seen(tx: Tx, person: Person, agent_id: str, team_id: str) -> FormSeen:
    found = await pairs.teams_to_coach(tx, person, agent_id) if agent_id else []
    if not found:
        return FormSeen(agent_id)
    team = next((one for one in found if one.id == team_id), found[0])
    decided = await settings.settings_of(tx, team.id)
    earlier = await coaching.open_commitments_between(tx, person.id, agent_id)
    return FormSeen(agent_id, found, team, decided.offered(team.language), _soonest(earlier))


async def _seen_of_draft(tx: Tx, person: Person, note: Note) -> FormSeen:
    """Its agent and team stay; whether they may still be coached is asked when it is shared."""
    team = await teams.get(tx, note.team_id)
    decided = await settings.settings_of(tx, team.id)
    offered = decided.offered(team.language)
    if note.skill and note.skill not in offered:  # the team has changed its list since
        offered = (note.skill, *offered)
    earlier = await coaching.open_commitments_between(tx, person.id, note.agent_id)
    return FormSeen(note.agent_id, [team], team, offered, _soonest(earlier), kept=note)


def _soonest(earlier: Sequence[Commitment]) -> list[Commitment]:
    return sorted(earlier, key=lambda one: (one.due_on, one.id))[:EARLIER_SHOWN]


async def _check_new(tx: Tx, person: Person, draft: NoteDraft, *, now: datetime) -> FormSeen:
    """Raises Denied, or FormProblems with all that is wrong."""
    pairs.check_leads_somebody(person)
    seen = await _seen(tx, person, draft.agent_id, draft.team_id)
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
