"""What a file with coaching notes is made of: whose notes, and that each of them leaves a look of whoever gets it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.errors import Denied
from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.coaching import Kind, LookKind, Note, Pair, State, Visibility
from bot.rules.coaching.taken import Coached, Reach, Taken
from bot.rules.reports import About, Asked, Choice
from bot.rules.reports.exports import MOST_NOTES
from bot.rules.teams import Team
from bot.services.coaching import looking
from bot.text import _
from bot.views.reports.plain import Names
from storage import members, people, teams
from storage.coaching import choices, exporting
from storage.database import Database, Tx

A_BATCH = 400
"""So few that whoever else is served need not wait for long while they are opened."""
EVER = datetime.min.replace(tzinfo=UTC)
NOTHING_YET = _(
    "There is no coaching note that you may take along in a file: you get those that are shared with you, those that you "
    "wrote about people whom you lead, and those that are shared with you as their manager."
)
NOT_THEIRS = _("In these teams there is no coaching note that you may take along in a file.")


async def teams_asked(tx: Tx, person: Person, asked: Asked) -> list[Team]:
    """The teams that were asked for, of those in which this person leads or has any note. Raises Denied for any other."""
    allowed = await teams_of(tx, person)
    if not asked.team_ids:
        return allowed
    chosen = [one for one in allowed if one.id in asked.team_ids]
    if len(chosen) < len(set(asked.team_ids)):
        raise Denied(NOT_THEIRS)
    return chosen


async def teams_of(tx: Tx, person: Person) -> list[Team]:
    """All in which this person leads or has any note, by name. Raises Denied if there is none."""
    everything = await teams.list_all(tx)
    reach = await _reach(tx, person, everything)
    theirs = reach.led | reach.managed | await exporting.teams_of_notes(tx, person.id, reach)
    allowed = [one for one in everything if one.id in theirs]
    if not allowed:
        raise Denied(NOTHING_YET)
    return allowed


async def ids_asked(
    tx: Tx, person: Person, asked: Asked, chosen: Sequence[Team], *, most: int
) -> list[str]:
    """The notes that were shared in these days, the newest first."""
    reach = await _reach(tx, person, chosen)
    spans = {one.id: asked.period.span(one.zone) for one in chosen}
    most = min(most, MOST_NOTES + 1)  # one more, so that it is known that there are more
    return await exporting.ids_to_export(tx, person.id, reach, spans, asked.choice, most=most)


async def take(
    tx: Tx, person_id: str, ids: Sequence[str], *, export_id: str, now: datetime
) -> tuple[list[Taken], Names]:
    """Those of these notes that this person may have at this moment. That they have them is kept with it, once a file."""
    person = await people.find(tx, person_id)
    if person is None:
        return [], {}
    notes = [
        one
        for one in await exporting.notes_by_id(tx, ids)
        if may(person, Permission.COACHING_EXPORT, one) and _is_open(one)
    ]
    known = await exporting.already_taken(tx, export_id, ids)
    new = [one for one in notes if one.id not in known]
    await looking.record(tx, person, new, LookKind.EXPORTED, now=now, export_id=export_id)
    found = await exporting.whole(tx, notes)
    profiles = await people.profiles(tx, {name for one in found for name in _people_of(one)})
    return found, {one.id: one.called for one in profiles.values()}


async def coached(
    tx: Tx, person: Person, asked: Asked, chosen: Sequence[Team]
) -> tuple[list[Coached], Names]:
    """Whom this person may coach in these teams, of those that were asked for: also who has no note is in the summary."""
    wanted = asked.choice.people
    everybody = await members.everyone(tx)
    chains = await teams.chains_of(tx, [one.id for one in chosen])
    found = []
    for team in chosen:
        roles = {role: ids for (team_id, role), ids in everybody.items() if team_id == team.id}
        for person_id in sorted(frozenset().union(*roles.values())):
            mine = frozenset(role for role, ids in roles.items() if person_id in ids)
            pair = Pair(team.workspace_id, team.id, person.id, person_id, mine, chains[team.id])
            is_wanted = not wanted or person_id in wanted
            if is_wanted and may(person, Permission.COACHING_WRITE, pair):
                found.append(Coached(team.id, person_id, is_led=True))
    profiles = await people.profiles(tx, {one.person_id for one in found})
    works = {one.id for one in profiles.values() if one.can_have_roles}
    names = {one.id: one.called for one in profiles.values()}
    return [one for one in found if one.person_id in works], names


async def last_choice(db: Database, person: Person) -> Choice:
    """What this person chose the last time. Raises Denied for somebody who could have no file at all."""
    async with db.read(person.workspace_id) as tx:
        await teams_of(tx, person)
        return await choices.choice_of(tx, person.id, About.COACHING)


async def _reach(tx: Tx, person: Person, some: Sequence[Team]) -> Reach:
    """Asked of the table of permissions, with a note of each kind that there could be."""
    chains = await teams.chains_of(tx, [one.id for one in some])
    mine = {one.id for one in some if _could(person, one, chains[one.id], person.id)}
    managed = {one.id for one in some if _could(person, one, chains[one.id], "")}
    return Reach(frozenset(mine), frozenset(managed))


def _could(person: Person, team: Team, chain: tuple[str, ...], author_id: str) -> bool:
    """Whether a note of this team that `author_id` had shared with everybody it can be shared with could be in the file."""
    note = Note(
        team.workspace_id,
        "",
        team.id,
        author_id,
        "",
        Kind.PRAISE,
        Visibility.AGENT if author_id else Visibility.CHAIN,
        EVER,
        state=State.SHARED,
        chain=chain,
    )
    return may(person, Permission.COACHING_EXPORT, note)


def _is_open(note: Note) -> bool:
    """What is private is in no file, whatever the table says."""
    return note.is_shared and note.visibility is not Visibility.PRIVATE


def _people_of(taken: Taken) -> set[str]:
    note = taken.note
    named = {note.author_id, note.agent_id, note.decider_id or ""}
    named |= {one.by for one in taken.entries}
    named |= {one.settled_by or "" for one in taken.commitments}
    return named - {""}
