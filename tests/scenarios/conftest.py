"""Stories run over both transports and both databases: in `make test` each story over one of two pairs, in `make soak` over both."""

from collections.abc import AsyncIterator
from zlib import crc32

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A story is dear. Which of the two pairs it runs over is by its name, so that both have about half of them.

    A story that chooses its own pairs, since they matter to it, runs over all that it has chosen.
    """
    for item in items:
        if not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
            continue
        chosen = any("stage" in str(mark.args[0]) for mark in item.iter_markers("parametrize"))
        pair = None if chosen else item.callspec.params.get("stage")
        if pair in BOTH_WAYS and BOTH_WAYS.index(pair) != crc32(item.originalname.encode()) % 2:
            item.add_marker(pytest.mark.soak)


@pytest.fixture(params=BOTH_WAYS, ids="-".join)
async def stage(
    request: pytest.FixtureRequest, fresh_database: FreshDatabase
) -> AsyncIterator[Stage]:
    """A workspace with Baton in it. `@pytest.mark.parametrize("stage", EVERYWHERE, indirect=True)` runs all four."""
    transport, kind = request.param
    async with opened(await fresh_database(kind), transport) as stage:
        yield stage
