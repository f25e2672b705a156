"""User groups in forms: which were chosen, and who is in them, asked of Slack before anything is saved."""

from collections.abc import Iterable
from dataclasses import replace

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import FormProblems, Refused
from bot.rules.teams import Group
from bot.text import _
from handlers.clients import code_of
from handlers.request import Json

GROUP_GONE = _("This user group is gone. Please take it out.")
NO_GROUP = {"no_such_subteam", "subteam_not_found"}


def chosen(body: Json, field: str) -> tuple[Group, ...]:
    """The chosen user groups with their names, which the options carry."""
    inputs = body["view"]["state"]["values"].get(field, {}).values()
    found = [one for element in inputs for one in element.get("selected_options") or []]
    return tuple(Group(one["value"], one["text"]["text"]) for one in found)


async def members(client: AsyncWebClient, usergroup_id: str) -> list[str]:
    """Who is in a user group now. Raises SlackApiError if it is gone."""
    answer = await client.usergroups_users_list(usergroup=usergroup_id)
    return [str(one) for one in answer["users"]]


async def filled(client: AsyncWebClient, groups: Iterable[Group], field: str) -> tuple[Group, ...]:
    """The groups with those who are in them now. Raises FormProblems for the field if one is gone."""
    found: tuple[Group, ...] = ()
    for group in groups:
        try:
            ids = await members(client, group.id)
        except SlackApiError as error:
            if code_of(error) not in NO_GROUP:
                raise
            raise FormProblems({field: Refused(GROUP_GONE)}) from error
        found = (*found, replace(group, members=tuple(ids)))
    return found


async def is_gone(client: AsyncWebClient, usergroup_id: str) -> bool:
    try:
        await members(client, usergroup_id)
    except SlackApiError as error:
        if code_of(error) in NO_GROUP:
            return True
        raise
    return False
