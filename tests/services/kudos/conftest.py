"""The floor of every story about kudos."""

import pytest

from storage.database import Database
from tests.services.kudos.acting import set_up


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    """Billing, whose channel reads what is public, and Shipping, which has none."""
    await set_up(db)
