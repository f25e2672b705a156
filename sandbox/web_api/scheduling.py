"""Methods that say something later."""

from datetime import timedelta

from sandbox import scheduled
from sandbox.kinds import Json, ScheduledMessage
from sandbox.web_api import posting
from sandbox.web_api.call import ApiError, Call, method, page
from sandbox.web_api.chat import destination, in_thread

FURTHEST = timedelta(days=120)
WINDOW = timedelta(minutes=5)
MOST_IN_WINDOW = 30
# What is about to be posted cannot be taken back any more.
TOO_LATE = timedelta(seconds=60)


@method("chat.scheduleMessage", "chat:write")
async def chat_schedule_message(call: Call) -> Json:
    channel, post_at = destination(call), _post_at(call)
    if len(call.text("text")) > posting.TEXT_CUT_AT:
        raise ApiError("msg_too_long")
    message = posting.authored(call.core) | posting.content(call.args)
    message |= posting.metadata(call.args) | in_thread(call, channel)
    _refuse_too_many(call, channel.id, post_at)
    kept = scheduled.put(call.core, channel.id, post_at, message)
    shown: Json = {one: message[one] for one in ("text", "bot_id", "blocks") if one in message}
    shown |= {"type": "delayed_message", "subtype": "bot_message"}
    answer = {"channel": channel.id, "scheduled_message_id": kept.id, "post_at": post_at}
    return answer | {"message": shown}


@method("chat.deleteScheduledMessage", "chat:write")
async def chat_delete_scheduled_message(call: Call) -> Json:
    channel, wanted = call.channel(), call.need("scheduled_message_id")
    known = call.core.scheduled.get(wanted)
    soon = call.workspace.seconds() + TOO_LATE.total_seconds()
    if known is None or known.channel != channel.id or known.post_at <= soon:
        raise ApiError("invalid_scheduled_message_id")
    scheduled.drop(call.core, wanted)
    return {}


@method("chat.scheduledMessages.list")
async def chat_scheduled_messages_list(call: Call) -> Json:
    wanted = call.text("channel")
    if wanted and wanted not in call.workspace.channels:
        raise ApiError("invalid_channel")
    oldest, latest = call.number("oldest", 0), call.number("latest", 0)
    found = [
        one
        for one in call.core.scheduled.values()
        if wanted in {"", one.channel} and one.post_at >= oldest
        if not latest or one.post_at <= latest
    ]
    found.sort(key=lambda one: one.post_at)
    shown, further = page(call, found)
    return {"scheduled_messages": [_shown(one) for one in shown], "response_metadata": further}


def _shown(one: ScheduledMessage) -> Json:
    return {
        "id": one.id,
        "channel_id": one.channel,
        "post_at": one.post_at,
        "date_created": one.created,
        "text": one.message["text"],
    }


def _post_at(call: Call) -> int:
    given = call.need("post_at", "invalid_time")
    if not given.isdecimal():
        raise ApiError("invalid_time")
    post_at, now = int(given), call.workspace.seconds()
    if post_at <= now:
        raise ApiError("time_in_past")
    if post_at > now + FURTHEST.total_seconds():
        raise ApiError("time_too_far")
    return post_at


def _refuse_too_many(call: Call, channel: str, post_at: int) -> None:
    window = WINDOW.total_seconds()
    near = [
        one
        for one in call.core.scheduled.values()
        if one.channel == channel and abs(one.post_at - post_at) < window
    ]
    if len(near) >= MOST_IN_WINDOW:
        raise ApiError("restricted_too_many")
