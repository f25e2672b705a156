"""Methods about conversations: finding, joining, reading."""

from itertools import islice

from sandbox import places, shapes
from sandbox.kinds import Channel, Json
from sandbox.web_api.call import ApiError, Call, method, page

KINDS = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}
SCOPE_OF = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
READ = tuple(f"{family}:read" for family in SCOPE_OF.values())
HISTORY = tuple(f"{family}:history" for family in SCOPE_OF.values())
WRITE = ("channels:manage", "groups:write", "im:write", "mpim:write")


def of_types(call: Call) -> list[Channel]:
    kinds = {KINDS.get(one, "") for one in call.listed("types") or ["public_channel"]}
    if "" in kinds:
        raise ApiError("invalid_types")
    for kind in sorted(kinds):
        call.need_scope(f"{SCOPE_OF[kind]}:read")
    hide = call.flag("exclude_archived")
    return [
        one
        for one in call.workspace.channels.values()
        if one.kind in kinds and call.workspace.may_see(call.bot, one)
        if not (hide and one.is_archived)
    ]


@method("conversations.list", *READ)
async def conversations_list(call: Call) -> Json:
    channels, further = page(call, of_types(call))
    shown = [shapes.channel(call.workspace, one, call.bot) for one in channels]
    return {"channels": shown, "response_metadata": further}


@method("conversations.info", *READ)
async def conversations_info(call: Call) -> Json:
    channel = call.channel()
    call.need_scope(f"{SCOPE_OF[channel.kind]}:read")
    shape = shapes.channel(call.workspace, channel, call.bot)
    if call.flag("include_locale"):
        shape["locale"] = "en-US"
    if not call.flag("include_num_members"):
        shape.pop("num_members", None)
    return {"channel": shape}


@method("conversations.members", *READ)
async def conversations_members(call: Call) -> Json:
    members, further = page(call, call.channel().members)
    return {"members": members, "response_metadata": further}


@method("conversations.open", "im:write", "mpim:write")
async def conversations_open(call: Call) -> Json:
    if call.text("channel"):
        return {"channel": {"id": call.channel().id}}
    people = call.listed("users")
    if not people:
        raise ApiError("users_list_not_supplied")
    if len(people) > 8:
        raise ApiError("too_many_users")
    if any(one not in call.workspace.people for one in people):
        raise ApiError("user_not_found")
    known = len(call.workspace.channels)
    channel = call.workspace.direct(*people, call.bot)
    shape: Json = {"id": channel.id}
    if call.flag("return_im"):
        shape = shapes.channel(call.workspace, channel, call.bot)
    again = len(call.workspace.channels) == known
    return {"no_op": again, "already_open": again, "channel": shape}


@method("conversations.history", *HISTORY)
async def conversations_history(call: Call) -> Json:
    channel = _readable(call)
    oldest, latest = call.text("oldest"), call.text("cursor").removeprefix("before:")
    latest = latest or call.text("latest")
    limit = max(1, min(call.number("limit", 100), 999))
    timeline = call.workspace.timelines[channel.id]
    inclusive = call.flag("inclusive") and not call.text("cursor")
    found = list(islice(timeline.newest_first(oldest, latest, inclusive=inclusive), limit + 1))
    messages = [_read(call, one) for one in found[:limit]]
    answer = {"messages": messages, "has_more": len(found) > limit, "pin_count": 0}
    if len(found) > limit:
        answer["response_metadata"] = {"next_cursor": f"before:{messages[-1]['ts']}"}
    return answer


@method("conversations.replies", *HISTORY)
async def conversations_replies(call: Call) -> Json:
    channel = _readable(call)
    timeline = call.workspace.timelines[channel.id]
    parent = timeline.messages.get(call.need("ts"))
    if parent is None:
        raise ApiError("thread_not_found")
    oldest = call.text("cursor").removeprefix("after:") or call.text("oldest")
    inclusive = call.flag("inclusive") and not call.text("cursor")
    replies = list(
        timeline.newest_first(oldest, call.text("latest"), inclusive=inclusive, thread=parent["ts"])
    )[::-1]
    limit = max(1, min(call.number("limit", 1000), 1000))
    messages = [_read(call, one) for one in [parent, *replies[:limit]]]
    answer = {"messages": messages, "has_more": len(replies) > limit}
    if len(replies) > limit:
        answer["response_metadata"] = {"next_cursor": f"after:{messages[-1]['ts']}"}
    return answer


@method("conversations.join", "channels:join")
async def conversations_join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind != "channel":
        raise ApiError("method_not_supported_for_channel_type")
    places.join(call.core, channel, call.bot)
    return {"channel": shapes.channel(call.workspace, channel, call.bot)}


@method("conversations.leave", *WRITE)
async def conversations_leave(call: Call) -> Json:
    channel = call.channel()
    if call.bot not in channel.members:
        return {"not_in_channel": True}
    places.leave(call.core, channel, call.bot)
    return {}


@method("conversations.invite", *WRITE)
async def conversations_invite(call: Call) -> Json:
    channel = call.channel()
    if call.bot not in channel.members:
        raise ApiError("not_in_channel")
    for person in call.listed("users"):
        if person not in call.workspace.people:
            raise ApiError("user_not_found")
        if person in channel.members:
            raise ApiError("already_in_channel")
        places.join(call.core, channel, person, inviter=call.bot)
    return {"channel": shapes.channel(call.workspace, channel, call.bot)}


@method("conversations.create", *WRITE)
async def conversations_create(call: Call) -> Json:
    name = call.need("name", "invalid_name_required")
    if call.workspace.channel_named(name):
        raise ApiError("name_taken")
    if name != name.lower() or " " in name or len(name) > 80:
        raise ApiError("invalid_name_specials")
    kind = "private" if call.flag("is_private") else "channel"
    call.need_scope("groups:write" if kind == "private" else "channels:manage")
    channel = places.create(call.core, name, call.bot, private=kind == "private")
    return {"channel": shapes.channel(call.workspace, channel, call.bot)}


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.need_scope(f"{SCOPE_OF[channel.kind]}:history")
    if call.bot not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def _read(call: Call, message: Json) -> Json:
    """Metadata is given only to those who ask for it."""
    if "metadata" in message and not call.flag("include_all_metadata"):
        return {name: value for name, value in message.items() if name != "metadata"}
    return message
