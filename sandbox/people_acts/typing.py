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
