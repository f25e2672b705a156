"""When somebody leaves: what they had still to do in coaching ends, a dispute finds another decider, and the agent is told once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.people import Person, system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may, may
from bot.rules.coaching import CommitmentAction, Entry, EntryKind, Pair
from bot.rules.coaching import leaving as rules
from bot.rules.coaching.commitments import check
from bot.rules.coaching.leaving import Ends, Unfinished
from bot.rules.teams import Team
from bot.services.coaching import disputing, following_up, promising
from bot.services.escalations.telling import texts
from bot.views.coaching import leaving as views
from storage import coaching, members, outbox, people, teams, timers
from storage.base import new_id
from storage.coaching import unfinished
from storage.database import Tx
from storage.outbox import Note as Said
from storage.outbox import Priority
from storage.timers import Timer

LOOK = "coaching.leaving"
"""Its subject is a team whose people have changed."""
AT_ONCE = 50
"""Notes in one transaction; the rest follows in the next."""


async def heed(tx: Tx, team_id: str, *, now: datetime) -> None:
    """Its people, or the department that it reports to, have changed: what ends with that ends within a second."""
    await timers.put(tx, Timer(LOOK, team_id, now))


async def heed_of(tx: Tx, *person_ids: str, now: datetime) -> None:
    """Something has changed about these people: in their teams, and in those in whose notes they have a part."""
    if not person_ids:
        return
    found = {
        *await members.teams_of(tx, person_ids),
        *await unfinished.teams_with(tx, person_ids),
    }
    await timers.put(tx, *(Timer(LOOK, one, now) for one in sorted(found)))


async def look(tx: Tx, timer: Timer, now: datetime) -> None:
    """Look at what is unfinished in this team and those below it. A second time there is nothing left to do."""
    team = await teams.find(tx, timer.subject)
    if team is None:
        return
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, team, ONLY_THE_CLOCK)
    found = await unfinished.in_teams(tx, sorted({team.id, *await teams.below(tx, [team.id])}))
    disputed = [one.note_id for one in found if one.is_disputed]
    await timers.hasten(tx, *(Timer(disputing.LOOK, one, now) for one in disputed))
    over = await _over(tx, found)
    for one, what in over[:AT_ONCE]:
        await _end(tx, one, what, now=now)
    await _tell(tx, team, over[:AT_ONCE], now=now)
    if over[AT_ONCE:]:
        await heed(tx, team.id, now=now)


async def _over(tx: Tx, found: Sequence[Unfinished]) -> list[tuple[Unfinished, Ends]]:
    """Those in which something ends, and what."""
    authors = await _persons(tx, {one.author_id for one in found})
    agents = await people.profiles(tx, {one.agent_id for one in found})
    chains = await teams.chains_of(tx, {one.team_id for one in found})
    over = []
    for one in found:
        pair = _pair(tx, one, one.team_id, chains[one.team_id])
        leads = may(authors[one.author_id], Permission.COACHING_EDIT, pair)
        if what := rules.ends(one, leads=leads, is_here=not agents[one.agent_id].is_deleted):
            over.append((one, what))
    return over


async def _end(tx: Tx, one: Unfinished, what: Ends, *, now: datetime) -> None:
    await coaching.lock(tx, one.note_id)
    if what.gone and not await _is_told(tx, one.note_id, what.gone):
        line = Entry(tx.workspace_id, new_id(), one.note_id, EntryKind.LEFT, what.gone, now)
        await coaching.add_entry(tx, line, now=now)
    if what.follow_up:
        await unfinished.end_follow_up(tx, one.note_id, now=now)
        await timers.cancel(tx, one.note_id, following_up.REMIND)
    for before in await coaching.commitments_of(tx, one.note_id) if what.drops else ():
        if before.is_open and before.promiser in what.drops:
            drop = CommitmentAction.DROP
            by = before.promised_by
            after = replace(before, state=check(drop, before), settled_at=now, settled_by=by)
            await promising.become(tx, before, after, drop, by=by, now=now)


async def _is_told(tx: Tx, note_id: str, gone: str) -> bool:
    """Whoever looks at the team above may have said it while this one waited for the note."""
    entries = await coaching.entries_of(tx, note_id)
    return any(one.kind is EntryKind.LEFT and one.by == gone for one in entries)


async def _tell(
    tx: Tx, team: Team, over: Sequence[tuple[Unfinished, Ends]], *, now: datetime
) -> None:
    """Whom a note is about hears that its author does not coach them any more: once, however many notes there are."""
    pairs = {(one.author_id, one.agent_id): one for one, what in over if what.gone == one.author_id}
    known = await texts(tx, {agent_id for _author, agent_id in pairs}, team)
    for (author_id, agent_id), one in sorted(pairs.items()):
        if agent_id in known and not await _coaches_still(tx, one):
            words = views.coaches_no_more(author_id, known[agent_id])
            name = f"coaching:left:{author_id}:{agent_id}:{now.date().isoformat()}"
            await outbox.say(tx, Said(name, agent_id, *words, priority=Priority.FOLLOW_UP), now=now)


async def _coaches_still(tx: Tx, one: Unfinished) -> bool:
    """In whichever team."""
    author, agent = await people.get(tx, one.author_id), await people.get(tx, one.agent_id)
    chains = await teams.chains_of(tx, agent.roles)
    return any(
        may(
            author,
            Permission.COACHING_WRITE,
            replace(_pair(tx, one, team_id, chains[team_id]), agent_roles=roles),
        )
        for team_id, roles in agent.roles.items()
    )


async def _persons(tx: Tx, person_ids: Iterable[str]) -> dict[str, Person]:
    return {one: await people.get(tx, one) for one in sorted(person_ids)}


def _pair(tx: Tx, one: Unfinished, team_id: str, chain: tuple[str, ...]) -> Pair:
    return Pair(tx.workspace_id, team_id, one.author_id, one.agent_id, chain=chain)
