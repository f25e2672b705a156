"""A command whose words are answered by the parts of its feature: each part puts in those that it knows."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.text import Text
from handlers.request import Reply, Request
from handlers.router import Handler

Words = dict[str, Handler]
"""Handlers by the first word after the command: `""` for the command alone, `PEOPLE` for one that names people."""

PEOPLE = "@"
MENTION = re.compile(r"<@(\w+)(?:\|[^>]*)?>")
"""As Slack sends somebody who was named in a command."""

Usage = Callable[[Text, str], str]
"""What the command can do; its second argument is what was typed and is not known, or empty."""


@dataclass(frozen=True, slots=True)
class Command:
    usage: Usage
    words: Words = field(default_factory=dict)

    async def answer(self, request: Request) -> Reply | None:
        """The first word says what is wanted; the rest is for whoever answers it."""
        first = request.words.split(maxsplit=1)[0] if request.words else ""
        word = PEOPLE if MENTION.match(first) else first.casefold()
        handler = self.words.get(word)
        if handler is None:
            return Reply(text=self.usage(request.t, "" if word == "help" else request.words))
        return await handler(request)
