"""What people can do to teams, and what Baton does when Slack's user groups change. Each function is one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person, Role
from bot.permissions import Permission, check_may, may
from bot.rules import calendars
from bot.rules import teams as rules
from bot.rules.metrics.look.things import TeamNumbers
from bot.rules.team_clocks import ClocksDraft
from bot.rules.teams import Group, SetUp, Team, TeamDraft, TeamSeen, Workspace
from bot.services import handovers, shift_ends
from bot.services.coaching import leaving
from bot.services.holidays import load_holidays
from bot.services.kudos import timing as kudos
from bot.services.metrics.digest import digesting
from bot.services.people import ONLY_ADMINS, ONLY_SLACK, as_first_admin, become_first_admin
from bot.services.transaction import heard_once
from bot.text import _
from bot.views.teams import words
from storage import members, outbox, people, policies, teams, workspaces
from storage.base import new_id
from storage.database import Database, Tx
from storage.outbox import Note

ONLY_THEIR_MANAGER = _("Only the team's manager and Baton's admins can change a team.")
ONLY_THEIR_LEADS = _("Only the team's leads, its manager and Baton's admins can set its clocks.")
CHANGED_MEANWHILE = _(
    "Somebody changed this team while you had the form open, so nothing was saved. "
    "Please close it, open the team again and repeat your change."
)


async def create_team(
    db: Database, person: Person, draft: TeamDraft, *, key: str, now: datetime
) -> Team:
    """Raises Denied, or FormProblems by field. The first to do this in a new workspace becomes its admin."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        admin = await become_first_admin(tx, person)
        check_may(admin, Permission.WORKSPACE_SET_UP, Workspace(person.workspace_id), ONLY_ADMINS)
        await _check(tx, draft)
        team = _drafted(Team(person.workspace_id, new_id(), ""), draft)
        await teams.add(tx, team)
        await _fill(tx, team, draft)
        await kudos.look_again(tx, team.id, now=now)
        await say_hello(tx, team, now=now)
    return team


async def edit_team(
    db: Database, person: Person, team: Team, draft: TeamDraft, *, key: str, now: datetime
) -> Team:
    """Write the draft over `team`, of which only the id and the version that was seen count.

    Raises Denied, FormProblems by field, or Stale if somebody else changed the team since.
    """
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        known = await _get_to_edit(tx, person, team.id)
        await _check(tx, draft, team.id)
        edited = _drafted(replace(known, version=team.version), draft)
        if not await teams.change(tx, edited):
            raise Stale(CHANGED_MEANWHILE)
        await _fill(tx, edited, draft)
        await _follow(tx, team.id, now=now)
        await say_hello(tx, edited, now=now)
    return replace(edited, version=edited.version + 1)


async def set_members(
    db: Database,
    person: Person,
    team_id: str,
    by_role: Mapping[Role, Sequence[str]],
    *,
    key: str,
    now: datetime,
) -> None:
    """Choose who is what, for every role at once. Those who come through a user group stay."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await _get_to_edit(tx, person, team_id)
        await _check_people(tx, by_role)
        if not await teams.change(tx, team):
            raise Stale(CHANGED_MEANWHILE)
        await people.add_unknown(tx, {one for ids in by_role.values() for one in ids})
        await members.set_chosen(tx, team_id, by_role)
        await _follow(tx, team_id, now=now)
        tx.wakes.add("people")


async def open_team(db: Database, person: Person, team_id: str) -> tuple[Team, TeamDraft]:
    """A team as its form shows it. Raises Denied, or Refused if it is gone."""
    async with db.read(person.workspace_id) as tx:
        team = await _get_to_edit(tx, person, team_id)
        await load_holidays(team)
        above = await teams.find(tx, team.department_id) if team.department_id else None
        draft = TeamDraft(
            name=team.name,
            zone=team.zone,
            hours=calendars.typed(team.hours),
            team_channel=team.team_channel,
            leads_channel=team.leads_channel,
            language=team.language,
            department_id=above.id if above else "",
            department_name=above.name if above else "",
            people=await members.chosen(tx, team_id),
            groups=await members.groups(tx, team_id),
        )
    return team, draft


async def open_clocks(db: Database, person: Person, team_id: str) -> Team:
    """The team whose clocks somebody is about to set. Raises Denied, or Refused if it is gone."""
    async with db.read(person.workspace_id) as tx:
        return await _get_to_clock(tx, person, team_id)


async def set_clocks(
    db: Database, person: Person, team: Team, draft: ClocksDraft, *, key: str, now: datetime
) -> Team:
    """Write the clocks over those of `team`, of which only the id and the version that was seen count.

    Raises Denied, FormProblems by field, or Stale if somebody else changed the team since.
    """
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        known = await _get_to_clock(tx, person, team.id)
        if found := draft.problems():
            raise FormProblems(found)
        edited = draft.over(replace(known, version=team.version))
        if not await teams.change(tx, edited):
            raise Stale(CHANGED_MEANWHILE)
        tx.wakes.add("people")
    return replace(edited, version=edited.version + 1)


async def check_may_save(db: Database, person: Person, team_id: str = "") -> None:
    """Raises Denied unless this person may change the team, or add one if none is named."""
    async with db.read(person.workspace_id) as tx:
        if team_id:
            await _get_to_edit(tx, person, team_id)
            return
        admin = await as_first_admin(tx, person)
        check_may(admin, Permission.WORKSPACE_SET_UP, Workspace(person.workspace_id), ONLY_ADMINS)


async def set_up(db: Database, person: Person) -> SetUp:
    """What `/baton` shows to this person: the teams that they may see, and whom to ask about the others."""
    async with db.read(person.workspace_id) as tx:
        admin = await as_first_admin(tx, person)
        leads = await teams.leads(tx)
        seen = [
            TeamSeen(
                team,
                leads.get(team.id, ()),
                person.roles.get(team.id, frozenset()),
                may(admin, Permission.TEAM_EDIT, team),
                may(admin, Permission.CLOCKS_SET, team),
                may(person, Permission.STANDUP_SET, team),
                may(admin, Permission.COACHING_SET, team),
                may(admin, Permission.KUDOS_SET, team),
                may(admin, Permission.METRICS_SET, TeamNumbers(team.workspace_id, team.id)),
            )
            for team in await teams.list_all(tx)
            if may(admin, Permission.TEAM_SEE, team)
        ]
        return SetUp(
            tuple(seen),
            tuple(await people.admins(tx)),
            tuple(await people.owners(tx)),
            may(admin, Permission.WORKSPACE_SET_UP, Workspace(person.workspace_id)),
        )


async def teams_to_report_to(db: Database, person: Person, typed: str) -> list[Team]:
    """The teams with these words in their name, for who may set any team up. Nobody else chooses one."""
    async with db.read(person.workspace_id) as tx:
        admin = await as_first_admin(tx, person)
        found = await teams.list_all(tx)
    if not any(may(admin, Permission.TEAM_EDIT, one) for one in found):
        return []
    return [one for one in found if rules.name_key(typed) in rules.name_key(one.name)]


async def is_group_used(db: Database, person: Person, usergroup_id: str) -> bool:
    """Whether any role is filled by this user group, or a policy names it."""
    async with db.read(person.workspace_id) as tx:
        if await members.filled_by(tx, usergroup_id):
            return True
        return await policies.is_group_named(tx, usergroup_id)


async def follow_group(
    db: Database, person: Person, group: Group, *, key: str, now: datetime
) -> None:
    """Give the roles that a user group fills to exactly those who are in it now; policies that name it tell those."""
    check_may(person, Permission.SLACK_FOLLOW, Workspace(person.workspace_id), ONLY_SLACK)
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await people.add_unknown(tx, group.members)
        for filled in await members.filled_by(tx, group.id):
            await members.refill(tx, filled, group.members)
            await _follow(tx, filled.team_id, now=now)
        await policies.refill_group(tx, group)
        tx.wakes.add("people")


async def say_hello(tx: Tx, team: Team, *, now: datetime) -> None:
    """One line in the leads' channel, once for each channel that the team ever had."""
    if team.leads_channel:
        note = Note(
            key=f"hello:{team.id}:{team.leads_channel}",
            channel=team.leads_channel,
            text=words.hello(team),
        )
        await outbox.say(tx, note, now=now)


async def _get_to_edit(tx: Tx, person: Person, team_id: str) -> Team:
    team = await teams.get(tx, team_id)
    check_may(await as_first_admin(tx, person), Permission.TEAM_EDIT, team, ONLY_THEIR_MANAGER)
    return team


async def _get_to_clock(tx: Tx, person: Person, team_id: str) -> Team:
    team = await teams.get(tx, team_id)
    check_may(await as_first_admin(tx, person), Permission.CLOCKS_SET, team, ONLY_THEIR_LEADS)
    return team


async def _check(tx: Tx, draft: TeamDraft, team_id: str = "") -> None:
    """Raises FormProblems: what is wrong in itself, who cannot have a role and what it cannot report to, together."""
    found = rules.problems(draft) | await _people_problems(tx, draft.people)
    for one in sorted(
        {team_id, draft.department_id} - {""}
    ):  # or two could report to each other at once
        await teams.lock(tx, one)
    known = {one.id for one in await teams.list_all(tx)} if draft.department_id else set()
    above = await teams.departments(tx)
    if refused := rules.department_problem(team_id, draft.department_id, above, known):
        found["department"] = refused
    if found:
        raise FormProblems(found)


async def _check_people(tx: Tx, by_role: Mapping[Role, Sequence[str]]) -> None:
    found = await _people_problems(tx, by_role)
    if not by_role.get(Role.LEAD):
        found = {Role.LEAD: Refused(rules.NOBODY_LEADS)} | found
    if found:
        raise FormProblems(found)


async def _people_problems(tx: Tx, by_role: Mapping[Role, Sequence[str]]) -> dict[str, Refused]:
    """A refusal for each role that was given to Baton itself, another bot, or somebody who has left."""
    chosen = {one for ids in by_role.values() for one in ids}
    unfit = {
        one.id: one.called
        for one in (await people.profiles(tx, chosen)).values()
        if not one.can_have_roles
    }
    if here := await workspaces.find(tx):
        unfit.setdefault(here.bot_user_id, "Baton")
    wrong = {role: [unfit[one] for one in ids if one in unfit] for role, ids in by_role.items()}
    return {role: rules.names_problem(names) for role, names in wrong.items() if names}


def _drafted(team: Team, draft: TeamDraft) -> Team:
    return replace(
        team,
        name=" ".join(draft.name.split()),
        zone=draft.zone,
        hours=draft.hours.over(team.hours),
        team_channel=draft.team_channel,
        leads_channel=draft.leads_channel,
        language=draft.language,
        department_id=draft.department_id or None,
    )


async def _follow(tx: Tx, team_id: str, *, now: datetime) -> None:
    """Its people, its zone or its department have changed: so have the ends of shifts, and who is asked for what."""
    await shift_ends.replan(tx, team_id, now=now)
    await handovers.look_again_in(tx, team_id, now=now)
    await kudos.look_again(tx, team_id, now=now)
    await digesting.look_again(tx, team_id, now=now)
    await leaving.heed(tx, team_id, now=now)


async def _fill(tx: Tx, team: Team, draft: TeamDraft) -> None:
    await people.add_unknown(tx, draft.person_ids)
    await members.set_chosen(tx, team.id, draft.people)
    await members.set_groups(tx, team.id, draft.groups)
    tx.wakes.add("people")
