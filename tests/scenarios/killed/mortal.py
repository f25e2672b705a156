"""A bot in a process of its own that dies where it is told.

Settings come from the environment, as always. `DIE` names a statement and a moment: `before INSERT INTO escalations` is the
last thing before the commit of a transaction with such a statement, `after …` the first thing after it.
"""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot import databases
from bot.app import build
from bot.serving import serve, stop_on_signals
from bot.settings import read
from schedules import delivery, tick
from storage.walls import WorkspaceSession
from tests.scenarios.killed.clock import FileClock


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arrange_death(moment: str, statement: str) -> None:
    """Listen to SQLAlchemy: remember which connection ran the statement, and die around its commit."""
    marked: list[Any] = []

    @event.listens_for(Engine, "before_cursor_execute")
    def remember(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        if statement in sql:
            marked.append(sql)

    @event.listens_for(WorkspaceSession, f"{moment}_commit")
    def around_the_commit(_session: Any) -> None:
        if marked:
            _die()


def live() -> None:
    """Until it is stopped, or dies."""
    if where := os.environ.get("DIE"):
        arrange_death(*where.split(" ", 1))
    asyncio.run(_serve())


async def _serve() -> None:
    # Its clock is moved by another process and wakes nobody, so it looks often.
    delivery.POLL_SECONDS = tick.TICK_SECONDS = 0.1
    settings = read()
    await databases.bring_up_to_date(settings)
    async with build(settings, FileClock(Path(os.environ["CLOCK_FILE"]))) as baton:
        stop_on_signals(baton.stopping)
        await serve(baton)
