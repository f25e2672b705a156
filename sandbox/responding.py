"""`/response/{id}`: what an app says through a response_url."""

from typing import Literal

from aiohttp import web

from sandbox import events, messages
from sandbox.core import Core
from sandbox.faults import Passage, answered
from sandbox.kinds import Json
from sandbox.response_urls import ResponseUrl, UrlRefused
from sandbox.web_api import posting
from sandbox.web_api.call import ApiError

NAME: Literal["response_url"] = "response_url"


async def respond(core: Core, request: web.Request) -> web.StreamResponse:
    body, key = await _read(request), request.match_info["id"]
    if body is None:
        return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
    passage = Passage(core.workspace, core.faults.interfere, NAME, NAME, body)

    async def handle() -> tuple[Json, web.StreamResponse]:
        answer = _answer(core, key, body)
        return answer, _response(answer)

    def note(answer: Json) -> None:
        url = core.response_urls.find(key)
        passage.note(answer, url.person if url else "", url.channel if url else "")

    watched = bool(core.faults.active)
    return await answered(passage, request, handle, note=note, is_watched=watched)


async def _read(request: web.Request) -> Json | None:
    """None when it is no JSON object."""
    try:
        body = await request.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _response(answer: Json) -> web.Response:
    if answer["ok"]:
        return web.Response(text="ok")
    return web.json_response(answer, status=404 if "url" in answer["error"] else 500)


def _answer(core: Core, key: str, body: Json) -> Json:
    try:
        url = core.response_urls.use(key)
        _carry_out(core, url, body)
    except UrlRefused as refusal:
        return {"ok": False, "error": str(refusal)}
    except ApiError as error:
        return error.body
    return {"ok": True}


def _carry_out(core: Core, url: ResponseUrl, body: Json) -> None:
    if body.get("delete_original"):
        _delete_original(core, url)
    elif body.get("replace_original") and url.ts:
        _replace_original(core, url, posting.content(body))
    else:
        _say(core, url, body)


def _say(core: Core, url: ResponseUrl, body: Json) -> None:
    channel = core.workspace.channels[url.channel]
    message = posting.authored(core) | posting.content(body)
    if body.get("thread_ts"):
        message["thread_ts"] = str(body["thread_ts"])
    if body.get("response_type") == "in_channel":
        message = messages.add(core.workspace, channel, message | posting.metadata(body))
        events.emit_message(core, channel, message)
        return
    if url.thread_ts:
        message.setdefault("thread_ts", url.thread_ts)
    messages.add_ephemeral(core.workspace, channel, url.person, message)


def _replace_original(core: Core, url: ResponseUrl, content: Json) -> None:
    channel = core.workspace.channels[url.channel]
    if url.is_ephemeral:
        old = messages.find_ephemeral(core.workspace, channel.id, url.person, url.ts)
        fresh = posting.authored(core) | {"is_ephemeral": True, "ts": url.ts} | content
        if old and old.get("thread_ts"):
            fresh["thread_ts"] = old["thread_ts"]
        messages.put_ephemeral(core.workspace, channel.id, url.person, fresh)
        return
    message = messages.find(core.workspace, channel.id, url.ts)
    if message is None or message.get("user") != core.app.bot_user_id:
        raise ApiError("cant_update_message")
    previous = dict(message)
    message.pop("blocks", None)
    message |= content
    messages.save(core.workspace, channel, message)
    events.emit_changed(core, channel, message, previous)


def _delete_original(core: Core, url: ResponseUrl) -> None:
    channel = core.workspace.channels[url.channel]
    if url.is_ephemeral:
        messages.drop_ephemeral(core.workspace, channel.id, url.person, url.ts)
        return
    message = messages.find(core.workspace, channel.id, url.ts)
    if message is None or message.get("user") != core.app.bot_user_id:
        raise ApiError("cant_delete_message")
    messages.delete(core.workspace, channel, url.ts)
    events.emit_deleted(core, channel, message)
