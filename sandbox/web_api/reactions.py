"""Methods about reactions, and the emoji for them."""

import re

from sandbox import events, messages
from sandbox.kinds import Channel, Json
from sandbox.web_api.call import ApiError, Call, method, page

# How a name is written. Whether there is such an emoji is not known here: workspaces have their own.
NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")
MOST_KINDS, MOST_BY_ONE = 50, 23


@method("reactions.add", "reactions:write")
async def reactions_add(call: Call) -> Json:
    channel, message, name = _target(call)
    if channel.is_archived:
        raise ApiError("is_archived")
    given = message.get("reactions", [])
    mine = [one["name"] for one in given if call.bot in one["users"]]
    if name in mine:
        raise ApiError("already_reacted")
    if len(mine) >= MOST_BY_ONE:
        raise ApiError("too_many_reactions")
    if len(given) >= MOST_KINDS and all(one["name"] != name for one in given):
        raise ApiError("too_many_emoji")
    messages.react(call.workspace, channel, message, name, call.bot)
    events.reaction(call.core, channel, message, name, call.bot, added=True)
    return {}


@method("reactions.remove", "reactions:write")
async def reactions_remove(call: Call) -> Json:
    channel, message, name = _target(call)
    if not messages.unreact(call.workspace, channel, message, name, call.bot):
        raise ApiError("no_reaction")
    events.reaction(call.core, channel, message, name, call.bot, added=False)
    return {}


@method("reactions.get", "reactions:read")
async def reactions_get(call: Call) -> Json:
    channel = call.joined()
    return call.item(channel, call.message_in(channel))


@method("reactions.list", "reactions:read")
async def reactions_list(call: Call) -> Json:
    person = call.user().id if call.text("user") else call.bot
    items = [
        call.item(channel, message)
        for channel in call.workspace.channels.values()
        if call.bot in channel.members
        for message in call.workspace.timelines[channel.id].messages.values()
        if any(person in one["users"] for one in message.get("reactions", []))
    ]
    shown, further = page(call, items)
    return {"items": shown, "response_metadata": further}


@method("emoji.list", "emoji:read")
async def emoji_list(call: Call) -> Json:
    """The workspace's own emoji: this one has none, and Slack's own are not in this list either."""
    answer: Json = {"emoji": {}, "cache_ts": call.workspace.next_ts()}
    return answer | ({"categories": []} if call.flag("include_categories") else {})


def _target(call: Call) -> tuple[Channel, Json, str]:
    name = call.need("name").strip(":")
    if not NAME.fullmatch(name):
        raise ApiError("invalid_name")
    channel = call.joined()
    return channel, call.message_in(channel), name
