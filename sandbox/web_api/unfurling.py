"""The method that shows what is behind a link."""

from sandbox import events, links, messages
from sandbox.kinds import Channel, Json
from sandbox.web_api import posting
from sandbox.web_api.call import ApiError, Call, method


@method("chat.unfurl", "links:write")
async def chat_unfurl(call: Call) -> Json:
    channel, message = _message(call)
    unfurls = call.args.get("unfurls")
    if not unfurls:
        raise ApiError("missing_unfurls")
    if not isinstance(unfurls, dict) or not all(isinstance(one, dict) for one in unfurls.values()):
        raise ApiError("invalid_unfurls_format")
    if not unfurls.keys() <= set(links.own(call.core, message)):
        raise ApiError("cannot_unfurl_url")
    previous = dict(message)
    kept = [one for one in message.get("attachments", []) if one.get("from_url") not in unfurls]
    message["attachments"] = kept + [_shown(call, url, one) for url, one in unfurls.items()]
    messages.save(call.workspace, channel, message)
    events.emit_changed(call.core, channel, message, previous)
    return {}


def _message(call: Call) -> tuple[Channel, Json]:
    """By channel and ts, or by the id that came with `link_shared`."""
    channel_id, ts = call.text("channel"), call.text("ts")
    if call.text("unfurl_id"):
        if not call.text("source"):
            raise ApiError("missing_source")
        channel_id, _, rest = call.text("unfurl_id").partition(".")
        ts = rest.rpartition(".")[0]
    elif not channel_id or not ts:
        raise ApiError("missing_channel" if not channel_id else "missing_ts")
    channel = call.workspace.channels.get(channel_id)
    if channel is None or not call.workspace.may_see(call.bot, channel):
        raise ApiError("cannot_find_channel")
    message = messages.find(call.workspace, channel.id, ts)
    if message is None:
        raise ApiError("cannot_find_message")
    if call.text("unfurl_id") not in {"", links.unfurl_id(channel, message)}:
        raise ApiError("invalid_unfurl_id")
    return channel, message


def _shown(call: Call, url: str, given: Json) -> Json:
    content: Json = posting.content({"attachments": [given]})["attachments"][0]
    about = {"from_url": url, "app_unfurl_url": url, "is_app_unfurl": True}
    return content | about | {"bot_id": call.core.app.bot_id, "app_id": call.core.app.id}
