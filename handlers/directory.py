"""What Slack lists: everybody, every channel that Baton sees, and what single people's profiles say."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from logging import getLogger
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.rules import zones
from bot.rules.people import Profile
from bot.rules.roster.directory import Channel, Directory
from handlers.request import Json

log = getLogger(__name__)

PAGE = 200
AT_ONCE = 8
TOO_MANY = 429  # the HTTP status
KINDS = ("public_channel", "private_channel")
UNREACHABLE = (SlackApiError, aiohttp.ClientError, OSError, TimeoutError)


def profile_of(user: Json) -> Profile:
    """One of Slack's user objects. A zone that this machine does not know is as if Slack had not said it."""
    about = user.get("profile") or {}
    zone = str(user.get("tz") or "")
    return Profile(
        id=str(user["id"]),
        name=str(about.get("display_name") or ""),
        real_name=str(about.get("real_name") or user.get("real_name") or ""),
        username=str(user.get("name") or ""),
        email=str(about.get("email") or ""),
        zone=zone if zones.is_zone(zone) else "",
        locale=str(user.get("locale") or ""),
        is_slack_admin=any(user.get(f"is_{one}") for one in ("admin", "owner", "primary_owner")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_guest=any(
            user.get(f"is_{one}") for one in ("restricted", "ultra_restricted", "stranger")
        ),
        is_deleted=bool(user.get("deleted")),
        updated=max(1, int(user.get("updated") or 1)),
    )


async def find_profile(client: AsyncWebClient, person_id: str) -> Profile | None:
    """What Slack says about somebody now; None if it does not say, or cannot be asked."""
    try:
        answer = await client.users_info(user=person_id, include_locale=True)
    except UNREACHABLE as error:
        log.warning("Slack did not say who somebody is: %s", type(error).__name__)
        return None
    return profile_of(answer["user"])


async def find_profiles(
    client: AsyncWebClient, person_ids: Iterable[str], *, within: float
) -> list[Profile]:
    """As many profiles as Slack gives within so many seconds. The others are asked for when they do something."""
    gate = asyncio.Semaphore(AT_ONCE)
    found: list[Profile] = []

    async def ask(person_id: str) -> None:
        async with gate:
            profile = await find_profile(client, person_id)
        if profile:
            found.append(profile)

    try:
        async with asyncio.timeout(within), asyncio.TaskGroup() as tasks:
            for person_id in person_ids:
                tasks.create_task(ask(person_id))
    except TimeoutError:
        log.warning("Slack was slow to say who people are; some are still unknown.")
    return found


async def fetch_directory(client: AsyncWebClient) -> Directory:
    """Everybody and every channel that Baton sees, page by page. It waits when Slack asks it to."""
    people = [
        profile_of(user)
        async for page in _pages(client, "users.list", include_locale=True)
        for user in page["members"]
    ]
    channels = [
        Channel(one["id"], one["name"], is_member=bool(one.get("is_member")))
        async for page in _pages(
            client,
            "conversations.list",
            types=",".join(KINDS),
            exclude_archived=True,
        )
        for one in page["channels"]
    ]
    return Directory(people, channels)


async def _pages(
    client: AsyncWebClient, method: str, **asked: Any
) -> AsyncIterator[AsyncSlackResponse]:
    cursor = ""
    while True:
        given = asked | {"limit": PAGE} | ({"cursor": cursor} if cursor else {})
        answer = await _patiently(client, method, given)
        yield answer
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


async def _patiently(client: AsyncWebClient, method: str, given: Json) -> AsyncSlackResponse:
    while True:
        try:
            return await client.api_call(method, params=given)
        except SlackApiError as error:
            if error.response.status_code != TOO_MANY:
                raise
            await asyncio.sleep(float(error.response.headers.get("Retry-After", 1)))
