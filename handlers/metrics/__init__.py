"""The numbers from Slack: `/metrics` and its words, and the parts that answer them."""

from bot.views.metrics import ids
from bot.views.metrics.usage import usage
from handlers.command import Command
from handlers.metrics import (
    alerting,
    building,
    defining,
    exporting,
    importing,
    linking,
    looking,
    noting,
    programs,
    setting,
    targeting,
)
from handlers.router import Router
from storage.database import Database

PARTS = (
    alerting,
    building,
    defining,
    exporting,
    importing,
    linking,
    looking,
    noting,
    programs,
    setting,
    targeting,
)


def register(router: Router, db: Database) -> None:
    command = Command(usage)
    for part in PARTS:
        part.register(router, db, command.words)
    router.commands[ids.COMMAND] = command.answer
