"""Whether Baton can post in a channel, asked of Slack before anything is saved; public channels are joined on the way."""

import asyncio
from collections.abc import Iterable
from logging import getLogger

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Refused
from bot.text import _
from handlers.clients import code_of
from handlers.directory import UNREACHABLE

log = getLogger(__name__)

ASK_WITHIN = 0.8  # seconds, of the three that a click may take

INVITE = _("Baton is not in this channel. Type `/invite @Baton` there, then save again.")
ARCHIVED = _("This channel is archived. Please choose another one.")
UNSEEN = {"channel_not_found", "not_in_channel"}
NOT_JOINED = {
    "channel_not_found",
    "is_archived",
    "method_not_supported_for_channel_type",
    "missing_scope",
    "restricted_action",
    "not_allowed_token_type",
}


async def find_problem(client: AsyncWebClient, channel_id: str) -> Refused | None:
    """What keeps Baton from posting there, or None. A public channel is joined. An empty id is no channel and no problem.

    Raises SlackApiError for what is not about the channel.
    """
    if not channel_id:
        return None
    try:
        answer = await client.conversations_info(channel=channel_id)
    except SlackApiError as error:
        if code_of(error) in UNSEEN:  # private, and nobody has invited Baton
            return Refused(INVITE)
        raise
    channel = answer["channel"]
    if channel.get("is_archived"):
        return Refused(ARCHIVED)
    if channel.get("is_member"):
        return None
    return await _join(client, channel_id, is_private=bool(channel.get("is_private")))


async def is_gone(client: AsyncWebClient, channel_id: str) -> bool:
    """Whether Baton can post there no longer. Nothing is joined: this only looks."""
    try:
        channel = (await client.conversations_info(channel=channel_id))["channel"]
    except SlackApiError as error:
        if code_of(error) in UNSEEN:
            return True
        raise
    return bool(channel.get("is_archived")) or not channel.get("is_member")


async def gone(client: AsyncWebClient, channel_ids: Iterable[str]) -> frozenset[str]:
    """In which of them Baton can post no longer, as far as there is time to ask: a list is not kept waiting for it."""
    asked = sorted({one for one in channel_ids if one})
    try:
        async with asyncio.timeout(ASK_WITHIN):
            answers = await asyncio.gather(*(is_gone(client, one) for one in asked))
    except UNREACHABLE as error:
        log.warning("Slack did not say which channels are still there: %s", type(error).__name__)
        return frozenset()
    return frozenset(one for one, no_more in zip(asked, answers, strict=True) if no_more)


async def _join(client: AsyncWebClient, channel_id: str, *, is_private: bool) -> Refused | None:
    if is_private:
        return Refused(INVITE)
    try:
        await client.conversations_join(channel=channel_id)
    except SlackApiError as error:
        if code_of(error) in NOT_JOINED:
            return Refused(INVITE)
        raise
    return None
