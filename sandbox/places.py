"""Joining, leaving and creating conversations, by people and by the app alike."""

from sandbox import events
from sandbox.core import Core
from sandbox.kinds import Channel, Json

TYPE_LETTER = {"channel": "C", "private": "G", "im": "D", "mpim": "G"}


def create(core: Core, name: str, creator: str, *, private: bool = False) -> Channel:
    kind: Json = {"kind": "private" if private else "channel"}
    channel = core.workspace.add_channel(name, members=[creator], creator=creator, **kind)
    shape = {"id": channel.id, "name": name, "created": channel.created, "creator": creator}
    if not private:
        events.emit(core, {"type": "channel_created", "channel": shape})
    return channel


def join(core: Core, channel: Channel, person: str, inviter: str = "") -> bool:
    """False when the person is in it already."""
    if person in channel.members:
        return False
    channel.members.append(person)
    core.workspace.put_channel(channel)
    event = _membership("member_joined_channel", core, channel, person)
    events.emit(core, event | ({"inviter": inviter} if inviter else {}), channel=channel)
    return True


def leave(core: Core, channel: Channel, person: str) -> bool:
    """False when the person was not in it."""
    if person not in channel.members:
        return False
    event = _membership("member_left_channel", core, channel, person)
    events.emit(core, event, channel=channel)
    if person == core.app.bot_user_id:
        kind = "group_left" if channel.kind == "private" else "channel_left"
        events.emit(core, {"type": kind, "channel": channel.id})
    channel.members.remove(person)
    core.workspace.put_channel(channel)
    return True


def _membership(kind: str, core: Core, channel: Channel, person: str) -> Json:
    letter, team = TYPE_LETTER[channel.kind], core.workspace.team.id
    return {
        "type": kind,
        "user": person,
        "channel": channel.id,
        "channel_type": letter,
        "team": team,
    }
