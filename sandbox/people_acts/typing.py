"""What Slack makes of what a person typed: escapes, mentions, links."""

import re

from sandbox.workspace import Workspace

BROADCASTS = {"channel", "here", "everyone"}
MENTION = re.compile(r"(?<![\w<&;])([@#])([\w][\w.-]*\w|\w)")
LINK = re.compile(r"(?<![<|\w])(https?://[^\s<>|]+)")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_message(workspace: Workspace, text: str) -> str:
    linked = LINK.sub(r"<\1>", escaped(text))
    return MENTION.sub(lambda match: _mention(workspace, match, named=False), linked)


def in_command(workspace: Workspace, text: str, *, should_escape: bool) -> str:
    """Commands get mentions as ids only if their manifest asks for it, and then with names."""
    if not should_escape:
        return text
    return MENTION.sub(lambda match: _mention(workspace, match, named=True), escaped(text))


def as_typed(workspace: Workspace, text: str) -> str:
    """The reverse of the two above: what stood in the box before it was sent."""
    bare = re.sub(r"<([@#!])([^>|]+)(?:\|[^>]*)?>", lambda found: _name(workspace, found), text)
    bare = re.sub(r"<(https?://[^>|]+)(?:\|[^>]*)?>", r"\1", bare)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _name(workspace: Workspace, found: re.Match[str]) -> str:
    sign, wanted = found.groups()
    if sign == "@" and wanted in workspace.people:
        return f"@{workspace.people[wanted].name}"
    if sign == "#" and wanted in workspace.channels:
        return f"#{workspace.channels[wanted].name}"
    group = workspace.usergroups.get(wanted.removeprefix("subteam^"))
    return f"@{group.handle}" if group else f"@{wanted}"


def _mention(workspace: Workspace, match: re.Match[str], *, named: bool) -> str:
    sign, name = match.groups()
    if sign == "#":
        channel = workspace.channel_named(name)
        if channel is None:
            return match.group()
        return f"<#{channel.id}|{channel.name if channel.kind == 'channel' else ''}>"
    person = workspace.person_named(name)
    if person is not None:
        return f"<@{person.id}|{person.name}>" if named else f"<@{person.id}>"
    if name in BROADCASTS:
        return f"<!{name}>"
    for group in workspace.usergroups.values():
        if group.handle == name:
            return f"<!subteam^{group.id}|@{group.handle}>"
    return match.group()
