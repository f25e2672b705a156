"""Kudos from Slack: `/kudos` and its words, and the parts that answer them."""

from bot.views.kudos import ids
from bot.views.kudos.usage import usage
from handlers.command import Command
from handlers.kudos import exporting, giving, leading, mine, reacting, setting
from handlers.router import Router
from storage.database import Database

PARTS = (giving, mine, reacting, leading, exporting, setting)


def register(router: Router, db: Database) -> None:
    command = Command(usage)
    for part in PARTS:
        part.register(router, db, command.words)
    router.commands[ids.COMMAND] = command.answer
