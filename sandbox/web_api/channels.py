"""Methods that change conversations: opening, joining, inviting, naming, describing, archiving."""

import re

from sandbox import places, shapes
from sandbox.kinds import Channel, Json
from sandbox.web_api.call import ApiError, Call, invalid, method

MANAGE = {
    "channel": "channels:manage",
    "private": "groups:write",
    "im": "im:write",
    "mpim": "mpim:write",
}
WRITE = tuple(MANAGE.values())
INVITE = (*WRITE, "channels:write.invites", "groups:write.invites")
TOPIC = (*WRITE, "channels:write.topic", "groups:write.topic")
MOST_IN_A_GROUP = 8
MOST_INVITED = 100
LONGEST_NAME, LONGEST_TOPIC = 80, 250


@method("conversations.open", "im:write", "mpim:write")
async def conversations_open(call: Call) -> Json:
    if call.text("channel"):
        channel = call.channel()
        if not channel.is_direct:
            raise ApiError("method_not_supported_for_channel_type")
        return _opened(call, channel, again=channel.is_open)
    people = call.listed("users")
    if not people:
        raise ApiError("users_list_not_supplied")
    if len(people) > MOST_IN_A_GROUP:
        raise ApiError("too_many_users")
    for one in people:
        if one not in call.workspace.people:
            raise ApiError("user_not_found")
        if call.workspace.people[one].deleted:
            raise ApiError("user_disabled")
    call.need_scope("im:write" if len(people) == 1 else "mpim:write")
    known = len(call.workspace.channels)
    channel = call.workspace.direct(*people, call.bot)
    again = len(call.workspace.channels) == known and channel.is_open
    return _opened(call, channel, again=again)


def _opened(call: Call, channel: Channel, *, again: bool) -> Json:
    if not channel.is_open:
        channel.is_open = True
        call.workspace.put_channel(channel)
    shape: Json = {"id": channel.id}
    if call.flag("return_im"):
        shape = shapes.channel(call.workspace, channel, call.bot)
    return ({"no_op": True, "already_open": True} if again else {}) | {"channel": shape}


@method("conversations.close", *WRITE)
async def conversations_close(call: Call) -> Json:
    channel = call.joined()
    if not channel.is_direct:
        raise ApiError("method_not_supported_for_channel_type")
    if not channel.is_open:
        return {"no_op": True, "already_closed": True}
    channel.is_open = False
    call.workspace.put_channel(channel)
    return {}


@method("conversations.mark", *WRITE)
async def conversations_mark(call: Call) -> Json:
    channel, ts = call.joined(), call.need("ts")
    call.workspace.mark_read(call.bot, channel.id, call.ts("ts", "invalid_timestamp") or ts)
    return {}


@method("conversations.join", "channels:join")
async def conversations_join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind != "channel":
        raise ApiError("method_not_supported_for_channel_type")
    _refuse_archived(channel)
    joined = places.join(call.core, channel, call.bot)
    answer = {"channel": shapes.channel(call.workspace, channel, call.bot)}
    if joined:
        return answer
    warning = {"warnings": ["already_in_channel"]}
    return answer | {"warning": "already_in_channel", "response_metadata": warning}


@method("conversations.leave", *WRITE)
async def conversations_leave(call: Call) -> Json:
    channel = _a_channel(call, call.channel())
    if channel.name == "general":
        raise ApiError("cant_leave_general")
    if call.bot not in channel.members:
        return {"not_in_channel": True}
    _refuse_archived(channel)
    if channel.kind == "private" and len(channel.members) == 1:
        raise ApiError("last_member")
    places.leave(call.core, channel, call.bot)
    return {}


@method("conversations.invite", *INVITE)
async def conversations_invite(call: Call) -> Json:
    channel = _a_channel(call, call.joined(), may=("write.invites",))
    _refuse_archived(channel)
    wanted = call.listed("users")
    if not wanted:
        raise ApiError("no_user")
    if len(wanted) > MOST_INVITED:
        raise ApiError("too_many_users")
    problems = {one: _cannot_invite(call, channel, one) for one in wanted}
    willing = [one for one, problem in problems.items() if not problem]
    refused = [{"user": one, "ok": False, "error": why} for one, why in problems.items() if why]
    if refused and not (willing and call.flag("force")):
        raise ApiError(str(refused[0]["error"]), errors=refused)
    for one in willing:
        places.join(call.core, channel, one, inviter=call.bot)
    answer = {"channel": shapes.channel(call.workspace, channel, call.bot)}
    return answer | ({"errors": refused} if refused else {})


def _cannot_invite(call: Call, channel: Channel, person: str) -> str:
    if person == call.bot:
        return "cant_invite_self"
    if person not in call.workspace.people or call.workspace.people[person].deleted:
        return "user_not_found"
    return "already_in_channel" if person in channel.members else ""


@method("conversations.kick", *WRITE)
async def conversations_kick(call: Call) -> Json:
    channel, person = _a_channel(call, call.joined()), call.user()
    if person.id == call.bot:
        raise ApiError("cant_kick_self")
    if channel.name == "general":
        raise ApiError("cant_kick_from_general")
    if not places.leave(call.core, channel, person.id, by=call.bot):
        raise ApiError("not_in_channel")
    return {"errors": {}}


@method("conversations.create", *WRITE)
async def conversations_create(call: Call) -> Json:
    name = _free_name(call)
    private = call.flag("is_private")
    call.need_scope(MANAGE["private" if private else "channel"])
    channel = places.create(call.core, name, call.bot, private=private)
    return {"channel": shapes.channel(call.workspace, channel, call.bot)}


@method("conversations.rename", *WRITE)
async def conversations_rename(call: Call) -> Json:
    channel = _a_channel(call, call.joined())
    _refuse_archived(channel)
    if channel.creator != call.bot:
        # A bot may rename only what it made itself; in Slack admins decide who else may.
        raise ApiError("not_authorized")
    places.rename(call.core, channel, _free_name(call), call.bot)
    return {"channel": shapes.channel(call.workspace, channel, call.bot)}


@method("conversations.setTopic", *TOPIC)
async def conversations_set_topic(call: Call) -> Json:
    channel = _a_channel(call, call.joined(), may=("write.topic",))
    _refuse_archived(channel)
    places.set_topic(call.core, channel, _short(call, "topic"), call.bot)
    return {"channel": shapes.channel(call.workspace, channel, call.bot)}


@method("conversations.setPurpose", *TOPIC)
async def conversations_set_purpose(call: Call) -> Json:
    channel = _a_channel(call, call.joined(), may=("write.topic",))
    _refuse_archived(channel)
    places.set_purpose(call.core, channel, _short(call, "purpose"), call.bot)
    return {
        "purpose": channel.purpose,
        "channel": shapes.channel(call.workspace, channel, call.bot),
    }


@method("conversations.archive", *WRITE)
async def conversations_archive(call: Call) -> Json:
    channel = _a_channel(call, call.joined())
    if channel.is_archived:
        raise ApiError("already_archived")
    if channel.name == "general":
        raise ApiError("cant_archive_general")
    places.archive(call.core, channel, call.bot)
    return {}


@method("conversations.unarchive", *WRITE)
async def conversations_unarchive(call: Call) -> Json:
    channel = _a_channel(call, call.channel())
    if not channel.is_archived:
        raise ApiError("not_archived")
    places.unarchive(call.core, channel, call.bot)
    return {}


def _a_channel(call: Call, channel: Channel, may: tuple[str, ...] = ()) -> Channel:
    """Not a direct conversation, and the app has the scope for its kind."""
    if channel.is_direct:
        raise ApiError("method_not_supported_for_channel_type")
    family = "channels" if channel.kind == "channel" else "groups"
    call.need_scope(MANAGE[channel.kind], *(f"{family}:{one}" for one in may))
    return channel


def _refuse_archived(channel: Channel) -> None:
    if channel.is_archived:
        raise ApiError("is_archived")


def _short(call: Call, name: str) -> str:
    if name not in call.args:
        raise invalid(f"missing required field: {name}")
    if len(call.text(name)) > LONGEST_TOPIC:
        raise ApiError("too_long")
    return call.text(name)


def _free_name(call: Call) -> str:
    """A name for a channel that Slack would take and that nobody has yet."""
    name = call.text("name").removeprefix("#")
    if not name:
        raise ApiError("invalid_name_required")
    if len(name) > LONGEST_NAME:
        raise ApiError("invalid_name_maxlength")
    if name != name.lower() or not re.fullmatch(r"[\w-]+", name):
        raise ApiError("invalid_name_specials")
    if not re.search(r"\w", name.replace("_", "")):
        raise ApiError("invalid_name_punctuation")
    if call.workspace.channel_named(name) is not None:
        raise ApiError("name_taken")
    return name
