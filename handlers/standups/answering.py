"""Answering from Slack: the form, one click, a plain reply, and what is said ahead."""

from handlers.router import Router
from handlers.standups.words import Words
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    """Nothing yet."""
