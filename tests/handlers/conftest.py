"""The router that the tests of handlers share."""

from collections.abc import AsyncIterator

import pytest

from tests.handlers.routing import Stage, opened


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with opened() as stage:
        yield stage
