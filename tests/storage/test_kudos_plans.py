"""However many kudos there are, a digest and a quiet list read only their own: SQLite says how it would find them."""

from datetime import timedelta

import pytest

from bot.people import Role
from storage import kudos
from storage.database import Database, Tx
from tests.cast import BILLING, NOON, WORKSPACE
from tests.storage.test_standup_plans import plans, reads_all, sqlite

__all__ = ["sqlite"]
