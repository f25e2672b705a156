"""The page's calls, one function each: what one person asks or does."""

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox import messages
from sandbox.core import Core
from sandbox.kinds import Json
from sandbox.page_api import shown
from sandbox.people_acts import clicks, commands, forms, profiles, speaking
from sandbox.people_acts.result import NotAllowed, Result, channel_of

Handler = Callable[[Core, str, web.Request], Awaitable[Json]]
CALLS: dict[tuple[str, str], Handler] = {}


def call(verb: str, path: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        CALLS[verb, path] = handler
        return handler

    return register


@call("GET", "/start")
async def start(core: Core, me: str, _: web.Request) -> Json:
    return shown.start(core, me)


@call("GET", "/conversations/{channel}")
async def read_conversation(core: Core, me: str, request: web.Request) -> Json:
    channel = channel_of(core, me, request.match_info["channel"])
    limit = max(1, min(int(request.query.get("limit", 100)), 1000))
    before = request.query.get("before", "")
    if channel.id == core.app_dm(me).id and not before:
        profiles.open_home(core, me, "messages")
    return shown.history(core, me, channel, limit, before)


@call("GET", "/conversations/{channel}/threads/{ts}")
async def read_thread(core: Core, me: str, request: web.Request) -> Json:
    channel = channel_of(core, me, request.match_info["channel"])
    return {"messages": shown.thread(core, me, channel, request.match_info["ts"])}


@call("POST", "/conversations")
async def enter(core: Core, me: str, request: web.Request) -> Json:
    body = await request.json()
    if body.get("with"):
        if body["with"] not in core.workspace.people:
            raise NotAllowed("There is no such person.")
        channel = core.workspace.direct(me, body["with"])
    else:
        channel = channel_of(core, me, body["join"])
        speaking.join(core, me, channel.id)
    return {"conversation": shown.conversation(core, me, channel)}


@call("GET", "/home")
async def home(core: Core, me: str, _: web.Request) -> Json:
    return {"view": profiles.open_home(core, me)}


@call("POST", "/messages")
async def say(core: Core, me: str, request: web.Request) -> Json:
    body = await request.json()
    thread, files = body.get("thread_ts") or "", tuple(body.get("files") or ())
    said = speaking.say(
        core, me, body["channel"], body.get("text") or "", thread, files, encoded=True
    )
    return {"message": shown.message(me, said)}


@call("POST", "/commands")
async def command(core: Core, me: str, request: web.Request) -> Json:
    body = await request.json()
    text, channel = body.get("text") or "", body["channel"]
    return _told(await commands.slash(core, me, body["command"], text, channel, encoded=True))


@call("POST", "/shortcuts")
async def shortcut(core: Core, me: str, request: web.Request) -> Json:
    body = await request.json()
    where = body.get("channel") or "", body.get("message_ts") or ""
    return _told(await commands.shortcut(core, me, body["callback_id"], *where))


@call("POST", "/actions")
async def act(core: Core, me: str, request: web.Request) -> Json:
    body = await request.json()
    act = clicks.Act(
        body["action_id"], body.get("block_id") or "", body.get("value"), body.get("values")
    )
    return _told(await clicks.click(core, me, clicks.Spot.read(body["container"]), act))


@call("GET", "/options")
async def options(core: Core, me: str, request: web.Request) -> Json:
    query = request.query
    act = clicks.Act(query["action_id"], query.get("block_id", ""), query.get("value", ""))
    spot = clicks.Spot.read(json.loads(query["container"]))
    offered = await clicks.suggest(core, me, spot, act)
    grouped = bool(offered) and "options" in offered[0]
    return {"option_groups" if grouped else "options": offered}


@call("POST", "/views/{view_id}/submit")
async def submit(core: Core, me: str, request: web.Request) -> Json:
    body = await request.json()
    view_id = request.match_info["view_id"]
    return _told(await forms.submit(core, me, view_id, body.get("values") or {}))


@call("POST", "/views/{view_id}/close")
async def close(core: Core, me: str, request: web.Request) -> Json:
    body = await request.json()
    await forms.close(core, me, request.match_info["view_id"], clear=bool(body.get("clear")))
    return {"ok": True}


@call("POST", "/reactions")
async def react(core: Core, me: str, request: web.Request) -> Json:
    body = await request.json()
    on = bool(body.get("on", True))
    speaking.react(core, me, body["channel"], body["ts"], body["name"], on=on)
    return {"ok": True}


@call("POST", "/read")
async def read(core: Core, me: str, request: web.Request) -> Json:
    body = await request.json()
    channel = channel_of(core, me, body["channel"])
    core.workspace.mark_read(me, channel.id, str(body["ts"]))
    return {"ok": True}


@call("POST", "/files")
async def upload(core: Core, me: str, request: web.Request) -> Json:
    name = request.query.get("name") or "file"
    return {"file": shown.file(core, me, speaking.upload(core, me, name, await request.read()))}


@call("POST", "/pause")
async def pause(core: Core, me: str, request: web.Request) -> Json:
    """Notifications are paused until then; until 0, or a moment that has passed, they come again."""
    body = await request.json()
    profiles.pause(core, me, int(body["until"]))
    return {"ok": True}


@call("POST", "/ephemerals/{ts}/dismiss")
async def dismiss(core: Core, me: str, request: web.Request) -> Json:
    body = await request.json()
    messages.drop_ephemeral(core.workspace, body["channel"], me, request.match_info["ts"])
    return {"ok": True}


def _told(result: Result) -> Json:
    if result.ok:
        return {"ok": True}
    if result.errors:
        return {"ok": False, "errors": result.errors}
    return {"ok": False, "error": result.error, "text": result.text}
