"""What people say to each other: messages, edits, reactions, files; and where they go."""

import secrets
import uuid

from sandbox import events, links, messages, places, shapes, uploads
from sandbox.core import Core
from sandbox.kinds import Channel, File, Json
from sandbox.people_acts import rich_text, typing
from sandbox.people_acts.result import NotAllowed, channel_of


def say(
    core: Core,
    me: str,
    channel_id: str,
    text: str,
    thread_ts: str = "",
    files: tuple[str, ...] = (),
    *,
    encoded: bool = False,
) -> Json:
    """Post a message. `encoded` says that mentions and escapes are in the text already."""
    channel = channel_of(core, me, channel_id)
    if me not in channel.members:
        raise NotAllowed(f"Join #{channel.name} to write there.")
    if channel.is_archived:
        raise NotAllowed(f"#{channel.name} is archived.")
    if not text.strip() and not files:
        raise NotAllowed("There is nothing to send.")
    written = text if encoded else typing.in_message(core.workspace, text)
    message: Json = {"client_msg_id": str(uuid.uuid4()), "user": me} | _written(written)
    if thread_ts:
        message["thread_ts"] = _root(core, channel, thread_ts)
    shared = [_own_file(core, me, one) for one in files]
    if shared:
        message |= {"subtype": "file_share", "upload": False, "display_as_bot": False}
        message["files"] = [shapes.file(core.base_url, one) for one in shared]
    for file in shared:
        file.channels.append(channel.id)
        uploads.keep(core.workspace, file)
    message = messages.add(core.workspace, channel, message)
    if not thread_ts:
        core.workspace.mark_read(me, channel.id, message["ts"])
    events.emit_message(core, channel, message)
    links.shared(core, channel, message)
    for file in shared:
        uploads.tell_shared(core, channel, file, me)
    return message


def edit(core: Core, me: str, channel_id: str, ts: str, text: str) -> Json:
    channel, message = _own(core, me, channel_id, ts)
    previous = dict(message)
    message.pop("blocks", None)
    message |= _written(typing.in_message(core.workspace, text))
    message["edited"] = {"user": me, "ts": core.workspace.next_ts()}
    messages.save(core.workspace, channel, message)
    events.emit_changed(core, channel, message, previous)
    return message


def delete(core: Core, me: str, channel_id: str, ts: str) -> None:
    channel, message = _own(core, me, channel_id, ts)
    messages.delete(core.workspace, channel, message["ts"])
    events.emit_deleted(core, channel, message)


def react(core: Core, me: str, channel_id: str, ts: str, name: str, *, on: bool = True) -> None:
    channel = channel_of(core, me, channel_id)
    message = messages.find(core.workspace, channel.id, ts)
    if message is None:
        raise NotAllowed("That message is gone.")
    change = messages.react if on else messages.unreact
    if change(core.workspace, channel, message, name.strip(":"), me):
        events.reaction(core, channel, message, name.strip(":"), me, added=on)


def upload(core: Core, me: str, name: str, body: bytes) -> File:
    return uploads.add(core.workspace, name, body, me)


def join(core: Core, me: str, channel_id: str) -> None:
    channel = channel_of(core, me, channel_id)
    places.join(core, channel, me)


def invite(core: Core, me: str, channel_id: str, person: str) -> None:
    channel = channel_of(core, me, channel_id)
    if me not in channel.members:
        raise NotAllowed(f"Join #{channel.name} to invite somebody.")
    places.join(core, channel, person, inviter=me)


def remove(core: Core, me: str, channel_id: str, person: str) -> None:
    channel = channel_of(core, me, channel_id)
    if me not in channel.members:
        raise NotAllowed(f"Join #{channel.name} to remove somebody.")
    places.leave(core, channel, person, by=me)


def leave(core: Core, me: str, channel_id: str) -> None:
    places.leave(core, channel_of(core, me, channel_id), me)


def _written(text: str) -> Json:
    """Slack sends what a person wrote twice: as text, and as its editor had it."""
    if not text.strip():
        return {"text": text}
    return {"text": text, "blocks": [rich_text.block(text, secrets.token_urlsafe(4))]}


def _root(core: Core, channel: Channel, ts: str) -> str:
    parent = messages.find(core.workspace, channel.id, ts)
    if parent is None:
        raise NotAllowed("That thread is gone.")
    return str(parent.get("thread_ts", ts))


def _own(core: Core, me: str, channel_id: str, ts: str) -> tuple[Channel, Json]:
    channel = channel_of(core, me, channel_id)
    message = messages.find(core.workspace, channel.id, ts)
    if message is None or message.get("user") != me:
        raise NotAllowed("That message is not yours.")
    return channel, message


def _own_file(core: Core, me: str, file_id: str) -> File:
    file = core.workspace.files.get(file_id)
    if file is None or file.user != me:
        raise NotAllowed("That file is not yours.")
    return file
