"""Coaching from Slack: `/coach` and its words, and the parts that answer them."""

from bot.views.coaching import ids
from bot.views.coaching.usage import usage
from handlers.coaching import (
    drafts,
    exporting,
    inbox,
    my_data,
    promising,
    reading,
    seeds,
    setting,
    writing,
)
from handlers.command import Command
from handlers.router import Router
from storage.database import Database

PARTS = (drafts, exporting, inbox, my_data, promising, reading, seeds, setting, writing)


def register(router: Router, db: Database) -> None:
    command = Command(usage)
    for part in PARTS:
        part.register(router, db, command.words)
    router.commands[ids.COMMAND] = command.answer
