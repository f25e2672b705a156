"""Seeds for coaching from escalations: what practice would have solved, per topic without names, and per person from three on."""

from collections.abc import Sequence
from datetime import datetime

from bot.people import Person, Role
from bot.permissions import Permission, may
from bot.rules.coaching import Kind, Note
from bot.rules.coaching import seeds as rules
from bot.rules.coaching.drafts import NoteDraft
from bot.rules.coaching.evidence import MOST
from bot.rules.coaching.seeds import PersonSeed, SeedKey, SeedSeen
from bot.rules.teams import Team
from bot.services.coaching import pairs
from bot.services.transaction import heard_once
from storage import people, teams
from storage.coaching import seeds
from storage.database import Database, Tx


async def of_leader(tx: Tx, person: Person, *, now: datetime) -> list[SeedSeen]:
    """Topics of the teams that this person leads, then people whom they may coach. For nobody else there are any."""
    led = await _led(tx, person)
    if not led:
        return []
    found = await seeds.practice(tx, led, since=now - rules.BACK)
    settled = await seeds.settled(tx, led)
    topics = [SeedSeen(led[one.team_id], one.topic, one.count) for one in rules.by_topic(found)]
    own = [
        SeedSeen(led[one.key.team_id], one.key.topic, len(one.cases), one)
        for one in rules.by_person(found, settled)
        if await _may_coach(tx, person, one.key)
    ]
    return [*topics, *own]


async def dismiss(
    db: Database, person: Person, key_of: SeedKey, up_to: datetime, *, key: str, now: datetime
) -> None:
    """It is not needed, until there are enough newer cases. Raises Denied."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await pairs.check_may_coach(tx, person, key_of.person_id, key_of.team_id)
        await seeds.settle(tx, key_of, up_to, by=person.id, now=now)


async def find(tx: Tx, person: Person, key_of: SeedKey, *, now: datetime) -> PersonSeed | None:
    """The seed as it is now, if there still is one. Raises Denied."""
    await pairs.check_may_coach(tx, person, key_of.person_id, key_of.team_id)
    found = await seeds.practice(tx, [key_of.team_id], since=now - rules.BACK)
    settled = await seeds.settled(tx, [key_of.team_id])
    return next((one for one in rules.by_person(found, settled) if one.key == key_of), None)


def drafted(seed: PersonSeed, skills: Sequence[str], topic_name: str) -> NoteDraft:
    """The form as it begins: these cases as evidence, and the skill that is called like their topic."""
    return NoteDraft(
        seed.key.person_id,
        seed.key.team_id,
        Kind.IMPROVE,
        rules.matching(skills, topic_name),
        seed.key.topic,
        evidence="\n".join(f"#{number}" for number in seed.cases[-MOST:]),
    )


async def take(tx: Tx, person: Person, note: Note, up_to: datetime, *, now: datetime) -> None:
    """A draft was made of these cases."""
    key = SeedKey(note.team_id, note.agent_id, note.topic)
    await seeds.settle(tx, key, up_to, by=person.id, now=now)


async def _led(tx: Tx, person: Person) -> dict[str, Team]:
    """The teams that this person leads or manages, and those below a department that they manage."""
    own = {one for one in person.roles if person.has_role(one, *pairs.LEADING)}
    if not own:
        return {}
    own |= await teams.below(tx, [one for one in own if person.has_role(one, Role.MANAGER)])
    return {one.id: one for one in await teams.list_all(tx) if one.id in own}


async def _may_coach(tx: Tx, person: Person, key: SeedKey) -> bool:
    agent = await people.find(tx, key.person_id)
    if agent is None:
        return False
    return may(
        person, Permission.COACHING_WRITE, await pairs.pair_in(tx, person, agent, key.team_id)
    )
