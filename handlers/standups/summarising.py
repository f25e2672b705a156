"""The summary, blockers and notes to the next shift, from Slack."""

from handlers.router import Router
from handlers.standups.words import Words
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    """Nothing yet."""
