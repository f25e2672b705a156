"""Looking at kudos: what the form offers, and one's own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.kudos import KudosDraft, Mine, Offered, allowance
from bot.services.kudos import giving
from storage import kudos as stored
from storage import teams
from storage.database import Database, Tx

LATELY = timedelta(days=90)
SHOWN = 10


async def offered(
    db: Database, person: Person, receivers: Sequence[str], *, now: datetime
) -> Offered:
    """What the form offers for these people: their team's values, or the reader's while nobody is named."""
    async with db.read(person.workspace_id) as tx:
        return await _offered(tx, person, receivers, now=now)


async def check_offer(
    db: Database, person: Person, draft: KudosDraft, *, now: datetime
) -> tuple[KudosDraft, Offered]:
    """What a command means, to be given in one click. Raises FormProblems as giving it would.

    Who likes it so is thanked in private, and the offer says so before anything is given.
    """
    async with db.read(person.workspace_id) as tx:
        found = await _offered(tx, person, draft.receivers, now=now)
        is_public = set(found.only_private) != set(draft.receivers)
        draft = replace(draft, is_public=is_public)
        await giving.check(tx, person, draft, now=now)
    return draft, found


async def mine(db: Database, person: Person, *, now: datetime) -> Mine:
    """What the reader got and gave lately, and how many they may still thank."""
    since = now - LATELY
    async with db.read(person.workspace_id) as tx:
        got = await stored.got_by(tx, person.id, since=since, limit=SHOWN)
        gave = await stored.given_by(tx, person.id, since=since, limit=SHOWN)
        return Mine(
            [one for one in got if may(person, Permission.KUDOS_SEE, one)],
            [one for one in gave if may(person, Permission.KUDOS_SEE, one)],
            (await _offered(tx, person, (), now=now)).left,
            (await stored.tastes_of(tx, [person.id]))[person.id],
        )


async def _offered(tx: Tx, person: Person, receivers: Sequence[str], *, now: datetime) -> Offered:
    theirs = await giving.teams_of(tx, person, receivers)
    mine = await teams.find_of_person(tx, person.id)
    team = next(iter([*theirs.values(), *mine]), None)
    tastes = await stored.tastes_of(tx, receivers)
    settings = await stored.settings_of(tx, team.id if team else "")
    language = team.language if team else person.locale
    spent = await stored.spent_since(tx, person.id, allowance.week_begins(now, person.zone))
    return Offered(
        settings.values_in(language),
        team.name if team else "",
        allowance.left_today(settings.per_day, spent, person.zone, now=now),
        tuple(one for one in receivers if not tastes[one].in_public),
    )
