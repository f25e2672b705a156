"""Everybody's own view, and what leads see in private, from Slack: `/standup`, `report`, `export`."""

from handlers.router import Router
from handlers.standups.words import Words
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    """Nothing yet."""
