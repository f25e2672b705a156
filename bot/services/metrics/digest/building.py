"""Digests as people make them: the list, the form with its preview and test, pausing and taking out."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.metrics.comparison.scopes import Scope
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.digest.digest_days import newest, next_at
from bot.rules.metrics.digest.digests import (
    DIGESTS_AT_MOST,
    WANTED,
    WANTED_AT_MOST,
    About,
    Digest,
    DigestDraft,
    drafted,
    problems,
)
from bot.rules.metrics.digest.posts import Post
from bot.rules.metrics.digest.telling import Listed, Told
from bot.rules.reports.periods import Period
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of
from bot.services.holidays import load_holidays
from bot.services.metrics.digest import digesting, drawing
from bot.services.metrics.look import defining, looking, seeing
from bot.services.metrics.store.numbers import StillCounting
from bot.services.transaction import heard_once
from bot.text import Text, _
from bot.views.metrics import digest as views
from storage import outbox, people, teams, timers
from storage.base import new_id
from storage.database import Database, Tx
from storage.metrics import digests, members
from storage.outbox import Note, Priority

CHANGED_MEANWHILE = _(
    "Somebody changed this digest while you had it open, so nothing was saved. "
    "Please close this, open the digest again and repeat your change."
)
GONE = _("This digest is gone. Somebody took it out already.")
TOO_MANY = _("This team has {limit} digests already. Please take out one that nobody reads.")
NOT_ALL_BELOW = _(
    "You may not see the numbers of every team that reports to this one. Choose the team alone."
)
NOT_FOR_THEM = _("{names} may not see these numbers. Please take them out.")
NO_TEAMS = _(
    "Digests are made by those who lead a team, its managers and Baton's admins. Ask one of them for what you would like to read."
)


@dataclass(frozen=True, slots=True)
class Form:
    """What the form is drawn from. `digest` is None for a new one."""

    team: Team
    metrics: Mapping[str, Metric]
    draft: DigestDraft
    digest: Digest | None = None
    is_department: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What a button or a form was drawn for. No id: a new digest."""

    team_id: str
    digest_id: str = ""
    version: int = 0


async def list_digests(
    db: Database, person: Person, team_id: str = "", *, now: datetime
) -> tuple[list[Team], list[Listed]]:
    """The teams that this person may make digests for, and those that there are. Raises Denied if there is no such team,
    and no digest comes to them either.

    What is about one person is only listed for who may see that person's numbers.
    """
    async with db.read(person.workspace_id) as tx:
        if team_id:
            mine = [await seeing.check_set(tx, person, team_id)]
        else:
            mine = await seeing.teams_set(tx, person)
        if not mine and not await digests.read_by(tx, person.id):
            raise Denied(NO_TEAMS)
        by_id = {one.id: one for one in mine}
        await load_holidays(*mine)
        found = [
            one
            for one in await digests.of_teams(tx, by_id.keys())
            if await _may_know(tx, one, person)
        ]
        last = await digests.newest_posts(tx, [one.id for one in found])
    return mine, [_listed(one, by_id[one.team_id], last.get(one.id), now) for one in found]


async def open_form(db: Database, person: Person, team_id: str, digest_id: str = "") -> Form:
    """A new digest, or one to change. Raises Denied, or Stale if it is gone."""
    async with db.read(person.workspace_id) as tx:
        team = await seeing.check_set(tx, person, team_id)
        digest = await _get(tx, person, Seen(team_id, digest_id)) if digest_id else None
        known = await defining.known(tx)
        draft = drafted(digest) if digest else await _first_draft(tx, team, known)
        below = await teams.below(tx, [team_id])
        return Form(team, known, draft, digest, bool(below))


async def save(
    db: Database, person: Person, seen: Seen, draft: DigestDraft, *, key: str, now: datetime
) -> Digest:
    """Add it, or write it over what was seen. Raises Denied, FormProblems by field, Stale if somebody was first."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await seeing.check_set(tx, person, seen.team_id)
        await teams.lock(tx, team.id)
        before = await _get(tx, person, seen) if seen.digest_id else None
        after = await _checked(tx, person, team, draft, before)
        if before is None:
            if len(await digests.of_teams(tx, [team.id])) >= DIGESTS_AT_MOST:
                raise Refused(TOO_MANY, limit=DIGESTS_AT_MOST)
            await digests.add(tx, after)
        elif not await digests.change(tx, replace(after, version=seen.version)):
            raise Stale(CHANGED_MEANWHILE)
        await digesting.set_timer(tx, after, team, now=now)
        tx.wakes.add("tick")
    return after


async def preview(
    db: Database, person: Person, seen: Seen, draft: DigestDraft, *, now: datetime
) -> Told:
    """What it would tell this person now. Raises as saving does, and StillCounting."""
    async with db.read(person.workspace_id) as tx:
        return await _previewed(tx, person, seen, draft, now=now)


async def send_test(
    db: Database,
    person: Person,
    seen: Seen,
    draft: DigestDraft,
    t: Text,
    *,
    key: str,
    now: datetime,
) -> None:
    """The same as a private message to who asks, marked as a test. Raises as saving does, and StillCounting."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        told = await _previewed(tx, person, seen, draft, now=now)
        text, blocks = views.message(replace(told, is_test=True), t)
        note = Note(f"metrics:test:{key}", person.id, text, blocks, priority=Priority.FOLLOW_UP)
        await outbox.say(tx, note, now=now)


async def switch(
    db: Database, person: Person, seen: Seen, *, is_on: bool, key: str, now: datetime
) -> Digest:
    """Pause it, or let it come again from the next time on. Raises Denied or Stale."""
    async with _changing(db, person, seen, key=key, now=now) as (tx, digest, team):
        after = replace(digest, is_on=is_on)
        if not await digests.change(tx, after):
            raise Stale(CHANGED_MEANWHILE)
        await digesting.set_timer(tx, after, team, now=now)
        tx.wakes.add("tick")
    return after


async def remove(db: Database, person: Person, seen: Seen, *, key: str, now: datetime) -> None:
    """It comes no more; what it has told stays where it is. Raises Denied or Stale."""
    async with _changing(db, person, seen, key=key, now=now) as (tx, digest, _team):
        await timers.cancel(tx, digest.id, digesting.DIGEST, digesting.WAIT)
        if not await digests.remove(tx, digest):
            raise Stale(CHANGED_MEANWHILE)


@asynccontextmanager
async def _changing(
    db: Database, person: Person, seen: Seen, *, key: str, now: datetime
) -> AsyncIterator[tuple[Tx, Digest, Team]]:
    """A transaction in which this person may change the digest, which is still as they saw it."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await seeing.check_set(tx, person, seen.team_id)
        await teams.lock(tx, team.id)
        digest = await _get(tx, person, seen)
        if digest.version != seen.version:
            raise Stale(CHANGED_MEANWHILE)
        yield tx, digest, team


async def _first_draft(tx: Tx, team: Team, known: Mapping[str, Metric]) -> DigestDraft:
    """To the team's channel, with the numbers that most teams want of those that this one has."""
    draft = DigestDraft(channel=team.team_channel)
    last = await members.newest_day(tx, [team.id])
    if last is None:
        return draft
    try:
        found = await looking.whole(tx, Scope((team.id,)), Period(last - looking.LATELY, last))
    except StillCounting:
        return draft
    has = [one.key for one in looking.with_numbers(known, found)]
    wanted = [one for one in WANTED if one in has] or has
    return replace(draft, metrics=tuple(wanted[:WANTED_AT_MOST]))


async def _previewed(
    tx: Tx, person: Person, seen: Seen, draft: DigestDraft, *, now: datetime
) -> Told:
    team = await seeing.check_set(tx, person, seen.team_id)
    before = await _get(tx, person, seen) if seen.digest_id else None
    digest = await _checked(tx, person, team, draft, before)
    await load_holidays(team)
    period = newest(digest, team, day_of(now, team.zone))
    return await drawing.load(tx, digest, team, period, person, now=now)


async def _get(tx: Tx, person: Person, seen: Seen) -> Digest:
    found = await digests.find(tx, seen.digest_id)
    if found is None or found.team_id != seen.team_id or not await _may_know(tx, found, person):
        raise Stale(GONE)
    return found


async def _may_know(tx: Tx, digest: Digest, person: Person) -> bool:
    """Who sets digests knows of all but those about people whose numbers they may not see."""
    if digest.choice.about is not About.PERSON:
        return True
    thing = await seeing.person_numbers(tx, digest.team_id, digest.person_id)
    return may(person, Permission.METRICS_SEE_PERSON, thing)


async def _checked(
    tx: Tx, person: Person, team: Team, draft: DigestDraft, before: Digest | None
) -> Digest:
    """The digest as drafted. Raises FormProblems by field."""
    if before:
        draft = replace(draft, about=before.choice.about.value, person_id=before.person_id)
    found = problems(draft, await defining.known(tx))
    if found:
        raise FormProblems(found)
    made = draft.made(tx.workspace_id, new_id(), team.id, person.id)
    after = draft.over(before, person.id) if before else made
    if not await _may_know(tx, after, person):
        raise FormProblems({"person": Refused(seeing.ONLY_THEIRS)})
    scope = await drawing.scope_of(tx, after)
    if after.choice.about is About.DEPARTMENT and not await seeing.may_see_all(
        tx, person, scope.team_ids
    ):
        raise Denied(NOT_ALL_BELOW) if before else FormProblems({"about": Refused(NOT_ALL_BELOW)})
    allowed = await drawing.places_of(tx, replace(after, stopped=()))
    if refused := [one for one in after.readers if one not in allowed]:
        known = await people.profiles(tx, refused)
        names = ", ".join(known[one].called if one in known else one for one in refused)
        raise FormProblems({"readers": Refused(NOT_FOR_THEM, names=names)})
    return after


def _listed(digest: Digest, team: Team, last: Post | None, now: datetime) -> Listed:
    following = next_at(digest, team, after=now) if digest.is_on else None
    return Listed(digest, team.name, last, following)
