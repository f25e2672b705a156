"""What somebody chose of a file: whose and which things, the sheets and columns, and how Excel counts days."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Choice:
    """Empty is all. `kinds`, `states`, `sheets` and `columns` are words of whatever the file is about.

    `without` are the columns and `no_sheets` the sheets that are left out, so that one that comes later is in a file
    that was chosen earlier. With `is_1904` days are counted from 1904, as Excel once did on a Macintosh.
    """

    people: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    no_sheets: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    is_1904: bool = False

    def to_json(self) -> dict[str, Any]:
        """Only what was chosen."""
        lists = {name: list(getattr(self, name)) for name in LISTS}
        held: dict[str, Any] = {name: chosen for name, chosen in lists.items() if chosen}
        return held | ({"is_1904": True} if self.is_1904 else {})

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Self:
        """The reverse of `to_json`."""
        lists = {name: tuple(held.get(name, ())) for name in LISTS}
        return cls(**lists, is_1904=bool(held.get("is_1904")))


LISTS = ("people", "kinds", "states", "no_sheets", "without")
EVERYTHING = Choice()
