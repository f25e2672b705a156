"""However many kudos there are, a digest and a quiet list read only their own: SQLite says how it would find them."""

from tests.storage.test_standup_plans import sqlite

__all__ = ["sqlite"]
