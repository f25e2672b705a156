"""The numbers from Slack: `/metrics` and its words, and the parts that answer them."""

from bot.views.metrics import ids
from bot.views.metrics.usage import usage
from handlers.command import Command
from handlers.router import Router
from storage.database import Database


def register(router: Router, _db: Database) -> None:
    command = Command(usage)
    router.commands[ids.COMMAND] = command.answer
