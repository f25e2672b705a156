"""What was heard: once each, in its workspace, for a week."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.errors import AlreadyHeard
from bot.services.transaction import heard_once
from storage import inbox
from storage.database import Database
from storage.inbox import InboxRow
from tests.cast import NOON, WORKSPACE


async def test_a_repeat_is_refused_and_a_request_whose_work_failed_is_not(db: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with heard_once(db, WORKSPACE, "event:1", now=NOON):
            _ = 1 // 0
    async with heard_once(db, WORKSPACE, "event:1", now=NOON):
        pass
    with pytest.raises(AlreadyHeard, match="event:1"):
        async with heard_once(db, WORKSPACE, "event:1", now=NOON):
            raise AssertionError("It was done twice.")


async def test_the_same_key_in_another_workspace_is_another_request(db: Database) -> None:
    for workspace_id in (WORKSPACE, "T0OTHER"):
        async with heard_once(db, workspace_id, "event:1", now=NOON):
            pass


async def test_old_keys_are_forgotten_a_few_at_a_time(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        for n in range(10):
            await inbox.check_new(tx, f"k{n}", now=NOON + timedelta(hours=n))
    async with db.write(WORKSPACE) as tx:
        assert await inbox.forget_before(tx, NOON + timedelta(hours=5), limit=3) == 3
        assert await inbox.forget_before(tx, NOON + timedelta(hours=5), limit=3) == 2
    async with db.read(WORKSPACE) as tx:
        assert await tx.scalar(select(func.count()).select_from(InboxRow)) == 5
