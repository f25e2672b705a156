"""Kudos from Slack: `/kudos` and its words, and the parts that answer them."""

from bot.views.kudos import ids
from bot.views.kudos.usage import usage
from handlers.command import Command
from handlers.router import Router
from storage.database import Database


def register(router: Router, db: Database) -> None:  # noqa: ARG001 - the parts take it
    command = Command(usage)
    router.commands[ids.COMMAND] = command.answer
