"""What one person's page is shown: everything here is filtered to what that person may see."""

from bisect import bisect_right
from itertools import islice
from urllib.parse import quote

from sandbox import messages, quiet, shapes
from sandbox.core import Core
from sandbox.kinds import Channel, File, Json, Person


def person(core: Core, one: Person) -> Json:
    start, end = quiet.session(one, core.workspace.seconds())
    return {
        "id": one.id,
        "name": one.name,
        "real_name": one.real_name,
        "display_name": one.display_name,
        "title": one.title,
        "tz": one.tz,
        "locale": one.locale,
        "image_color": f"#{one.color}",
        "is_bot": one.is_bot,
        "is_admin": one.is_admin,
        "presence": one.presence,
        "quiet_from": start,
        "quiet_until": end,
    }


def people(core: Core) -> list[Json]:
    return [person(core, one) for one in core.workspace.people.values() if not one.deleted]


def workspace(core: Core) -> Json:
    team = core.workspace.team
    return {"id": team.id, "name": team.name, "domain": team.domain}


def conversations(core: Core, me: str) -> list[Json]:
    seen = list(core.workspace.channels.values())
    return [conversation(core, me, one) for one in seen if core.workspace.may_see(me, one)]


def conversation(core: Core, me: str, channel: Channel) -> Json:
    timeline = core.workspace.timelines[channel.id]
    mark = core.workspace.read_marks.get((me, channel.id), "")
    shape: Json = {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "is_member": me in channel.members,
        "members": list(channel.members),
        "unread": len(timeline.order) - bisect_right(timeline.order, mark),
        "last_ts": timeline.last_ts,
    }
    if channel.kind == "im":
        shape["with"] = next((one for one in channel.members if one != me), me)
        if shape["with"] == core.app.bot_user_id:
            shape |= {"kind": "app", "name": core.app.name}
    return shape


def message(me: str, one: Json) -> Json:
    shape = one | {
        "is_ephemeral": bool(one.get("is_ephemeral")),
        "is_deleted": one.get("subtype") == "tombstone",
    }
    if one.get("files"):
        there = [each for each in one["files"] if each.get("mode") != "tombstone"]
        shape["files"] = [for_viewer(each, me) for each in there]
    return shape


def file(core: Core, me: str, one: File) -> Json:
    return for_viewer(shapes.file(core.base_url, one), me)


def for_viewer(shape: Json, me: str) -> Json:
    """A browser has no token: it says who looks in the address."""
    address = f"/files/{shape['id']}/{quote(shape['name'])}?as={me}"
    return shape | {"url_private": address, "url_private_download": address}


def history(core: Core, me: str, channel: Channel, limit: int, before: str) -> Json:
    timeline = core.workspace.timelines[channel.id]
    newest = list(islice(timeline.newest_first(latest=before), limit + 1))
    shown = newest[:limit][::-1]
    has_more = len(newest) > limit
    start = shown[0]["ts"] if has_more else ""
    whispers = [
        one
        for ts, one in core.workspace.ephemerals.get((me, channel.id), {}).items()
        if ts >= start and (not before or ts < before) and not one.get("thread_ts")
    ]
    together = sorted(shown + whispers, key=lambda one: str(one["ts"]))
    return {
        "conversation": conversation(core, me, channel),
        "messages": [message(me, one) for one in together],
        "has_more": has_more,
    }


def thread(core: Core, me: str, channel: Channel, ts: str) -> list[Json]:
    parent = messages.find(core.workspace, channel.id, ts)
    replies = core.workspace.timelines[channel.id].replies(ts)
    whispers = core.workspace.ephemerals.get((me, channel.id), {}).values()
    replies += [one for one in whispers if one.get("thread_ts") == ts]
    replies.sort(key=lambda one: str(one["ts"]))
    return [message(me, one) for one in ([parent] if parent else []) + replies]


def views(core: Core, me: str) -> list[Json]:
    return [one | {"errors": core.views.errors.get(one["id"], {})} for one in core.views.stack(me)]


def start(core: Core, me: str) -> Json:
    core.app_dm(me)
    app, groups = core.app, core.workspace.usergroups.values()
    commands = ("command", "description", "usage_hint")
    shortcuts = ("callback_id", "name", "type", "description")
    return {
        "me": person(core, core.person(me)),
        "workspace": workspace(core),
        "people": people(core),
        "conversations": conversations(core, me),
        "commands": [_only(one, commands) for one in app.commands.values()],
        "shortcuts": [_only(one, shortcuts) for one in app.shortcuts.values()],
        "app": {"name": app.name, "bot_user_id": app.bot_user_id, "connected": core.connected},
        "usergroups": [
            {"id": one.id, "handle": one.handle, "name": one.name, "users": one.users}
            for one in groups
        ],
        "views": views(core, me),
    }


def _only(declared: Json, names: tuple[str, ...]) -> Json:
    return {name: declared.get(name, "") for name in names}
