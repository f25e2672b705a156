"""Methods about files: uploading in two steps, looking up, deleting."""

import mimetypes

from sandbox import events, messages, shapes, uploads
from sandbox.kinds import Channel, File, Json
from sandbox.web_api import posting
from sandbox.web_api.call import ApiError, Call, method


@method("files.getUploadURLExternal", "files:write")
async def files_get_upload_url_external(call: Call) -> Json:
    name, length = call.need("filename"), call.number("length", 0)
    if length <= 0:
        raise ApiError("invalid_arguments")
    file_id = call.workspace.new_id("F")
    call.core.uploads[file_id] = {"name": name, "alt_txt": call.text("alt_txt")}
    return {"upload_url": f"{call.core.base_url}/upload/{file_id}", "file_id": file_id}


@method("files.completeUploadExternal", "files:write")
async def files_complete_upload_external(call: Call) -> Json:
    wanted = call.args.get("files") or []
    if not isinstance(wanted, list) or not wanted:
        raise ApiError("invalid_arguments")
    channels = [call.text("channel_id")] if call.text("channel_id") else call.listed("channels")
    places = [_place(call, one) for one in channels]
    files = [_completed(call, one) for one in wanted]
    for channel in places:
        _share(call, channel, files)
    return {"files": [shapes.file(call.core.base_url, one) for one in files]}


@method("files.info", "files:read")
async def files_info(call: Call) -> Json:
    file = _known(call)
    if not uploads.may_see(call.workspace, call.bot, file):
        raise ApiError("file_not_found")
    return {"file": shapes.file(call.core.base_url, file), "comments": []}


@method("files.delete", "files:write")
async def files_delete(call: Call) -> Json:
    file = _known(call)
    if file.user != call.bot:
        raise ApiError("cant_delete_file")
    del call.workspace.files[file.id]
    call.workspace.store.drop("file", file.id)
    return {}


def _known(call: Call) -> File:
    file = call.workspace.files.get(call.need("file", "file_not_found"))
    if file is None:
        raise ApiError("file_not_found")
    return file


def _place(call: Call, channel_id: str) -> Channel:
    channel = call.channel(channel_id)
    if call.bot not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def _completed(call: Call, wanted: Json) -> File:
    file_id = str(wanted.get("id"))
    begun = call.core.uploads.pop(file_id, None)
    body = call.workspace.store.find_bytes(file_id)
    if begun is None or body is None:
        raise ApiError("file_not_found")
    kind = mimetypes.guess_type(begun["name"])[0] or "application/octet-stream"
    now, title = call.workspace.seconds(), str(wanted.get("title") or "")
    file = File(file_id, begun["name"], kind, len(body), call.bot, now, title)
    file.alt_txt = begun["alt_txt"]
    return uploads.keep(call.workspace, file)


def _share(call: Call, channel: Channel, files: list[File]) -> None:
    for file in files:
        file.channels.append(channel.id)
        uploads.keep(call.workspace, file)
    message = posting.authored(call.core) | {
        "text": call.text("initial_comment"),
        "subtype": "file_share",
        "files": [shapes.file(call.core.base_url, one) for one in files],
    }
    if call.text("thread_ts"):
        message["thread_ts"] = call.text("thread_ts")
    message = messages.add(call.workspace, channel, message)
    events.emit_message(call.core, channel, message)
    for file in files:
        uploads.tell_shared(call.core, channel, file, call.bot)
