"""Methods about reactions."""

from sandbox import events, messages
from sandbox.kinds import Channel, Json
from sandbox.web_api.call import ApiError, Call, method


@method("reactions.add", "reactions:write")
async def reactions_add(call: Call) -> Json:
    channel, message = _message(call)
    name = call.need("name", "invalid_name").strip(":")
    if not messages.react(call.workspace, channel, message, name, call.bot):
        raise ApiError("already_reacted")
    events.reaction(call.core, channel, message, name, call.bot, added=True)
    return {}


@method("reactions.remove", "reactions:write")
async def reactions_remove(call: Call) -> Json:
    channel, message = _message(call)
    name = call.need("name", "invalid_name").strip(":")
    if not messages.unreact(call.workspace, channel, message, name, call.bot):
        raise ApiError("no_reaction")
    events.reaction(call.core, channel, message, name, call.bot, added=False)
    return {}


@method("reactions.get", "reactions:read")
async def reactions_get(call: Call) -> Json:
    channel, message = _message(call)
    return {"type": "message", "channel": channel.id, "message": message}


@method("reactions.list", "reactions:read")
async def reactions_list(call: Call) -> Json:
    person = call.text("user") or call.bot
    items = [
        {"type": "message", "channel": channel.id, "message": message}
        for channel in call.workspace.channels.values()
        if call.bot in channel.members
        for message in call.workspace.timelines[channel.id].messages.values()
        if any(person in one["users"] for one in message.get("reactions", []))
    ]
    return {"items": items, "response_metadata": {"next_cursor": ""}}


def _message(call: Call) -> tuple[Channel, Json]:
    channel = call.channel()
    message = messages.find(call.workspace, channel.id, call.need("timestamp", "no_item_specified"))
    if message is None:
        raise ApiError("message_not_found")
    return channel, message
