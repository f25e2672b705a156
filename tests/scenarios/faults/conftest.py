"""Stories of faults run on SQLite: what the database does is another folder's matter. Both transports where it matters."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import FreshDatabase
from tests.patience import PATIENT
from tests.scenarios.stage import Stage, opened

BOTH_TRANSPORTS = pytest.mark.parametrize("stage", ["socket", "http"], indirect=True)


@pytest.fixture
async def stage(
    request: pytest.FixtureRequest, fresh_database: FreshDatabase
) -> AsyncIterator[Stage]:
    """Over HTTP, unless a story asks for the socket too."""
    transport = getattr(request, "param", "http")
    async with opened(await fresh_database("sqlite"), transport, PATIENT) as stage:
        yield stage
