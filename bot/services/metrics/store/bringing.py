"""Bringing facts into an import that is live: only what says something new, so that no day is counted anew for nothing."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.people import Role
from bot.rules.metrics.importing.imports import Import
from bot.rules.metrics.store.belonging import Belonging
from bot.rules.metrics.store.facts import Fact
from bot.rules.teams import name_key
from bot.services.metrics.store import keeping
from storage import teams
from storage.database import Tx
from storage.metrics import held, imports, names
from storage.metrics.held import Held


@dataclass(frozen=True, slots=True)
class Sent:
    """A fact, and by whose clock its day is told."""

    fact: Fact
    zone: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of them: `taken` were new, `replaced` say something else, `unchanged` nothing new."""

    taken: int = 0
    replaced: int = 0
    unchanged: int = 0


async def bring(tx: Tx, import_: Import, sent: Sequence[Sent], belonging: Belonging) -> Brought:
    """Into an import that is live, at most `keeping.AT_ONCE`. The same again changes nothing.

    What is older than what is known is kept, and counts once that is taken back. A fact without parts only takes the
    place of another.
    """
    await imports.change_feed(tx, import_.feed_id)
    last = _last(sent)
    known = await held.of_keys(tx, import_.feed_id, last)
    people = await keeping.people_in(tx, import_, [one.fact for one in last.values()])
    news: dict[str, list[Fact]] = defaultdict(list)
    taken = replaced = 0
    for key, one in last.items():
        before = known.get(key)
        person = people.get(one.fact.person, "")
        team_id = belonging.team_of(one.fact.team, person)
        if before is None and not one.fact.sums and not one.fact.samples:
            continue
        if before and _said(one, team_id, person) == before.said:
            continue
        news[one.zone].append(one.fact)
        taken += before is None
        replaced += before is not None and one.fact.updated >= before.updated
    for zone, facts in sorted(news.items()):
        await keeping.put(tx, import_, facts, belonging, zone=zone)
    return Brought(taken, replaced, len(sent) - taken - replaced)


async def belonging_of(
    tx: Tx, team_ids: Collection[str], team_id: str, called: Mapping[str, str]
) -> Belonging:
    """Whose numbers they are: `team_id` gets what names no other of `team_ids`, and nobody who is in one of them.

    `called` are the ids of the names in the facts.
    """
    if len(team_ids) == 1:
        return Belonging(team_id)
    by_name = {name_key(one.name): one.id for one in await teams.list_all(tx) if one.id in team_ids}
    known = await names.get_all(tx, called.values())
    works_in: dict[str, set[str]] = defaultdict(set)
    for (team, person_id), roles in (await teams.roles_in(tx, team_ids)).items():
        if Role.AGENT in roles:
            works_in[person_id].add(team)
    by_person = {
        one.id: next(iter(found))
        for one in known.values()
        if len(found := works_in.get(one.person_id, set())) == 1
    }
    return Belonging(team_id, by_name, by_person)


def _last(sent: Sequence[Sent]) -> dict[str, Sent]:
    """Of several with one key the one that is updated last, and of those that are alike the later one."""
    found: dict[str, Sent] = {}
    for one in sent:
        before = found.get(one.fact.key)
        if before is None or one.fact.updated >= before.fact.updated:
            found[one.fact.key] = one
    return found


def _said(sent: Sent, team_id: str, person: str) -> tuple[Any, ...]:
    """As `Held.said` has it."""
    fact = sent.fact
    return Held(
        fact.updated,
        0,
        fact.at,
        sent.zone,
        fact.day.isoformat(),
        fact.hour,
        team_id,
        person,
        fact.channel,
        fact.topic,
        fact.labels,
        fact.parts,
    ).said
