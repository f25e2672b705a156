"""A text of Slack's as one would read it aloud: people by name, dates and links by their words, no angle brackets."""

import html
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.workspace import Workspace

REFERENCE = re.compile(r"<([@#!]?)([^>|]*)(?:\|([^>]*))?>")
DATE = re.compile(r"date\^(\d+)\^")


def plain(workspace: Workspace, text: str, zone: str = "") -> str:
    """With a zone, dates are the hours of its day; without, they are the words that the app gave for them."""

    def read(found: re.Match[str]) -> str:
        kind, target, label = found.groups()
        if kind == "@":
            person = workspace.people.get(target)
            return f"@{person.real_name}" if person else f"@{label or target}"
        if kind == "#":
            channel = workspace.channels.get(target)
            return f"#{channel.name}" if channel else f"#{label or target}"
        if zone and (date := DATE.match(target)):
            return f"{datetime.fromtimestamp(int(date[1]), UTC).astimezone(ZoneInfo(zone)):%H:%M}"
        return label or target

    return html.unescape(REFERENCE.sub(read, text)).replace("*", "")


def first_line(workspace: Workspace, text: str, length: int = 200, zone: str = "") -> str:
    line = (plain(workspace, text, zone).strip().splitlines() or [""])[0]
    return line if len(line) <= length else f"{line[: length - 1]}…"
