"""What becomes of conversations: made, joined, left, renamed, described, archived; by people and by the app alike."""

from sandbox import events, messages
from sandbox.core import Core
from sandbox.kinds import Channel, Json

TYPE_LETTER = {"channel": "C", "private": "G", "im": "D", "mpim": "G"}

TOLD_OF_A_NAME = {"id", "name", "name_normalized", "created", "is_channel", "is_mpim"}


def create(core: Core, name: str, creator: str, *, private: bool = False) -> Channel:
    kind: Json = {"kind": "private" if private else "channel"}
    channel = core.workspace.add_channel(name, members=[creator], creator=creator, **kind)
    if not private:
        events.emit(core, {"type": "channel_created", "channel": _brief(core, channel)})
    return channel


def join(core: Core, channel: Channel, person: str, inviter: str = "") -> bool:
    """False when the person is in it already."""
    if person in channel.members:
        return False
    channel.members.append(person)
    core.workspace.put_channel(channel)
    event = _membership("member_joined_channel", core, channel, person)
    by: Json = {"inviter": inviter} if inviter else {}
    events.emit(core, event | by, channel=channel)
    if channel.kind != "mpim":
        _notice(core, channel, person, "join", "has joined the channel", **by)
    return True


def leave(core: Core, channel: Channel, person: str, by: str = "") -> bool:
    """False when the person was not in it. Who is removed by others leaves no notice behind."""
    if person not in channel.members:
        return False
    if by in {"", person}:
        _notice(core, channel, person, "leave", "has left the channel")
    event = _membership("member_left_channel", core, channel, person)
    events.emit(core, event, channel=channel)
    if person == core.app.bot_user_id:
        kind = "group_left" if channel.kind == "private" else "channel_left"
        left = {"type": kind, "channel": channel.id, "actor_id": by or person}
        events.emit(core, left)
    channel.members.remove(person)
    core.workspace.put_channel(channel)
    return True


def rename(core: Core, channel: Channel, name: str, by: str) -> None:
    old, channel.name = channel.name, name
    channel.previous_names.insert(0, old)
    core.workspace.put_channel(channel)
    shape = {one: value for one, value in _brief(core, channel).items() if one in TOLD_OF_A_NAME}
    _tell(core, channel, {"type": _kind(channel, "rename"), "channel": shape})
    said = f'has renamed the channel from "{old}" to "{name}"'
    _notice(core, channel, by, "name", said, old_name=old, name=name)


def set_topic(core: Core, channel: Channel, topic: str, by: str) -> None:
    channel.topic, channel.topic_by, channel.topic_at = topic, by, core.workspace.seconds()
    core.workspace.put_channel(channel)
    said = f"set the channel topic: {topic}" if topic else "cleared the channel topic"
    _notice(core, channel, by, "topic", said, topic=topic)


def set_purpose(core: Core, channel: Channel, purpose: str, by: str) -> None:
    channel.purpose, channel.purpose_by = purpose, by
    channel.purpose_at = core.workspace.seconds()
    core.workspace.put_channel(channel)
    said = f"set the channel description: {purpose}" if purpose else "cleared the description"
    _notice(core, channel, by, "purpose", said, purpose=purpose)


def archive(core: Core, channel: Channel, by: str) -> None:
    _notice(core, channel, by, "archive", "archived the channel")
    channel.is_archived = True
    core.workspace.put_channel(channel)
    event = {"type": _kind(channel, "archive"), "channel": channel.id, "user": by, "is_moved": 0}
    _tell(core, channel, event)


def unarchive(core: Core, channel: Channel, by: str) -> None:
    channel.is_archived = False
    core.workspace.put_channel(channel)
    _tell(core, channel, {"type": _kind(channel, "unarchive"), "channel": channel.id, "user": by})
    _notice(core, channel, by, "unarchive", "un-archived the channel")


def _notice(core: Core, channel: Channel, by: str, kind: str, said: str, **more: object) -> None:
    """The line that Slack itself writes into a conversation about what was done to it."""
    notice = {"subtype": f"channel_{kind}", "user": by, "text": f"<@{by}> {said}"} | more
    events.emit_message(core, channel, messages.add(core.workspace, channel, notice))


def _kind(channel: Channel, verb: str) -> str:
    return f"group_{verb}" if channel.kind == "private" else f"channel_{verb}"


def _tell(core: Core, channel: Channel, event: Json) -> None:
    """All apps hear of a public channel, only those in it of a private one."""
    events.emit(core, event, channel=None if channel.kind == "channel" else channel)


def _brief(core: Core, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": channel.created,
        "creator": channel.creator,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_private": channel.kind != "channel",
        "is_mpim": channel.kind == "mpim",
        "is_im": False,
        "is_archived": channel.is_archived,
        "is_general": channel.name == "general",
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "previous_names": channel.previous_names,
        "context_team_id": core.workspace.team.id,
    }


def _membership(kind: str, core: Core, channel: Channel, person: str) -> Json:
    letter, team = TYPE_LETTER[channel.kind], core.workspace.team.id
    return {
        "type": kind,
        "user": person,
        "channel": channel.id,
        "channel_type": letter,
        "team": team,
    }
