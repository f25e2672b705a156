"""Thanks by a reaction: the team's emoji on a message is kudos for who wrote it.

Slack itself shows who reacted, where it happened; so nothing is posted, and nobody is rung. It counts, and that is all.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import Refused
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.kudos import Kudos, KudosDraft, Via
from bot.rules.kudos.giving import UNDO_FOR
from bot.rules.teams import Team, Workspace
from bot.rules.wall_clock import day_of
from bot.services.kudos import giving
from bot.services.kudos.undoing import take_back
from bot.services.transaction import heard_once
from bot.text import Text
from bot.views.kudos import told
from storage import kudos as stored
from storage import outbox, people, teams, timers
from storage.database import Database, Tx
from storage.outbox import Note, Priority
from storage.timers import Timer


@dataclass(frozen=True, slots=True)
class Reaction:
    """On the message `ts` of a channel, by whoever is asking. `author_id` wrote that message."""

    emoji: str
    author_id: str
    channel: str
    ts: str

    @property
    def source(self) -> str:
        return f"{self.channel}:{self.ts}"


async def is_thanks(db: Database, workspace_id: str, reaction: Reaction) -> bool:
    """Whether it may be thanks to somebody. Most reactions are not, and whoever made those is none of Baton's business."""
    async with db.read(workspace_id) as tx:
        theirs = await teams.find_of_person(tx, reaction.author_id)
        settings = await stored.settings_of_all(tx, [one.id for one in theirs])
        return any(one.emoji == reaction.emoji for one in settings.values())


async def added(
    db: Database, person: Person, reaction: Reaction, *, key: str, now: datetime
) -> Kudos | None:
    """Count it. Whoever has no thanks left is told so, once a day; for whatever else is no thanks nothing happens."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        check_may(person, Permission.KUDOS_GIVE, Workspace(person.workspace_id), giving.ANYBODY)
        team = await _team(tx, person, reaction)
        if team is None:
            return None
        await people.lock(tx, person.id)
        known = await stored.find_reaction(tx, person.id, reaction.source)
        if known and known.undone_at is None:
            return None
        theirs = {reaction.author_id: team}
        if problem := await giving.allowance_problem(tx, person, theirs, now=now):
            await outbox.say(tx, _hint(person, reaction, problem, now), now=now)
            return None
        kudos = known or await _made(tx, person, reaction, team, now=now)
        await (stored.restore(tx, kudos.id) if known else stored.add(tx, kudos))
        await timers.put(tx, Timer(giving.SETTLE, kudos.id, max(now, kudos.given_at + UNDO_FOR)))
    return kudos


async def removed(
    db: Database, person: Person, reaction: Reaction, *, key: str, now: datetime
) -> None:
    """For ten minutes it is as if it had not been set. After that what was given stays, and nobody is told anything."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        known = await stored.find_reaction(tx, person.id, reaction.source)
        if known is None or not known.may_be_undone(now):
            return
        check_may(person, Permission.KUDOS_UNDO, known, "")
        await take_back(tx, known, now=now)


async def _team(tx: Tx, person: Person, reaction: Reaction) -> Team | None:
    """The team by whose settings it is thanks, or None: for oneself, of or for a bot, or with another emoji."""
    if reaction.author_id == person.id or not reaction.emoji:
        return None
    known = await people.profiles(tx, [person.id, reaction.author_id])
    if not all(
        one in known and known[one].can_have_roles for one in (person.id, reaction.author_id)
    ):
        return None
    team = (await giving.teams_of(tx, person, [reaction.author_id])).get(reaction.author_id)
    if team is None or (await stored.settings_of(tx, team.id)).emoji != reaction.emoji:
        return None
    return team


async def _made(tx: Tx, person: Person, reaction: Reaction, team: Team, *, now: datetime) -> Kudos:
    """Public only where the team reads it anyway: from elsewhere not even that it happened is told."""
    taste = (await stored.tastes_of(tx, [reaction.author_id]))[reaction.author_id]
    draft = KudosDraft(
        (reaction.author_id,),
        is_public=taste.in_public and reaction.channel == team.team_channel,
        via=Via.REACTION,
        source=reaction.source,
    )
    return giving.made(person, draft, {reaction.author_id: team}, now=now)


def _hint(person: Person, reaction: Reaction, problem: Refused, now: datetime) -> Note:
    return Note(
        f"kudos:hint:{person.id}:{day_of(now, person.zone)}",
        person.id,
        told.did_not_count(reaction.emoji, problem, Text(person.locale, person.zone)),
        priority=Priority.RECOGNITION,
    )
