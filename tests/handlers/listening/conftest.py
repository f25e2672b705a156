"""A workspace to listen to, and what is logged meanwhile."""

import io
from collections.abc import AsyncIterator, Iterator

import pytest

from sandbox.server import Sandbox
from tests.handlers.listening.ways import MANIFEST, SEED
from tests.written import log_written


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with Sandbox(SEED, MANIFEST) as slack:
        yield slack


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    with log_written() as out:
        yield out
