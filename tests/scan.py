"""Looking for words where they must not be: in files, in tables, in logs and in what Slack was told, in every disguise."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import String, cast, func, inspect, literal_column, select, table

from sandbox.server import Sandbox
from storage.database import Database


def disguises(marker: str) -> list[bytes]:
    """How a text may stand in bytes: encoded, escaped as JSON or in an address, in hex as databases print it, in base64."""
    found = [marker.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    found.append(json.dumps(marker)[1:-1].encode())
    found.append(quote(marker).encode())
    found += [one.hex().encode() for one in found[:3]]
    found += [inside for one in found[:3] for inside in _in_base64(one)]
    return list(dict.fromkeys(found))


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """What stands in the middle whichever of three ways the bytes before it fall; the ends depend on the neighbours."""
    for before in range(3):
        encoded = b64encode(bytes(before) + plain)
        first, last = -(-before * 4 // 3), (before + len(plain)) // 3 * 4
        yield encoded[first:last]
        yield encoded[first:last].replace(b"+", b"-").replace(b"/", b"_")


def _beginning(markers: Sequence[str]) -> str:
    """With what all of them begin."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(min(markers), max(markers), strict=False))
    return "".join(letter for letter, _other in same)


@dataclass
class Scan:
    """`markers` are words that must be nowhere; `found` is where they were, with how they were disguised."""

    markers: Sequence[str]

    def __post_init__(self) -> None:
        self.found: list[str] = []
        self._sought = [(marker, way) for marker in self.markers for way in disguises(marker)]
        self._common = disguises(_beginning(self.markers))
        """Where nothing is of what all of them begin with, none of them is."""

    def look(self, where: str, held: bytes) -> None:
        lowered = held.lower()  # hex and percent signs come in both cases
        if not any(way in held or way.lower() in lowered for way in self._common):
            return
        self.found += [
            f"{marker} in {where} as {way!r}"
            for marker, way in self._sought
            if way in held or way.lower() in lowered
        ]

    def look_at_texts(self, where: str, texts: Iterable[str]) -> None:
        for one in texts:
            self.look(where, one.encode())

    async def look_into(self, db: Database) -> int:
        """Every byte of the files of SQLite, and every row of every table as text. Returns how much was looked at."""
        seen = 0
        if db.is_sqlite:
            file = Path(str(db.url.database))
            for one in sorted(file.parent.glob(f"{file.name}*")):
                self.look(one.name, held := one.read_bytes())
                seen += len(held)
        for name, rows in (await _dump(db)).items():
            self.look_at_texts(f"the table {name}", rows)
            seen += len("".join(rows))
        return seen

    def look_at_calls(self, slack: Sandbox) -> None:
        """Views may show it, to whoever opens them, and carry nothing of it along; nothing else may hold it."""
        for one in slack.log:
            if (
                one.kind == "delivery"
            ):  # what people typed is sent to the bot; what counts is what it answers
                self.look_at_call(f"the answer to {one.name}", one.answer)
            else:
                self.look_at_call(one.name, one.sent)

    def look_at_call(self, name: str, body: object) -> None:
        for path, value in _leaves(body):
            is_shown = "view" in path and "private_metadata" not in path
            if not is_shown:
                self.look(f"{name} {'.'.join(path)}", value.encode())


async def _dump(db: Database) -> dict[str, list[str]]:
    """Every table of the database, ours or not, each row as one text."""
    async with db.maintaining() as connection:
        names = await connection.run_sync(lambda one: inspect(one).get_table_names())
        found = {}
        for name in names:
            whole: Any = literal_column("*")
            if not db.is_sqlite:
                whole = cast(func.to_json(literal_column(f'"{name}".*')), String)
            rows = await connection.execute(select(whole).select_from(table(name)))
            found[name] = [" ".join(map(_printed, row)) for row in rows]
        return found


def _printed(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _leaves(thing: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text in it, with the names that lead there. A text that holds JSON is looked into."""
    if isinstance(thing, dict):
        for name, inner in thing.items():
            yield from _leaves(inner, (*path, str(name)))
    elif isinstance(thing, list):
        for inner in thing:
            yield from _leaves(inner, path)
    elif isinstance(thing, str) and thing[:1] in {"{", "["} and _is_json(thing):
        yield from _leaves(json.loads(thing), path)
    else:
        yield path, str(thing)


def _is_json(written: str) -> bool:
    try:
        json.loads(written)
    except ValueError:
        return False
    return True
