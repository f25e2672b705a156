"""Events: which the app hears of, and what they are wrapped in."""

from copy import deepcopy

from sandbox.core import Core
from sandbox.kinds import Channel, Json

CHANNEL_TYPES = {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}
MESSAGE_EVENTS = {
    kind: f"message.{kind if kind != 'channel' else 'channels'}" for kind in ("im", "mpim")
}
MESSAGE_EVENTS |= {"channel": "message.channels", "private": "message.groups"}


def emit(core: Core, event: Json, *, name: str = "", channel: Channel | None = None) -> None:
    """Send an event to the app if it subscribed to it and is where it happened."""
    if not core.app.listens_to(name or event["type"]):
        return
    if channel is not None and core.app.bot_user_id not in channel.members:
        return
    # A copy: it may be brought again in five minutes, and must then say what it says now.
    event = {"event_ts": core.workspace.next_ts()} | deepcopy(event)
    core.undelivered.bring(wrapped(core, event))


def emit_message(core: Core, channel: Channel, message: Json) -> None:
    event = message | {"channel": channel.id, "channel_type": CHANNEL_TYPES[channel.kind]}
    event = {"event_ts": event["ts"]} | event
    if message.get("subtype") == "thread_broadcast":
        parent = core.workspace.timelines[channel.id].messages.get(message["thread_ts"], {})
        event["root"] = dict(parent)
    emit(core, event, name=MESSAGE_EVENTS[channel.kind], channel=channel)
    if (
        f"<@{core.app.bot_user_id}>" in message.get("text", "")
        and not message.get("subtype")
        and channel.kind != "im"
    ):
        mention = {name: value for name, value in event.items() if name != "channel_type"}
        emit(core, mention | {"type": "app_mention"}, channel=channel)


def emit_changed(core: Core, channel: Channel, message: Json, previous: Json) -> None:
    changed = {"subtype": "message_changed", "message": message, "previous_message": previous}
    _emit_hidden(core, channel, changed)


def emit_deleted(core: Core, channel: Channel, previous: Json) -> None:
    deleted = {"subtype": "message_deleted", "deleted_ts": previous["ts"]}
    _emit_hidden(core, channel, deleted | {"previous_message": previous})


def wrapped(core: Core, event: Json) -> Json:
    team = core.workspace.team.id
    return {
        "token": "sandbox",
        "team_id": team,
        "context_team_id": team,
        "api_app_id": core.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": core.event_id(),
        "event_time": core.workspace.seconds(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team,
                "user_id": core.app.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event['type']}-{team}",
    }


def _emit_hidden(core: Core, channel: Channel, event: Json) -> None:
    ts = core.workspace.next_ts()
    shape: Json = {"type": "message", "hidden": True, "ts": ts, "channel": channel.id}
    shape["channel_type"] = CHANNEL_TYPES[channel.kind]
    emit(core, shape | event, name=MESSAGE_EVENTS[channel.kind], channel=channel)


def reaction(
    core: Core, channel: Channel, message: Json, name: str, person: str, *, added: bool
) -> None:
    event = {
        "type": "reaction_added" if added else "reaction_removed",
        "user": person,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message["ts"]},
        "item_user": message.get("user", ""),
    }
    emit(core, event, channel=channel)


def pin(core: Core, channel: Channel, item: Json, *, added: bool) -> None:
    count = len(channel.pins)
    event: Json = {
        "type": "pin_added" if added else "pin_removed",
        "user": core.app.bot_user_id,
        "channel_id": channel.id,
        "item": item,
        "item_user": item["message"].get("user", ""),
        "pin_count": count,
        "pinned_info": {
            "channel": channel.id,
            "pinned_by": item["created_by"],
            "pinned_ts": item["created"],
        },
    }
    emit(core, event if added else event | {"has_pins": count > 0}, channel=channel)
