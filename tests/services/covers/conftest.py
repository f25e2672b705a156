"""The floor of every story about cover."""

import pytest

from bot.services import shifts
from storage.database import Database
from tests.cast import (
    BILLING,
    BOB,
    NOON,
)
from tests.services.covers.acting import EARLY
from tests.services.floor import furnish


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    """Alice and Bob work from eight to four; Ben, who leads beside Bob, and Mara are free."""
    await furnish(db)
    await shifts.add_pattern(db, BOB, BILLING, EARLY, key="floor", now=NOON)
