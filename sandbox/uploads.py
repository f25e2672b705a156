"""Files: keeping them, who may see them, and the addresses where bytes go in and come out."""

import dataclasses
import mimetypes

from aiohttp import web

from sandbox import events, messages
from sandbox.core import Core
from sandbox.kinds import Channel, File
from sandbox.workspace import Workspace


def keep(workspace: Workspace, file: File) -> File:
    workspace.files[file.id] = file
    workspace.store.put("file", file.id, dataclasses.asdict(file))
    return file


def add(workspace: Workspace, name: str, body: bytes, person: str) -> File:
    file_id = workspace.new_id("F")
    workspace.store.put_bytes(file_id, body)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return keep(workspace, File(file_id, name, kind, len(body), person, workspace.seconds()))


def may_see(workspace: Workspace, person: str, file: File) -> bool:
    if person and person in {file.user, file.given_to}:
        return True
    shared = (workspace.channels[one] for one in file.channels if one in workspace.channels)
    return any(workspace.may_see(person, channel) for channel in shared)


def tell_shared(core: Core, channel: Channel, file: File, person: str) -> None:
    event = {"type": "file_shared", "file_id": file.id, "user_id": person, "channel_id": channel.id}
    events.emit(core, event | {"file": {"id": file.id}}, channel=channel)


def delete(core: Core, file: File) -> None:
    """Take it away everywhere: what is left in messages says that it was deleted."""
    workspace = core.workspace
    del workspace.files[file.id]
    workspace.store.drop("file", file.id)
    for channel_id in file.channels:
        for message in list(workspace.timelines[channel_id].messages.values()):
            shown = message.get("files", [])
            if any(one["id"] == file.id for one in shown):
                gone = {"id": file.id, "mode": "tombstone"}
                message["files"] = [gone if one["id"] == file.id else one for one in shown]
                messages.save(workspace, workspace.channels[channel_id], message)
    channels = [workspace.channels[one] for one in file.channels]
    if any(core.app.bot_user_id in one.members for one in channels):
        event = {"type": "file_deleted", "file_id": file.id, "channel_ids": file.channels}
        events.emit(core, event)


async def take(core: Core, request: web.Request) -> web.Response:
    """`/upload/{id}`: the bytes, raw or as a form's first file."""
    file_id = request.match_info["id"]
    if file_id not in core.uploads:
        raise web.HTTPNotFound(text="There is no such upload.")
    if request.content_type == "multipart/form-data":
        parts = (await request.post()).values()
        body = next((part.file.read() for part in parts if isinstance(part, web.FileField)), b"")
    else:
        body = await request.read()
    core.workspace.store.put_bytes(file_id, body)
    return web.Response(text=f"OK - {len(body)}")


async def give(core: Core, request: web.Request) -> web.Response:
    """`/files/{id}/{name}`: to the app by its token, to a person by `?as=`."""
    file = core.workspace.files.get(request.match_info["id"])
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    viewer = request.query.get("as", "")
    if token == core.app.bot_token and core.app.has_scope("files:read"):
        viewer = core.app.bot_user_id
    if file is None or not may_see(core.workspace, viewer, file):
        raise web.HTTPNotFound(text="There is no such file, or it is not shared with you.")
    body = core.workspace.store.find_bytes(file.id) or b""
    return web.Response(body=body, content_type=file.mimetype)
