"""Methods about the links at the top of a conversation."""

from sandbox.kinds import Channel, Json
from sandbox.web_api.call import ApiError, Call, method

MOST = 100


@method("bookmarks.add", "bookmarks:write")
async def bookmarks_add(call: Call) -> Json:
    channel = call.joined(name="channel_id")
    title, kind = call.need("title"), call.need("type")
    if kind != "link":
        raise ApiError("invalid_bookmark_type")
    if len(channel.bookmarks) >= MOST:
        raise ApiError("too_many_bookmarks")
    now = call.workspace.seconds()
    bookmark: Json = {
        "id": call.workspace.new_id("Bk"),
        "channel_id": channel.id,
        "title": title,
        "link": _link(call.need("link", "invalid_link")),
        "emoji": _emoji(call),
        "icon_url": None,
        "type": kind,
        "entity_id": None,
        "date_created": now,
        "date_updated": 0,
        "rank": f"{len(channel.bookmarks):04d}",
        "last_updated_by_user_id": call.bot,
        "last_updated_by_team_id": call.workspace.team.id,
        "shortcut_id": None,
        "app_id": call.core.app.id,
    }
    channel.bookmarks.append(bookmark)
    call.workspace.put_channel(channel)
    return {"bookmark": bookmark}


@method("bookmarks.edit", "bookmarks:write")
async def bookmarks_edit(call: Call) -> Json:
    channel, bookmark = _known(call)
    changed: Json = {}
    if call.text("title"):
        changed["title"] = call.text("title")
    if call.text("link"):
        changed["link"] = _link(call.text("link"))
    if "emoji" in call.args:
        changed["emoji"] = _emoji(call)
    bookmark |= changed
    bookmark |= {"date_updated": call.workspace.seconds(), "last_updated_by_user_id": call.bot}
    call.workspace.put_channel(channel)
    return {"bookmark": bookmark}


@method("bookmarks.list", "bookmarks:read")
async def bookmarks_list(call: Call) -> Json:
    return {"bookmarks": call.joined(name="channel_id").bookmarks}


@method("bookmarks.remove", "bookmarks:write")
async def bookmarks_remove(call: Call) -> Json:
    channel, bookmark = _known(call)
    channel.bookmarks.remove(bookmark)
    call.workspace.put_channel(channel)
    return {}


def _known(call: Call) -> tuple[Channel, Json]:
    channel, wanted = call.joined(name="channel_id"), call.need("bookmark_id")
    found = next((one for one in channel.bookmarks if one["id"] == wanted), None)
    if found is None:
        raise ApiError("not_found")
    return channel, found


def _link(link: str) -> str:
    if not link.startswith(("http://", "https://", "mailto:")):
        raise ApiError("invalid_link")
    return link


def _emoji(call: Call) -> str:
    emoji = call.text("emoji")
    if emoji and not (emoji.startswith(":") and emoji.endswith(":") and len(emoji) > 2):
        raise ApiError("invalid_emoji")
    return emoji
