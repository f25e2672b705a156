"""Methods that find conversations and read what was said in them."""

from itertools import islice

from sandbox import shapes
from sandbox.kinds import Channel, Json
from sandbox.web_api.call import ApiError, Call, cursor, method, page

KINDS = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}
SCOPE_OF = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
READ = tuple(f"{family}:read" for family in SCOPE_OF.values())
HISTORY = tuple(f"{family}:history" for family in SCOPE_OF.values())
A_TS = r"\d{1,10}\.\d{1,6}"


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
    channels, further = page(call, of_types(call), refuses_limits=True)
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
    channel = call.channel()
    call.need_scope(f"{SCOPE_OF[channel.kind]}:read")
    members, further = page(call, channel.members, refuses_limits=True)
    return {"members": members, "response_metadata": further}


@method("users.conversations", *READ)
async def users_conversations(call: Call) -> Json:
    member = call.user().id if call.text("user") else call.bot
    seen = [one for one in of_types(call) if member in one.members]
    channels, further = page(call, seen, refuses_limits=True)
    shown = [shapes.channel(call.workspace, one, call.bot) for one in channels]
    return {"channels": shown, "response_metadata": further}


@method("conversations.history", *HISTORY)
async def conversations_history(call: Call) -> Json:
    channel = _readable(call)
    oldest, latest = _between(call)
    before = cursor(call, "before", A_TS)
    limit = max(1, min(call.number("limit", 100), 999))
    timeline = call.workspace.timelines[channel.id]
    inclusive = call.flag("inclusive") and not before
    newest = timeline.newest_first(oldest, before or latest, inclusive=inclusive)
    found = list(islice(newest, limit + 1))
    messages = [call.shown(one) for one in found[:limit]]
    pins = len(channel.pins)
    answer = {"messages": messages, "has_more": len(found) > limit, "pin_count": pins}
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
    oldest, latest = _between(call)
    after = cursor(call, "after", A_TS)
    inclusive = call.flag("inclusive") and not after
    newest = timeline.newest_first(
        after or oldest, latest, inclusive=inclusive, thread=parent["ts"]
    )
    replies = list(newest)[::-1]
    limit = max(1, min(call.number("limit", 1000), 1000))
    messages = [call.shown(one) for one in [parent, *replies[:limit]]]
    answer = {"messages": messages, "has_more": len(replies) > limit}
    if len(replies) > limit:
        answer["response_metadata"] = {"next_cursor": f"after:{messages[-1]['ts']}"}
    return answer


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.need_scope(f"{SCOPE_OF[channel.kind]}:history")
    return call.joined()


def _between(call: Call) -> tuple[str, str]:
    return call.ts("oldest", "invalid_ts_oldest"), call.ts("latest", "invalid_ts_latest")
