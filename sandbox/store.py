"""Where a workspace survives a restart: one SQLite file, written through, a JSON row per thing."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sandbox.kinds import Json

SCHEMA = """
CREATE TABLE IF NOT EXISTS things (kind TEXT, id TEXT, body TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bytes (id TEXT PRIMARY KEY, body BLOB);
"""


class Store:
    """Every write is committed at once, so that a killed process loses nothing.

    Without a path nothing is written: what a test did is gone with it.
    """

    def __init__(self, path: Path | None) -> None:
        self._db: sqlite3.Connection | None = None
        self._bytes: dict[str, bytes] = {}
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            # The kernel keeps what a killed process wrote; only a power cut could take it.
            self._db.execute("PRAGMA synchronous=OFF")
            self._db.executescript(SCHEMA)

    def put(self, kind: str, key: str, body: Json) -> None:
        if self._db is not None:
            row = (kind, key, json.dumps(body))
            self._db.execute("INSERT OR REPLACE INTO things VALUES (?, ?, ?)", row)

    def drop(self, kind: str, key: str) -> None:
        if self._db is not None:
            self._db.execute("DELETE FROM things WHERE kind = ? AND id = ?", (kind, key))

    def all(self, kind: str) -> Iterator[tuple[str, Json]]:
        if self._db is not None:
            query = "SELECT id, body FROM things WHERE kind = ? ORDER BY id"
            for key, body in self._db.execute(query, (kind,)):
                yield key, json.loads(body)

    def put_bytes(self, key: str, body: bytes) -> None:
        if self._db is None:
            self._bytes[key] = body
        else:
            self._db.execute("INSERT OR REPLACE INTO bytes VALUES (?, ?)", (key, body))

    def find_bytes(self, key: str) -> bytes | None:
        if self._db is None:
            return self._bytes.get(key)
        row = self._db.execute("SELECT body FROM bytes WHERE id = ?", (key,)).fetchone()
        return bytes(row[0]) if row else None

    def close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None
