"""Stories run over both transports and both databases."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import FreshDatabase
from tests.scenarios.stage import Stage, opened

EVERYWHERE = [
    ("socket", "sqlite"),
    ("socket", "postgresql"),
    ("http", "sqlite"),
    ("http", "postgresql"),
]
BOTH_WAYS = [("socket", "sqlite"), ("http", "postgresql")]


@pytest.fixture(params=BOTH_WAYS, ids="-".join)
async def stage(
    request: pytest.FixtureRequest, fresh_database: FreshDatabase
) -> AsyncIterator[Stage]:
    """A workspace with Baton in it. `@pytest.mark.parametrize("stage", EVERYWHERE, indirect=True)` runs all four."""
    transport, kind = request.param
    async with opened(await fresh_database(kind), transport) as stage:
        yield stage
