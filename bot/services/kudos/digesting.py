"""The weekly digest: posted once for each of its days, drawn from what holds when it is sent, and all of it on request."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.errors import AlreadyHeard, Denied
from bot.people import Person, Role
from bot.permissions import Permission, check_may
from bot.rules.delivery import Drawn
from bot.rules.kudos import Given, KudosSettings
from bot.rules.kudos.breadth import breadth
from bot.rules.kudos.days import week_of
from bot.rules.kudos.digests import (
    About,
    Digest,
    by_value,
    leaders,
    private_count,
    thanks_of,
    unpack,
)
from bot.rules.spans import Span
from bot.rules.teams import Team
from bot.services.escalations import telling
from bot.text import _
from bot.views.kudos import digest as views
from bot.views.kudos import ids
from storage import inbox, kudos, people, teams
from storage.database import Database, Tx
from storage.outbox import Card, Priority

COUNTED = (Role.AGENT, Role.LEAD, Role.MANAGER)
"""Observers read along: they are neither asked nor counted."""
ONLY_THE_TEAM = _("Only the people of this team see all of its thanks.")


async def post(
    tx: Tx, team: Team, settings: KudosSettings, day: date, *, is_late: bool, now: datetime
) -> list[Card]:
    """The card to say, unless that day's was said already or there is nothing to tell.

    A week without any gets one line if the week before had some: more often it would be a reproach.
    """
    if not await is_first(tx, f"kudos:digest:{team.id}:{day}", now=now):
        return []
    about = About(team.id, week_of(team, settings, day), is_late)
    if not await _is_told(tx, about) and not await _is_told(tx, _before(about)):
        return []
    return [Card(ids.DIGEST, about.packed(), team.team_channel, Priority.RECOGNITION)]


async def draw(tx: Tx, subject: str, _channel: str) -> Drawn | None:
    """The card's text and blocks, in the team's words; nothing for a team that is not there."""
    about = unpack(subject)
    team = await teams.find(tx, about.team_id)
    if team is None:
        return None
    return Drawn(*views.digest(await load(tx, about), telling.team_text(team)))


async def load(tx: Tx, about: About) -> Digest:
    """What may be told of that time, as people want it told now."""
    team_id, span = about.team_id, about.span
    given = await kudos.given_between(tx, [team_id], span.start, span.end)
    unnamed = await _unnamed(tx, given)
    told = thanks_of(given, unnamed)
    public = [one for one in given if one.is_public]
    pairs = [(one.giver_id, one.receiver_id) for one in public]
    members = {one.person_id for one in await teams.members(tx, team_id, *COUNTED)}
    givers = await kudos.givers_in(tx, team_id, span.start, span.end, only_public=True)
    found = Digest(about, by_value(told), breadth(pairs, members, givers), private_count(given))
    settings = await kudos.settings_of(tx, team_id)
    if not settings.has_leaderboard:
        return found
    known = await people.profiles(tx, _ids(public))
    names = {one: profile.called for one, profile in known.items()}
    return replace(found, leaders=leaders(told, unnamed, names))


async def see_all(db: Database, person: Person, packed: str) -> tuple[Team, Digest]:
    """All that a digest or a wall tells. Raises Denied, in the same words, if the team is gone and if it is not theirs."""
    about = unpack(packed)
    async with db.read(person.workspace_id) as tx:
        team = await teams.find(tx, about.team_id)
        if team is None:
            raise Denied(ONLY_THE_TEAM)
        check_may(person, Permission.TEAM_SEE, team, ONLY_THE_TEAM)
        return team, await load(tx, about)


async def is_first(tx: Tx, key: str, *, now: datetime) -> bool:
    """Whether this has not been told yet; it counts as told from now on. It is remembered for as long as requests are."""
    try:
        await inbox.check_new(tx, key, now=now)
    except AlreadyHeard:
        return False
    return True


async def _is_told(tx: Tx, about: About) -> bool:
    """Whether there is anything that may be told of that time."""
    given = await kudos.given_between(tx, [about.team_id], about.span.start, about.span.end)
    unnamed = await _unnamed(tx, given)
    return bool(thanks_of(given, unnamed)) or private_count(given) is not None


def _before(about: About) -> About:
    """The same length of time just before."""
    start, end = about.span.start, about.span.end
    return replace(about, span=Span(start - (end - start), start))


async def _unnamed(tx: Tx, given: Iterable[Given]) -> frozenset[str]:
    """Those of them who want nobody else to see what they are thanked for."""
    tastes = await kudos.tastes_of(tx, _ids(given))
    return frozenset(one for one, taste in tastes.items() if not taste.in_public)


def _ids(given: Iterable[Given]) -> set[str]:
    return {person_id for one in given for person_id in (one.giver_id, one.receiver_id)}
