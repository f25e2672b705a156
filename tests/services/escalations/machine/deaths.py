"""How a process dies in the middle of something: at one of its statements, or on the brink of its commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from storage.database import Database

AT_COMMIT = 99
"""Later than any statement: then it dies at the commit."""


class Died(BaseException):
    """The process is no more. Nothing that it does about errors is done."""


@contextmanager
def dying(db: Database, statement: int, *, gone: bool = False) -> Iterator[None]:
    """Before this statement of a writing transaction, or before its first commit, whichever comes first.

    `gone`: the process lives, but the database does not answer this statement.
    """
    left = [statement]

    def end() -> None:
        left[0] = 0
        if gone:
            raise OperationalError(None, None, ConnectionError("cut"))
        raise Died

    def count(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            end()

    def commit(connection: Any) -> None:
        if not gone and left[0] > 0 and connection.get_execution_options().get("writes"):
            end()

    engine = db.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", commit)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", count)
        event.remove(engine, "commit", commit)
