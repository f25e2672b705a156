"""Setting policies: their settings, their levels one by one, and who hears. Each function is one transaction."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person, Role
from bot.permissions import Permission, check_may
from bot.rules import policies as rules
from bot.rules.policies import LEVELS_AT_MOST, POLICIES_AT_MOST, Level, Policy, drafts
from bot.rules.policies.doubts import Place
from bot.rules.policies.drafts import LevelDraft, SettingsDraft, TargetsDraft
from bot.rules.severities import Severity
from bot.rules.teams import Team, names_problem
from bot.services.policies.looking import GONE, ONLY_LEADS
from bot.services.transaction import heard_once
from bot.text import _
from storage import people, policies, teams, workspaces
from storage.base import new_id
from storage.database import Database, Tx

CHANGED_MEANWHILE = _(
    "Somebody changed this policy while you had it open, so nothing was saved. "
    "Please close this, open the policy again and repeat your change."
)
TOO_MANY = _("This team has {limit} policies already. Please take out those that nobody needs.")
TOO_MANY_LEVELS = _("A policy has at most {limit} levels. Please change one of those.")
LAST_LEVEL = _("A policy needs a level. Take out the whole policy instead, or change this level.")
TAKES_OVER = _(
    "“{name}” hands over to this policy outside opening hours. Please choose something else there first."
)


@dataclass(frozen=True, slots=True)
class Seen:
    """The policy as a button or a form was drawn for it: only what tells whether it is still the same."""

    team_id: str
    policy_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Change:
    """A change under way: its transaction, the policy before it, and its neighbours."""

    tx: Tx
    policy: Policy
    known: Sequence[Policy]


async def add(
    db: Database, person: Person, team_id: str, draft: SettingsDraft, *, key: str, now: datetime
) -> Policy:
    """A new policy with the default's levels, to be changed from there. Raises Denied, Refused, or FormProblems by field."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await _get_to_set(tx, person, team_id)
        known = await policies.list_of_team(tx, team_id)
        if len(known) >= POLICIES_AT_MOST:
            raise Refused(TOO_MANY, limit=POLICIES_AT_MOST)
        before = starting_from(team, draft)
        if found := drafts.settings_problems(draft, before, known):
            raise FormProblems(found)
        policy = replace(draft.over(before), id=new_id())
        await policies.add(tx, policy)
    return policy


def starting_from(team: Team, draft: SettingsDraft) -> Policy:
    """What a new policy begins as: the default one for the most urgent of its severities."""
    urgent = [one for one in Severity if one in draft.severities]
    return rules.default_policy(team, urgent[0] if urgent else Severity.HIGH)


async def change_settings(
    db: Database, person: Person, seen: Seen, draft: SettingsDraft, *, key: str, now: datetime
) -> Policy:
    """Raises Denied, FormProblems by field, or Stale if somebody else changed it since."""
    async with _changing(db, person, seen, key=key, now=now) as change:
        if found := drafts.settings_problems(draft, change.policy, change.known):
            raise FormProblems(found)
        return await _write(change, draft.over(change.policy))


async def put_level(
    db: Database,
    person: Person,
    seen: Seen,
    index: int | None,
    draft: LevelDraft,
    *,
    key: str,
    now: datetime,
) -> Policy:
    """Write a level, or add one at the end if no index is given. Raises Denied, FormProblems by field, or Stale."""
    async with _changing(db, person, seen, key=key, now=now) as change:
        levels = list(change.policy.levels)
        found = drafts.level_problems(draft) | await _people_problems(change.tx, draft.told)
        if index is None and len(levels) >= LEVELS_AT_MOST:
            found["kinds"] = Refused(TOO_MANY_LEVELS, limit=LEVELS_AT_MOST)
        if found:
            raise FormProblems(found)
        await _remember(change.tx, draft.told)
        if index is None:
            levels.append(draft.written())
        else:
            levels[_known(index, levels)] = draft.written()
        return await _write(change, replace(change.policy, levels=tuple(levels)))


async def move_level(
    db: Database,
    person: Person,
    seen: Seen,
    index: int,
    by: int,
    *,
    key: str,
    now: datetime,
) -> Policy:
    """One up (-1) or down (1); what would leave the list stays. Raises Denied or Stale."""
    async with _changing(db, person, seen, key=key, now=now) as change:
        levels = list(change.policy.levels)
        level = levels.pop(_known(index, levels))
        levels.insert(min(max(index + by, 0), len(levels)), level)
        return await _write(change, replace(change.policy, levels=tuple(levels)))


async def remove_level(
    db: Database, person: Person, seen: Seen, index: int, *, key: str, now: datetime
) -> Policy:
    """Raises Denied, Stale, or Refused for the last one."""
    async with _changing(db, person, seen, key=key, now=now) as change:
        levels = list(change.policy.levels)
        del levels[_known(index, levels)]
        if not levels:
            raise Refused(LAST_LEVEL)
        back = change.policy.repeat_from - (index < change.policy.repeat_from)
        after = replace(change.policy, levels=tuple(levels), repeat_from=min(back, len(levels) - 1))
        return await _write(change, after)


async def set_hearers(
    db: Database,
    person: Person,
    seen: Seen,
    place: Place,
    draft: TargetsDraft,
    *,
    key: str,
    now: datetime,
) -> Policy:
    """Who hears when time runs out, or when it is over. Raises Denied, FormProblems by field, or Stale."""
    async with _changing(db, person, seen, key=key, now=now) as change:
        chain = await teams.members(change.tx, seen.team_id, Role.LEAD, Role.MANAGER)
        if found := drafts.hearers_problems(draft, {one.person_id for one in chain}):
            raise FormProblems(found)
        targets = draft.targets()
        if place is Place.WARNED:
            return await _write(change, replace(change.policy, warned=targets))
        return await _write(change, replace(change.policy, breached=targets))


async def remove(db: Database, person: Person, seen: Seen, *, key: str, now: datetime) -> Policy:
    """Take it out. Raises Denied, Stale, or Refused while another one hands over to it."""
    async with _changing(db, person, seen, key=key, now=now) as change:
        for one in change.known:
            if one.other_policy_id == seen.policy_id:
                raise Refused(TAKES_OVER, name=one.name)
        if not await policies.remove(change.tx, change.policy):
            raise Stale(CHANGED_MEANWHILE)
        return change.policy


@asynccontextmanager
async def _changing(
    db: Database, person: Person, seen: Seen, *, key: str, now: datetime
) -> AsyncIterator[Change]:
    """A transaction in which this person may change the policy, which is still as they saw it."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await _get_to_set(tx, person, seen.team_id)
        known = await policies.list_of_team(tx, seen.team_id)
        policy = next((one for one in known if one.id == seen.policy_id), None)
        if policy is None:
            raise Stale(GONE)
        if policy.version != seen.version:
            raise Stale(CHANGED_MEANWHILE)
        yield Change(tx, policy, known)


async def _get_to_set(tx: Tx, person: Person, team_id: str) -> Team:
    """The team whose policies this person may set; nobody else sets them until the end of the transaction."""
    team = await teams.get(tx, team_id)
    check_may(person, Permission.POLICY_SET, team, ONLY_LEADS)
    await teams.lock(tx, team_id)
    return team


async def _write(change: Change, after: Policy) -> Policy:
    if not await policies.change(change.tx, after):
        raise Stale(CHANGED_MEANWHILE)
    return replace(after, version=after.version + 1)


def _known(index: int, levels: Sequence[Level]) -> int:
    if not 0 <= index < len(levels):
        raise Stale(CHANGED_MEANWHILE)
    return index


async def _people_problems(tx: Tx, draft: TargetsDraft) -> dict[str, Refused]:
    """A refusal for each field that names Baton itself, another bot, or somebody who has left."""
    fields = {"people": draft.people, "round": draft.round}
    named = {one for ids in fields.values() for one in ids}
    unfit = {
        one.id: one.called
        for one in (await people.profiles(tx, named)).values()
        if not one.can_have_roles
    }
    if here := await workspaces.find(tx):
        unfit.setdefault(here.bot_user_id, "Baton")
    wrong = {name: [unfit[one] for one in ids if one in unfit] for name, ids in fields.items()}
    return {name: names_problem(names) for name, names in wrong.items() if names}


async def _remember(tx: Tx, draft: TargetsDraft) -> None:
    """Rows for whom the draft names, so that they can be told; and who is in its user groups now."""
    named = {*draft.people, *draft.round, *(one for group in draft.groups for one in group.members)}
    await people.add_unknown(tx, named)
    for group in draft.groups:
        await policies.put_group(tx, group)
