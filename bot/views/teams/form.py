"""The form of a team, and the form that says who is admin. A field's block id is the name of what it holds."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.people import Role
from bot.rules import languages as known_languages
from bot.rules import zones
from bot.rules.teams import NAME_LIMIT, Group, Team, TeamDraft
from bot.rules.zones import Zone
from bot.text import Text, _, languages
from bot.views.blocks import (
    Block,
    context,
    field,
    header,
    modal,
    option,
    plain,
    select,
    text_input,
)
from bot.views.teams import hours

TEAM_FORM = "team_form"
ADMINS_FORM = "admins_form"
FIND_ZONE = "find_zone"
FIND_GROUP = "find_group"
FIND_DEPARTMENT = "find_department"
GROUPS_AT_MOST = 5

PEOPLE = {
    Role.LEAD: _("Leads"),
    Role.AGENT: _("Agents"),
    Role.MANAGER: _("Managers"),
    Role.OBSERVER: _("Observers"),
}
HINTS = {
    Role.LEAD: _("They claim escalations."),
    Role.AGENT: _("They raise them."),
    Role.MANAGER: _("They may change the team, too."),
    Role.OBSERVER: _("They read along and are not asked."),
}
GROUPS = {
    Role.LEAD: _("Leads through user groups"),
    Role.AGENT: _("Agents through user groups"),
    Role.MANAGER: _("Managers through user groups"),
    Role.OBSERVER: _("Observers through user groups"),
}


def groups_field(role: Role) -> str:
    return f"{role}_groups"


def team_form(draft: TeamDraft, t: Text, now: datetime, team: Team | None = None) -> Block:
    """The form for a new team, or for `team` with what it is now."""
    carried = json.dumps({"team": team.id, "version": team.version}) if team else ""
    blocks = [
        *_about(draft, t, now),
        *hours.fields(draft.hours, draft.zone, t, now),
        header(t("Who is in it")),
        *(_people(role, draft, t) for role in PEOPLE),
        context(t("Who is in a user group has the role for as long as they are in the group.")),
        *(_groups(role, draft.groups.get(role, ()), t) for role in PEOPLE),
        context(
            t("How soon somebody should take an escalation is under *Clocks* beside the team.")
        ),
    ]
    return modal(
        TEAM_FORM,
        t("Edit team") if team else t("New team"),
        blocks,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=carried,
    )


def carried(metadata: str) -> tuple[str, int]:
    """The id and version of the team that a form was opened for; empty for a new one."""
    found = json.loads(metadata) if metadata else {}
    return str(found.get("team", "")), int(found.get("version", 0))


def admins_form(admins: Sequence[str], t: Text) -> Block:
    chosen = {"type": "multi_users_select", "initial_users": list(admins)}
    hint = t("They may make and change every team. At least one has to stay.")
    blocks = [field("admins", t("Baton's admins"), chosen, hint=hint, optional=True)]
    return modal(ADMINS_FORM, t("Admins"), blocks, submit=t("Save"), close=t("Back"))


def zone_options(found: Sequence[Zone]) -> list[Block]:
    return [option(one.label, one.name) for one in found[:100]]


def group_options(groups: Sequence[Group]) -> list[Block]:
    return [option(one.name or one.id, one.id) for one in groups[:100]]


def _about(draft: TeamDraft, t: Text, now: datetime) -> list[Block]:
    zone = Zone(draft.zone, zones.label(draft.zone, now))
    find_zone = {
        "type": "external_select",
        "action_id": FIND_ZONE,
        "min_query_length": 1,
        "placeholder": plain(t("Type a city, a country or UTC+2"), 150),
        "initial_option": option(zone.label, zone.name),
    }
    speaks = [option(known_languages.name_of(one), one) for one in languages()]
    return [
        field("name", t("Name"), text_input(initial=draft.name, max_length=NAME_LIMIT)),
        field("zone", t("Time zone"), find_zone),
        field(
            "leads_channel",
            t("Leads' channel"),
            channel_select(draft.leads_channel),
            hint=t("Escalations are posted here. If it is private, invite Baton there first."),
        ),
        field(
            "team_channel",
            t("Team channel"),
            channel_select(draft.team_channel),
            hint=t("Where the whole team talks."),
            optional=True,
        ),
        field("language", t("Language"), select(speaks, initial=draft.language)),
        _department(draft, t),
    ]


def department_options(found: Sequence[Team]) -> list[Block]:
    return [option(one.name, one.id) for one in found[:100]]


def _department(draft: TeamDraft, t: Text) -> Block:
    element: Block = {
        "type": "external_select",
        "action_id": FIND_DEPARTMENT,
        "min_query_length": 0,
        "placeholder": plain(t("No other team"), 150),
    }
    if draft.department_id:
        name = draft.department_name or draft.department_id
        element["initial_option"] = option(name, draft.department_id)
    hint = t(
        "Its managers coach this team's leads and managers, and read what is shared with them."
    )
    return field("department", t("Reports to"), element, hint=hint, optional=True)


def channel_select(chosen: str) -> Block:
    """Channels of this workspace only: what is shared with another organisation is not for escalations."""
    element: Block = {
        "type": "conversations_select",
        "filter": {
            "include": ["public", "private"],
            "exclude_bot_users": True,
            "exclude_external_shared_channels": True,
        },
    }
    return element | ({"initial_conversation": chosen} if chosen else {})


def _people(role: Role, draft: TeamDraft, t: Text) -> Block:
    chosen = list(draft.people.get(role, ()))
    element: Block = {"type": "multi_users_select"}
    element |= {"initial_users": chosen} if chosen else {}
    return field(role, t(PEOPLE[role]), element, hint=t(HINTS[role]), optional=True)


def _groups(role: Role, chosen: Sequence[Group], t: Text) -> Block:
    element: Block = {
        "type": "multi_external_select",
        "action_id": f"{FIND_GROUP}:{role}",
        "min_query_length": 0,
        "max_selected_items": GROUPS_AT_MOST,
        "placeholder": plain(t("None"), 150),
    }
    if chosen:
        element["initial_options"] = group_options(chosen)
    return field(groups_field(role), t(GROUPS[role]), element, optional=True)
