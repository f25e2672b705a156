"""How a service opens its transaction: one workspace, one request heard once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from storage import inbox
from storage.database import Database, Tx


@asynccontextmanager
async def heard_once(
    db: Database, workspace_id: str, key: str, *, now: datetime
) -> AsyncIterator[Tx]:
    """A transaction that also remembers the request. Raises AlreadyHeard if it was handled before.

    `key` is the inbox key of what was heard; the handlers' router makes it from the payload.
    """
    async with db.write(workspace_id) as tx:
        await inbox.check_new(tx, key, now=now)
        yield tx
