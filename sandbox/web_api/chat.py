"""Methods that say something."""

from sandbox import events, messages, shapes
from sandbox.kinds import Channel, Json
from sandbox.web_api import posting
from sandbox.web_api.call import ApiError, Call, method

UPDATE_TEXT = 4000


@method("chat.postMessage", "chat:write")
async def chat_post_message(call: Call) -> Json:
    channel = destination(call)
    message = posting.authored(call.core) | posting.content(call.args) | posting.metadata(call.args)
    message |= posting.dressed(call.core, call.args) | in_thread(call, channel)
    message = messages.add(call.workspace, channel, message)
    events.emit_message(call.core, channel, message)
    answer = {"channel": channel.id, "ts": message["ts"], "message": message}
    if len(call.text("text")) > posting.TEXT_CUT_AT:
        answer["warning"] = "message_truncated"
        answer["response_metadata"] = {"warnings": ["message_truncated"]}
    return answer


@method("chat.update", "chat:write")
async def chat_update(call: Call) -> Json:
    channel, message = _own_message(call, "cant_update_message")
    if max(len(call.text("text")), len(call.text("markdown_text"))) > UPDATE_TEXT:
        raise ApiError("msg_too_long")
    previous = dict(message)
    given = {name: call.args[name] for name in posting.CONTENT if call.args.get(name) is not None}
    kept = {} if "markdown_text" in given else {one: message.get(one) for one in posting.CONTENT}
    fresh = posting.content(kept | given)
    replaced = ["blocks", "attachments"]
    if "metadata" in given:
        fresh |= posting.metadata(given)
        replaced.append("metadata")
    for name in replaced:
        message.pop(name, None)
    message |= fresh
    if "blocks" not in given:
        message["edited"] = {"user": call.bot, "ts": call.workspace.next_ts()}
    messages.save(call.workspace, channel, message)
    events.emit_changed(call.core, channel, message, previous)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": message}


@method("chat.delete", "chat:write")
async def chat_delete(call: Call) -> Json:
    channel, message = _own_message(call, "cant_delete_message")
    messages.delete(call.workspace, channel, message["ts"])
    events.emit_deleted(call.core, channel, message)
    return {"channel": channel.id, "ts": message["ts"]}


@method("chat.postEphemeral", "chat:write")
async def chat_post_ephemeral(call: Call) -> Json:
    channel, person = destination(call), call.need("user")
    if person not in channel.members:
        raise ApiError("user_not_in_channel")
    if len(call.text("text")) > posting.TEXT_CUT_AT:
        raise ApiError("msg_too_long")
    message = posting.authored(call.core) | posting.content(call.args)
    message |= posting.dressed(call.core, call.args) | in_thread(call, channel)
    message = messages.add_ephemeral(call.workspace, channel, person, message)
    return {"message_ts": message["ts"]}


@method("chat.meMessage", "chat:write")
async def chat_me_message(call: Call) -> Json:
    channel = destination(call)
    text = call.need("text", "no_text")
    if len(text) > posting.TEXT_CUT_AT:
        raise ApiError("msg_too_long")
    message = posting.authored(call.core) | {"subtype": "me_message", "text": text}
    message = messages.add(call.workspace, channel, message)
    events.emit_message(call.core, channel, message)
    return {"channel": channel.id, "ts": message["ts"]}


@method("chat.getPermalink")
async def chat_get_permalink(call: Call) -> Json:
    channel, ts = call.channel(), call.need("message_ts")
    message = messages.find(call.workspace, channel.id, ts)
    if message is None:
        raise ApiError("message_not_found")
    address = shapes.permalink(call.core.base_url, channel.id, message)
    return {"channel": channel.id, "permalink": address}


def destination(call: Call) -> Channel:
    """The channel by id or name, or the app's conversation with a person by the person's id."""
    wanted = call.need("channel")
    if wanted in call.workspace.people:
        if call.workspace.people[wanted].deleted:
            raise ApiError("user_disabled")
        if not call.core.app.has_messages_tab:
            raise ApiError("messages_tab_disabled")
        return call.core.app_dm(wanted)
    named = None if wanted in call.workspace.channels else call.workspace.channel_named(wanted)
    channel = call.channel(named.id if named else "")
    if channel.is_archived:
        raise ApiError("is_archived")
    if call.bot not in channel.members:
        public = channel.kind == "channel" and call.core.app.has_scope("chat:write.public")
        if not public:
            raise ApiError("not_in_channel")
    return channel


def in_thread(call: Call, channel: Channel) -> Json:
    """What makes the message a reply. A thread is known by any of its messages."""
    wanted = call.ts("thread_ts", "invalid_thread_ts")
    if not wanted:
        return {}
    parent = messages.find(call.workspace, channel.id, wanted)
    if parent is None:
        raise ApiError("thread_not_found")
    root = parent.get("thread_ts", wanted)
    shape: Json = {"thread_ts": root}
    if call.flag("reply_broadcast"):
        shape["subtype"] = "thread_broadcast"
    return shape


def _own_message(call: Call, refusal: str) -> tuple[Channel, Json]:
    channel = call.channel()
    message = messages.find(call.workspace, channel.id, call.need("ts"))
    if message is None:
        raise ApiError("message_not_found")
    if message.get("user") != call.bot:
        raise ApiError(refusal)
    return channel, message
