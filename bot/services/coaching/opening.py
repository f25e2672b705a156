"""What the form of a coaching note shows, and its draft, to its author: every look at a whole draft is kept."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import Denied, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may, may
from bot.rules.coaching import Commitment, LookKind, Note, State
from bot.rules.coaching import drafts as rules
from bot.rules.coaching.drafts import NoteDraft
from bot.rules.coaching.forms import DraftSeen, FormSeen
from bot.rules.coaching.notes import CHANGED
from bot.rules.coaching.seeds import PersonSeed, SeedKey
from bot.services.coaching import looking, pairs, seeds
from bot.text import _, mention
from storage import coaching, keys, teams
from storage.coaching import settings
from storage.database import Database, Tx

EARLIER_SHOWN = 8
ONLY_ITS_AUTHOR = _("Only whoever wrote a draft can see it.")
ONLY_WHO_LEADS = _(
    "You can read this note, but you do not lead this team any more, so you cannot change it."
)
SEED_GONE = _("These cases are in a note already, or were not needed. Please open `/coach` again.")


async def open_form(db: Database, person: Person, agent_id: str, *, team_id: str = "") -> FormSeen:
    """What the form shows for this agent, or for nobody yet. Raises Denied for who coaches nobody at all.

    Somebody whom this person may not coach is shown with no team: the form says so.
    """
    pairs.check_leads_somebody(person)
    async with db.read(person.workspace_id) as tx:
        return await seen_for(tx, person, agent_id, team_id)


async def open_for(
    db: Database, person: Person, agent_id: str, *, team_id: str = "", follows: str = ""
) -> tuple[FormSeen, NoteDraft]:
    """The same for one agent, with what goes on from the note that it `follows`. Raises Denied if they may not coach them."""
    pairs.check_leads_somebody(person)
    async with db.read(person.workspace_id) as tx:
        before = await coaching.find(tx, follows) if follows else None
        if before is None or before.author_id != person.id or before.agent_id != agent_id:
            seen = await seen_for(tx, person, agent_id, team_id)
            draft = NoteDraft(agent_id)
        else:
            seen = await seen_for(tx, person, agent_id, before.team_id)
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
        seen = await seen_of_draft(tx, person, note)
        return seen, rules.drafted(note, commitments)


async def open_again(db: Database, person: Person, note_id: str) -> FormSeen:
    """What its form shows besides the words, which are in the form already. Raises as `open_draft`."""
    async with db.read(person.workspace_id) as tx:
        note = await get_draft(tx, person, note_id, Permission.COACHING_EDIT, ONLY_WHO_LEADS)
        return await seen_of_draft(tx, person, note)


async def open_seed(
    db: Database, person: Person, key: SeedKey, *, now: datetime
) -> tuple[FormSeen, PersonSeed]:
    """The form for whom a seed is about. Raises Denied, or Stale if somebody has used or dismissed it meanwhile."""
    async with db.read(person.workspace_id) as tx:
        seed = await seeds.find(tx, person, key, now=now)
        if seed is None:
            raise Stale(SEED_GONE)
        return await seen_for(tx, person, key.person_id, key.team_id), seed


async def see_draft(db: Database, person: Person, note_id: str, *, now: datetime) -> DraftSeen:
    """A draft as it will be read; only for its author. Raises Denied, Stale or Refused."""
    async with db.write(person.workspace_id) as tx:
        note = await get_draft(tx, person, note_id, Permission.COACHING_DISCARD, ONLY_ITS_AUTHOR)
        return await shown(tx, person, note, now=now)


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


async def shown(tx: Tx, person: Person, note: Note, *, now: datetime) -> DraftSeen:
    await looking.record(tx, person, [note], LookKind.VIEWED, now=now)
    return DraftSeen(note, await coaching.commitments_of(tx, note.id))


async def seen_for(tx: Tx, person: Person, agent_id: str, team_id: str) -> FormSeen:
    found = await pairs.teams_to_coach(tx, person, agent_id) if agent_id else []
    if not found:
        return FormSeen(agent_id)
    keys.check_can_seal(tx)
    team = next((one for one in found if one.id == team_id), found[0])
    decided = await settings.settings_of(tx, team.id)
    earlier = await coaching.open_commitments_between(tx, person.id, agent_id)
    return FormSeen(agent_id, found, team, decided.offered(team.language), _soonest(earlier))


async def seen_of_draft(tx: Tx, person: Person, note: Note) -> FormSeen:
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
