"""Links in what people write: the app hears of those to its own domains, and may show what is behind them."""

import hashlib
import re
from urllib.parse import urlsplit

from sandbox import events
from sandbox.core import Core
from sandbox.kinds import Channel, Json

LINK = re.compile(r"<(https?://[^>|]+)(?:\|[^>]*)?>")


def shared(core: Core, channel: Channel, message: Json) -> None:
    """Tell the app of the links to the domains in its manifest: `link_shared`."""
    links = [{"url": one, "domain": _domain(one)} for one in own(core, message)]
    if not links:
        return
    event: Json = {
        "type": "link_shared",
        "user": message["user"],
        "channel": channel.id,
        "message_ts": message["ts"],
        "is_bot_user_member": core.app.bot_user_id in channel.members,
        "links": links,
        "unfurl_id": unfurl_id(channel, message),
        "source": "conversations_history",
    }
    if "thread_ts" in message:
        event["thread_ts"] = message["thread_ts"]
    events.emit(core, event)


def own(core: Core, message: Json) -> list[str]:
    """The links in a message that the app may unfurl, each once."""
    found = dict.fromkeys(LINK.findall(str(message.get("text", ""))))
    return [one for one in found if _is_own(core, _domain(one))]


def unfurl_id(channel: Channel, message: Json) -> str:
    text = f"{channel.id}.{message['ts']}"
    return f"{text}.{hashlib.sha256(text.encode()).hexdigest()}"


def _is_own(core: Core, domain: str) -> bool:
    return any(domain == one or domain.endswith(f".{one}") for one in core.app.unfurl_domains)


def _domain(link: str) -> str:
    return urlsplit(link).hostname or ""
