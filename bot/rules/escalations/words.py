"""What people type, made safe to keep and to compare, before anybody judges it."""

import re
from urllib.parse import urlsplit

MESSAGE_LINK = re.compile(r"<(?:[@#!][^>|]*|[a-z]+:[^>|]*)(?:\|([^>]*))?>")
TICKET_IN_TEXT = re.compile(r"https?://[^\s<>|]+|\b[A-Z]{2,10}-\d+\b|#\d{3,}\b")


def clean(text: str | None) -> str:
    """Without blanks around it and without what no database can keep (NUL, half a surrogate pair)."""
    kept = (text or "").replace("\x00", "").encode("utf-8", "ignore").decode()
    return kept.strip()


def is_link(text: str) -> bool:
    """Whether the whole text is one web address."""
    if any(blank in text for blank in " \n\t<>"):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def ticket_key(ticket: str) -> str:
    """What two ways of writing the same ticket have in common: `#48213`, `48213 `; a link with or without `/`."""
    if is_link(ticket):
        return ticket.partition("#")[0].rstrip("/").casefold()
    return "".join(ticket.split()).lstrip("#").casefold()


def from_message(text: str) -> str:
    """A Slack message as the plain words that its author typed: links and mentions become their labels."""
    bare = MESSAGE_LINK.sub(_label, text)
    return clean(bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def find_ticket(text: str) -> str:
    """The first thing in a message that looks like a ticket, or nothing."""
    found = TICKET_IN_TEXT.search(text)
    return found.group().rstrip(".,;:)") if found else ""


def _label(found: "re.Match[str]") -> str:
    inside = found.group()[1:-1].partition("|")[0]
    if inside.startswith(("@", "#", "!")):
        return found.group(1) or ""
    return inside.removeprefix("mailto:")
