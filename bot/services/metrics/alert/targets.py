"""Targets of teams and of their people: read by whatever judges numbers, looked at, set, and ended."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from bot.errors import Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.metrics.alert import amounts
from bot.rules.metrics.alert import targets as rules
from bot.rules.metrics.alert.targets import Draft, Seen, Target, Targets
from bot.rules.metrics.definition.registry import Metric
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of
from bot.services.metrics.look import defining, seeing
from bot.services.transaction import heard_once
from bot.text import _, mention
from storage import teams
from storage.base import new_id
from storage.database import Database, Tx
from storage.metrics import targets

MOST = 500
"""Targets of one team, those of the past too."""
NO_TEAM = _(
    "You are in no team yet, so there are no targets to see. An admin can add you in `/baton`."
)
NOT_THEIR_OWN = _("Only those who lead somebody set a target for them. Yours is set by your lead.")
NOT_IN_THE_TEAM = _(
    "They are not in this team, or you do not lead them. Please choose somebody else."
)
NO_METRIC = _("Please choose a number.")
NO_TARGET_FOR_IT = _(
    "This number grows with the days that it is counted over, so a target would not say of how many. Please choose another."
)
CHANGED_MEANWHILE = _(
    "{who} has changed this target while you had it open, so nothing was saved. "
    "Please close the form, open it again and repeat your change."
)
TOO_MANY = _("This team has {limit} targets, those of the past too, and can have no more.")


async def targets_on(tx: Tx, team_ids: Collection[str], day: date) -> Targets:
    """What these teams and their people aim at on that day."""
    return rules.on_day(await targets.of_teams(tx, team_ids, on=day), day)


async def see(db: Database, person: Person, team_id: str = "", *, now: datetime) -> Seen:
    """The targets of a team, the first of the reader's own if none is named. Somebody's own only if that is the reader, or one they lead.

    Raises Denied, and Refused for who is in no team.
    """
    async with db.read(person.workspace_id) as tx:
        seen = await seeing.teams_seen(tx, person)
        if not team_id and not seen:
            raise Refused(NO_TEAM)
        team = await seeing.check_see(tx, person, team_id or seeing.first_of(person, seen).id)
        held = [
            one for one in await targets.of_teams(tx, [team.id]) if await _may_read(tx, person, one)
        ]
        thing = await seeing.numbers_of(tx, team.id)
        return Seen(
            team,
            seen,
            held,
            await defining.known(tx),
            day_of(now, team.zone),
            may(person, Permission.METRICS_SET, thing),
            await defining.retired(tx),
        )


async def see_to_set(db: Database, person: Person, team_id: str, *, now: datetime) -> Seen:
    """The same for the form. Raises Denied."""
    seen = await see(db, person, team_id, now=now)
    if not seen.may_set:
        raise Denied(seeing.ONLY_WHO_SETS)
    return seen


async def save(
    db: Database,
    person: Person,
    team_id: str,
    draft: Draft,
    seen_at: datetime | None,
    *,
    key: str,
    now: datetime,
) -> Target:
    """Set it, and let the ones before end. `seen_at` is when the newest of those that the form showed was set.

    Raises Denied, FormProblems by field, or Stale if somebody was first.
    """
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await _lock(tx, person, team_id, draft.person_id)
        metric = await _metric(tx, draft.metric)
        known = await targets.of_metric(tx, team_id, metric.key, draft.person_id)
        _check_unchanged(known, seen_at)
        target = _made(tx, person, team, metric, draft, known, now=now)
        if len(await targets.of_teams(tx, [team_id])) >= MOST:
            raise Refused(TOO_MANY, limit=MOST)
        await targets.make(tx, rules.making_room(known, target.first_day, target.last_day))
        await targets.add(tx, target)
    return target


async def end(
    db: Database,
    person: Person,
    team_id: str,
    target_id: str,
    *,
    key: str,
    now: datetime,
) -> None:
    """From today on it holds no more. Raises Denied, or Stale if it is gone."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await teams.get(tx, team_id)
        held = await targets.of_teams(tx, [team_id])
        found = next((one for one in held if one.id == target_id), None)
        await _lock(tx, person, team_id, found.person_id if found else "")
        if found is None:
            raise Stale(_("This target is not there any more. Nothing is left to do."))
        again = await targets.of_metric(tx, team_id, found.metric, found.person_id)
        now_it_is = next((one for one in again if one.id == target_id), None)
        if now_it_is is not None:
            await targets.make(tx, rules.ended(now_it_is, today=day_of(now, team.zone)))


async def _lock(tx: Tx, person: Person, team_id: str, person_id: str) -> Team:
    """The team, whose targets nobody else changes from now on. Raises Denied."""
    team = await seeing.check_set(tx, person, team_id)
    if person_id:
        await check_leads(tx, person, team_id, person_id)
    await teams.lock(tx, team_id)
    return team


async def check_leads(tx: Tx, person: Person, team_id: str, person_id: str) -> None:
    """For what only those who lead somebody decide about them. Raises Denied, and FormProblems for who is not theirs."""
    if person.id == person_id:
        raise FormProblems({"person": Refused(NOT_THEIR_OWN)})
    thing = await seeing.person_numbers(tx, team_id, person_id)
    if not may(person, Permission.METRICS_SEE_PERSON, thing):
        raise FormProblems({"person": Refused(NOT_IN_THE_TEAM)})


async def _may_read(tx: Tx, person: Person, target: Target) -> bool:
    if not target.person_id:
        return True
    thing = await seeing.person_numbers(tx, target.team_id, target.person_id)
    return may(person, Permission.METRICS_SEE_PERSON, thing)


async def _metric(tx: Tx, key: str) -> Metric:
    known = await defining.known(tx)
    metric = known.get(key)
    if metric is None:
        raise FormProblems({"metric": Refused(NO_METRIC)})
    if not rules.can_have_one(metric):
        raise FormProblems({"metric": Refused(NO_TARGET_FOR_IT)})
    return metric


def _check_unchanged(known: Sequence[Target], seen_at: datetime | None) -> None:
    newest = max(known, key=lambda one: one.at, default=None)
    if newest is not None and (seen_at is None or newest.at > seen_at):
        raise Stale(CHANGED_MEANWHILE, who=mention(newest.by))


def _made(
    tx: Tx,
    person: Person,
    team: Team,
    metric: Metric,
    draft: Draft,
    known: Sequence[Target],
    *,
    now: datetime,
) -> Target:
    """Raises FormProblems by field."""
    today = day_of(now, team.zone)
    found: dict[str, Refused] = {}
    found |= rules.problems(known, draft.first_day, draft.last_day, today=today)
    amount = 0
    try:
        amount = amounts.read(draft.amount, metric, draft.sign)
    except Refused as refused:
        found["amount"] = refused
    if found or draft.first_day is None:
        raise FormProblems(found)
    return Target(
        *(tx.workspace_id, new_id(), metric.key, team.id, draft.person_id, amount),
        *(draft.first_day, draft.last_day, person.id, now),
    )
