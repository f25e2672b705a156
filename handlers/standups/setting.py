"""Setting stand-ups up from Slack: `/standup setup`, its forms, and the calendar that is looked at before saving."""

from handlers.router import Router
from handlers.standups.words import Words
from storage.database import Database


def register(router: Router, db: Database, words: Words) -> None:
    """Nothing yet."""
