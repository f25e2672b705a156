"""Stand-ups from Slack: `/standup` and its words, and the parts that answer them."""

from bot.views.standups import ids
from bot.views.standups.usage import usage
from handlers.command import Command
from handlers.router import Router
from handlers.standups import answering, leading, setting, summarising
from storage.database import Database

PARTS = (answering, summarising, setting, leading)


def register(router: Router, db: Database) -> None:
    command = Command(usage)
    for part in PARTS:
        part.register(router, db, command.words)
    router.commands[ids.COMMAND] = command.answer
