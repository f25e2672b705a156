"""Stand-ups from Slack: `/standup` and its words, and the parts that answer them."""

from dataclasses import dataclass

from bot.views.standups import ids
from bot.views.standups.usage import usage
from handlers.request import Reply, Request
from handlers.router import Router
from handlers.standups import answering, leading, setting, summarising
from handlers.standups.words import Words
from storage.database import Database

PARTS = (answering, summarising, setting, leading)


def register(router: Router, db: Database) -> None:
    command = Command({})
    for part in PARTS:
        part.register(router, db, command.words)
    router.commands[ids.COMMAND] = command.answer


@dataclass(frozen=True, slots=True)
class Command:
    """`words` is empty-keyed for the command alone."""

    words: Words

    async def answer(self, request: Request) -> Reply | None:
        """The first word says what is wanted; the rest is for whoever answers it."""
        first, _space, _rest = request.words.partition(" ")
        handler = self.words.get(first.casefold())
        if handler is None:
            return Reply(text=usage(request.t, "" if first == "help" else request.words))
        return await handler(request)
