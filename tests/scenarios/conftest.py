"""Stories run over both transports and both databases: in `make test` each story over one of two pairs, in `make soak` over the other."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import FreshDatabase
from tests.patience import PATIENT
from tests.scenarios.stage import Stage, opened
from tests.thrift import leave_the_rest_to_the_soak

EVERYWHERE = [
    ("socket", "sqlite"),
    ("socket", "postgresql"),
    ("http", "sqlite"),
    ("http", "postgresql"),
]
BOTH_WAYS = [("socket", "sqlite"), ("http", "postgresql")]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A story is dear."""
    leave_the_rest_to_the_soak(items, "stage", BOTH_WAYS)


@pytest.fixture(params=BOTH_WAYS, ids="-".join)
async def stage(
    request: pytest.FixtureRequest, fresh_database: FreshDatabase
) -> AsyncIterator[Stage]:
    """A workspace with Baton in it. `@pytest.mark.parametrize("stage", EVERYWHERE, indirect=True)` runs all four."""
    transport, kind = request.param
    async with opened(await fresh_database(kind), transport, PATIENT) as stage:
        yield stage
