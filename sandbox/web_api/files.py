"""Methods about files: uploading in two steps, looking up, deleting."""

import mimetypes

from sandbox import events, messages, shapes, uploads
from sandbox.kinds import Channel, File, Json
from sandbox.web_api import posting
from sandbox.web_api.call import ApiError, Call, invalid, method

LONGEST_ALT_TEXT = 1000
LARGEST_SNIPPET = 1024 * 1024
MOST_CHANNELS = 100


@method("files.getUploadURLExternal", "files:write")
async def files_get_upload_url_external(call: Call) -> Json:
    name, length = call.need("filename"), call.number("length", 0)
    if length <= 0:
        call.need("length")
        raise invalid("length must be greater than 0")
    if len(call.text("alt_txt")) > LONGEST_ALT_TEXT:
        raise ApiError("alt_txt_too_large")
    if call.text("snippet_type") and length > LARGEST_SNIPPET:
        raise ApiError("snippet_too_large")
    file_id = call.workspace.new_id("F")
    call.core.uploads[file_id] = {"name": name, "alt_txt": call.text("alt_txt")}
    return {"upload_url": f"{call.core.base_url}/upload/{file_id}", "file_id": file_id}


@method("files.completeUploadExternal", "files:write")
async def files_complete_upload_external(call: Call) -> Json:
    wanted = call.args.get("files") or []
    if not isinstance(wanted, list) or not wanted or not all(map(_has_id, wanted)):
        raise invalid("missing required field: files")
    channels = [call.text("channel_id")] if call.text("channel_id") else call.listed("channels")
    if len(channels) > MOST_CHANNELS:
        raise ApiError("channels_limit_exceeded")
    places = [_place(call, one) for one in channels]
    _check_uploaded(call, wanted)
    files = [_completed(call, one) for one in wanted]
    for channel in places:
        _share(call, channel, files)
    return {"files": [shapes.file(call.core.base_url, one) for one in files]}


@method("files.info", "files:read")
async def files_info(call: Call) -> Json:
    file = _known(call)
    return {
        "file": shapes.file(call.core.base_url, file),
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }


@method("files.list", "files:read")
async def files_list(call: Call) -> Json:
    person = call.user().id if call.text("user") else ""
    channel = call.channel().id if call.text("channel") else ""
    since, until = call.number("ts_from", 0), call.number("ts_to", 0)
    found = [
        one
        for one in call.workspace.files.values()
        if uploads.may_see(call.workspace, call.bot, one)
        if person in {"", one.user} and (not channel or channel in one.channels)
        if since <= one.created and (not until or one.created <= until)
    ]
    found.sort(key=lambda one: one.created, reverse=True)
    count, number = max(1, call.number("count", 100)), max(1, call.number("page", 1))
    shown = found[(number - 1) * count : number * count]
    pages = -(-len(found) // count)
    return {
        "files": [shapes.file(call.core.base_url, one) for one in shown],
        "paging": {"count": count, "total": len(found), "page": number, "pages": pages},
    }


@method("files.delete", "files:write")
async def files_delete(call: Call) -> Json:
    file = _known(call)
    if file.user != call.bot:
        raise ApiError("cant_delete_file")
    uploads.delete(call.core, file)
    return {}


def _known(call: Call) -> File:
    """A file that the bot may see; of others it is not even told that they exist."""
    file = call.workspace.files.get(call.need("file"))
    if file is None or not uploads.may_see(call.workspace, call.bot, file):
        raise ApiError("file_not_found")
    return file


def _place(call: Call, channel_id: str) -> Channel:
    channel = call.joined(channel_id)
    if channel.is_archived:
        raise ApiError("is_archived")
    thread = call.text("thread_ts")
    if thread and messages.find(call.workspace, channel.id, thread) is None:
        raise ApiError("thread_not_found")
    return channel


def _has_id(one: object) -> bool:
    return isinstance(one, dict) and bool(one.get("id"))


def _check_uploaded(call: Call, wanted: list[Json]) -> None:
    """All of them or none: a half finished upload would have no end."""
    for one in wanted:
        body = call.workspace.store.find_bytes(str(one["id"]))
        if one["id"] not in call.core.uploads or body is None:
            raise ApiError("file_not_found")


def _completed(call: Call, wanted: Json) -> File:
    file_id = str(wanted["id"])
    begun = call.core.uploads.pop(file_id)
    body = call.workspace.store.find_bytes(file_id) or b""
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
