"""Putting messages into conversations, changing them and taking them away."""

from sandbox.kinds import Channel, Json
from sandbox.workspace import Workspace


def find(workspace: Workspace, channel: str, ts: str) -> Json | None:
    timeline = workspace.timelines.get(channel)
    return timeline.messages.get(ts) if timeline else None


def add(workspace: Workspace, channel: Channel, message: Json) -> Json:
    timeline = workspace.timelines[channel.id]
    message = {"type": "message", "ts": workspace.next_ts(), "team": workspace.team.id} | message
    timeline.put(message)
    parent = timeline.messages.get(message.get("thread_ts", ""))
    if parent is not None and parent is not message:
        timeline.count_reply(parent, message.get("user", ""))
        save(workspace, channel, parent)
    save(workspace, channel, message, is_new=True)
    return message


def save(workspace: Workspace, channel: Channel, message: Json, *, is_new: bool = False) -> None:
    """Keep a message that was added or changed, and show it to those who may see it."""
    workspace.timelines[channel.id].put(message)
    workspace.store.put("message", f"{channel.id}/{message['ts']}", message)
    kind = "message" if is_new else "message_changed"
    workspace.changed(kind, workspace.audience(channel), channel=channel.id, message=message)


def delete(workspace: Workspace, channel: Channel, ts: str) -> Json | None:
    """Take a message away. One with replies leaves a tombstone, as in Slack, so that they stay."""
    timeline = workspace.timelines[channel.id]
    message = timeline.messages.get(ts)
    if message is None:
        return None
    if timeline.threads.get(ts):
        kept = ("type", "ts", "team", "thread_ts", "reply_count", "reply_users", "latest_reply")
        tombstone = {name: message[name] for name in kept if name in message} | {
            "subtype": "tombstone",
            "user": "USLACKBOT",
            "text": "This message was deleted.",
        }
        save(workspace, channel, tombstone)
        return message
    if any(one.ts == ts for one in channel.pins):
        channel.pins = [one for one in channel.pins if one.ts != ts]
        workspace.put_channel(channel)
    timeline.drop(ts)
    workspace.store.drop("message", f"{channel.id}/{ts}")
    workspace.changed("message_deleted", workspace.audience(channel), channel=channel.id, ts=ts)
    parent = timeline.messages.get(message.get("thread_ts", ""))
    if parent is not None:
        timeline.recount(parent)
        save(workspace, channel, parent)
    return message


def add_ephemeral(workspace: Workspace, channel: Channel, person: str, message: Json) -> Json:
    """Only this person sees it, and only until the workspace stops: Slack keeps none either."""
    fresh: Json = {"type": "message", "ts": workspace.next_ts(), "is_ephemeral": True}
    message = fresh | message
    workspace.ephemerals.setdefault((person, channel.id), {})[message["ts"]] = message
    workspace.changed("message", frozenset({person}), channel=channel.id, message=message)
    return message


def put_ephemeral(workspace: Workspace, channel: str, person: str, message: Json) -> None:
    """Put another in its place, or bring it back after the person dismissed it."""
    workspace.ephemerals.setdefault((person, channel), {})[message["ts"]] = message
    workspace.changed("message_changed", frozenset({person}), channel=channel, message=message)


def find_ephemeral(workspace: Workspace, channel: str, person: str, ts: str) -> Json | None:
    return workspace.ephemerals.get((person, channel), {}).get(ts)


def drop_ephemeral(workspace: Workspace, channel: str, person: str, ts: str) -> bool:
    if workspace.ephemerals.get((person, channel), {}).pop(ts, None) is None:
        return False
    workspace.changed("message_deleted", frozenset({person}), channel=channel, ts=ts)
    return True


def react(workspace: Workspace, channel: Channel, message: Json, name: str, person: str) -> bool:
    """False when the person reacted so already."""
    reactions: list[Json] = message.setdefault("reactions", [])
    entry = next((one for one in reactions if one["name"] == name), None)
    if entry is None:
        entry = {"name": name, "users": [], "count": 0}
        reactions.append(entry)
    if person in entry["users"]:
        return False
    entry["users"].append(person)
    entry["count"] += 1
    save(workspace, channel, message)
    return True


def unreact(workspace: Workspace, channel: Channel, message: Json, name: str, person: str) -> bool:
    """False when there was no such reaction."""
    entry = next((one for one in message.get("reactions", []) if one["name"] == name), None)
    if entry is None or person not in entry["users"]:
        return False
    entry["users"].remove(person)
    entry["count"] -= 1
    if not entry["users"]:
        message["reactions"].remove(entry)
    save(workspace, channel, message)
    return True
