"""`/baton`: the teams, their form, and who is admin."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from logging import getLogger
from typing import Any

from bot.errors import FormProblems
from bot.people import Role
from bot.rules import languages, zones
from bot.rules.calendars import (
    DAYS_OFF,
    OTHER_DAYS,
    REGION,
    WEEKDAYS,
    BusinessHours,
    HoursDraft,
    day_field,
    typed,
)
from bot.rules.teams import Group, SetUp, Team, TeamDraft, name_key, problems
from bot.services import holidays
from bot.services import people as people_service
from bot.services import teams as service
from bot.views.menus import read_choice
from bot.views.shifts import ids as shift_ids
from bot.views.teams import form, hours, overview
from handlers import channels, usergroups
from handlers.absences import AbsenceHandlers
from handlers.coaching.my_data import MyData
from handlers.covers import CoverHandlers
from handlers.directory import UNREACHABLE
from handlers.escalations.afterwards import try_to
from handlers.people import learn
from handlers.request import Json, Reply, Request
from handlers.router import Handler, Router
from handlers.shifts.looking import Looking
from storage.database import Database

log = getLogger(__name__)


def register(router: Router, db: Database) -> None:
    """Everything that `/baton` opens."""
    handlers = TeamHandlers(db, router.clicks)
    router.commands["/baton"] = handlers.baton
    router.clicks[overview.TEAM_MENU] = handlers.choose
    router.clicks[overview.TEAM_NEW] = handlers.new_team
    router.clicks[overview.TEAM_EDIT] = handlers.open_team
    router.clicks[overview.ADMINS_EDIT] = handlers.open_admins
    router.clicks[shift_ids.ALL_TEAMS] = handlers.back_to_overview
    router.submissions[form.TEAM_FORM] = handlers.save_team
    router.submissions[form.ADMINS_FORM] = handlers.save_admins
    router.clicks[hours.SHOW_HOURS] = handlers.show_hours
    router.options[hours.FIND_REGION] = handlers.find_region
    router.options[form.FIND_ZONE] = handlers.find_zone
    router.options[form.FIND_GROUP] = handlers.find_group
    router.options[form.FIND_DEPARTMENT] = handlers.find_department


class TeamHandlers:
    def __init__(self, db: Database, clicks: Mapping[str, Handler]) -> None:
        self.db = db
        self.clicks = clicks
        self.shifts = Looking(db)
        self.absences = AbsenceHandlers(db)
        self.covers = CoverHandlers(db)
        self.my_data = MyData(db)

    async def baton(self, request: Request) -> Reply | None:
        """The command, by its first word."""
        word, _space, rest = request.words.partition(" ")
        match word.casefold():
            case "" | "teams":
                await self._open_overview(request, rest)
            case "admins":
                return await self._admins(request)
            case "shift" | "shifts":
                return await self.shifts.answer(request, rest)
            case "away" if not rest:
                await self.absences.open_form(request)
            case "cover" if not rest:
                await self.covers.show_form(request)
            case "my-data" if not rest:
                await self.my_data.open(request)
            case "help":
                return Reply(text=overview.usage(request.t))
            case _:
                return Reply(text=overview.unknown_word(request.words, request.t))
        return None

    async def new_team(self, request: Request) -> None:
        person = request.person
        await service.check_may_save(self.db, person)
        language = languages.of_locale(person.locale)
        draft = TeamDraft("", zone=person.zone, language=language)
        view = form.team_form(draft, request.t, request.now)
        await request.client.views_push(trigger_id=request.body["trigger_id"], view=view)

    async def open_team(self, request: Request) -> None:
        team, draft = await service.open_team(self.db, request.person, request.value)
        view = form.team_form(draft, request.t, request.now, team)
        await request.client.views_push(trigger_id=request.body["trigger_id"], view=view)

    async def show_hours(self, request: Request) -> None:
        """The open form anew with what was typed: its hours are shown or hidden, and said in words."""
        team_id, version = form.carried(request.metadata)
        draft = draft_from(request)
        if draft.hours.week is None:  # they were not shown yet
            draft = replace(draft, hours=await self._hours_before(request, team_id, draft.hours))
        team = Team(request.person.workspace_id, team_id, "", version=version) if team_id else None
        view = request.body["view"]
        await request.client.views_update(
            view_id=view["id"],
            hash=view["hash"],
            view=form.team_form(draft, request.t, request.now, team),
        )

    async def save_team(self, request: Request) -> None:
        """Slack is asked about channels, groups and people first, so that nothing waits for it inside a transaction."""
        team_id, version = form.carried(request.metadata)
        person, key, now = request.person, request.key, request.now
        await service.check_may_save(self.db, person, team_id)
        draft = await self._complete(request, draft_from(request))
        if team_id:
            team = Team(person.workspace_id, team_id, draft.name, version=version)
            await service.edit_team(self.db, person, team, draft, key=key, now=now)
        else:
            await service.create_team(self.db, person, draft, key=key, now=now)
        await self._redraw(request)

    async def open_admins(self, request: Request) -> None:
        admins = await people_service.list_admins(self.db, request.person)
        view = form.admins_form(admins, request.t)
        await request.client.views_push(trigger_id=request.body["trigger_id"], view=view)

    async def save_admins(self, request: Request) -> None:
        chosen: list[str] = request.fields.get("admins") or []
        await learn(self.db, request, chosen)
        await people_service.set_admins(
            self.db, request.person, chosen, key=request.key, now=request.now
        )
        await self._redraw(request)

    async def find_zone(self, request: Request) -> Reply:
        found = zones.matching(request.body["value"], request.person.locale, request.now)
        return Reply(options=form.zone_options(found))

    async def find_region(self, request: Request) -> Reply:
        found = await holidays.find_regions(request.body["value"], request.person.locale)
        return Reply(options=hours.region_options(found))

    async def find_department(self, request: Request) -> Reply:
        """Any other team; which of them would go round in a circle is said when it is saved."""
        typed, (own, _version) = request.body["value"], form.carried(request.metadata)
        found = await service.teams_to_report_to(self.db, request.person, typed)
        return Reply(options=form.department_options([one for one in found if one.id != own]))

    async def find_group(self, request: Request) -> Reply:
        answer = await request.client.usergroups_list()
        wanted = request.body["value"].casefold().removeprefix("@")
        groups = [
            Group(one["id"], f"@{one['handle']}")
            for one in answer["usergroups"]
            if not one.get("date_delete")
            and (wanted in one["handle"].casefold() or wanted in one["name"].casefold())
        ]
        return Reply(options=form.group_options(groups))

    async def _hours_before(self, request: Request, team_id: str, chosen: HoursDraft) -> HoursDraft:
        """The hours that the team has in store, or those that are proposed for a new one."""
        known = typed(BusinessHours())
        if team_id:
            known = (await service.open_team(self.db, request.person, team_id))[1].hours
        return replace(known, always_open=chosen.always_open)

    async def _open_overview(self, request: Request, part: str) -> None:
        view = await self._overview(request, part)
        await request.client.views_open(trigger_id=request.body["trigger_id"], view=view)

    async def back_to_overview(self, request: Request) -> None:
        """From a team's shifts, in the same modal."""
        await self._show_overview(request, "")

    async def choose(self, request: Request) -> Reply | None:
        """What was chosen for a team, as if its button had been pressed; the menu is ready for another choice then."""
        action_id, team_id = read_choice(request.value)
        try:
            return await self.clicks[action_id](request.about(team_id))
        finally:
            if action_id not in overview.IN_PLACE:
                await try_to(self._show_overview(request, request.metadata))

    async def _show_overview(self, request: Request, part: str) -> None:
        """In the modal that was clicked in."""
        view = await self._overview(request, part)
        await request.client.views_update(view_id=request.body["view"]["id"], view=view)

    async def _overview(self, request: Request, part: str) -> Json:
        set_up = with_name(await service.set_up(self.db, request.person), part)
        return overview.overview(set_up, request.t, part=part, mark=request.body["trigger_id"])

    async def _admins(self, request: Request) -> Reply | None:
        set_up = await service.set_up(self.db, request.person)
        if not set_up.may_set_up:
            return Reply(text=overview.admins_sentence(set_up, request.t))
        admins = await people_service.list_admins(self.db, request.person)
        view = form.admins_form(admins, request.t)
        await request.client.views_open(trigger_id=request.body["trigger_id"], view=view)
        return None

    async def _redraw(self, request: Request) -> None:
        """Show the list below the form as it is now. What is saved is saved, even if Slack does not hear this."""
        below = request.body["view"].get("previous_view_id")
        if not below:
            return
        person = request.person
        fresh = await people_service.find(self.db, person.workspace_id, person.id) or person
        set_up = await service.set_up(self.db, fresh)
        view = overview.overview(set_up, request.t, mark=request.body["trigger_id"])
        try:
            await request.client.views_update(view_id=below, view=view)
        except UNREACHABLE as error:
            log.warning("The list below the form is out of date: %s", type(error).__name__)

    async def _complete(self, request: Request, draft: TeamDraft) -> TeamDraft:
        """The draft with the members of its user groups. Raises FormProblems for what Slack says no to."""
        client = request.client
        leads, team, groups = await asyncio.gather(
            channels.find_problem(client, draft.leads_channel),
            channels.find_problem(client, draft.team_channel),
            self._expand(request, draft),
        )
        heard = {"leads_channel": leads, "team_channel": team}
        wrong = {name: problem for name, problem in heard.items() if problem}
        if wrong:  # and whatever else is wrong, so that nobody has to save twice to see it
            raise FormProblems(problems(draft) | wrong)
        completed = replace(draft, groups=groups)
        await learn(self.db, request, completed.person_ids)
        return completed

    async def _expand(self, request: Request, draft: TeamDraft) -> dict[Role, tuple[Group, ...]]:
        return {
            role: await usergroups.filled(request.client, groups, form.groups_field(role))
            for role, groups in draft.groups.items()
        }


def with_name(set_up: SetUp, part: str) -> SetUp:
    """Only the teams that have this part in their name; all of them if none has."""
    wanted = name_key(part)
    found = tuple(one for one in set_up.teams if wanted in name_key(one.team.name))
    return replace(set_up, teams=found) if found else set_up


def draft_from(request: Request) -> TeamDraft:
    """What the form holds. What is missing or no number becomes what the rules will refuse."""
    fields = request.fields
    return TeamDraft(
        name=str(fields.get("name") or "").strip(),
        zone=str(fields.get("zone") or ""),
        hours=_hours(fields),
        team_channel=str(fields.get("team_channel") or ""),
        leads_channel=str(fields.get("leads_channel") or ""),
        language=str(fields.get("language") or ""),
        department_id=str(fields.get("department") or ""),
        department_name=_department_name(request),
        people={role: tuple(fields.get(role) or ()) for role in Role},
        groups={role: usergroups.chosen(request.body, form.groups_field(role)) for role in Role},
    )


def _department_name(request: Request) -> str:
    """What the chosen option is called, so that the form can be drawn again with it."""
    inputs = request.body["view"]["state"]["values"].get("department", {}).values()
    chosen = [one["selected_option"] for one in inputs if one.get("selected_option")]
    return str(chosen[0]["text"]["text"]) if chosen else ""


def _hours(fields: dict[str, Any]) -> HoursDraft:
    """The hours as they were typed; without a week if they were not shown."""
    is_shown = any(day_field(day) in fields for day in WEEKDAYS)
    return HoursDraft(
        always_open=fields.get(hours.OPEN) != hours.BY_HOURS,
        week={day: str(fields.get(day_field(day)) or "") for day in WEEKDAYS} if is_shown else None,
        region=str(fields.get(REGION) or ""),
        days_off=str(fields.get(DAYS_OFF) or ""),
        other_days=str(fields.get(OTHER_DAYS) or ""),
        critical_always=bool(fields.get(hours.CRITICAL)),
    )
