"""Which cases a list shows, in which order, and where a page of it begins."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Listing(StrEnum):
    """Which list. All but the resolved are of unfinished cases, the most urgent first; the resolved are newest first."""

    OPEN = "open"
    MINE = "mine"
    UNCLAIMED = "unclaimed"
    WAITING = "waiting"
    BREACHING = "breaching"
    RETURNED = "returned"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody wants to see. No team: all of which they may see something. No severity: every one."""

    listing: Listing = Listing.OPEN
    team_id: str = ""
    severity: str = ""

    def packed(self) -> str:
        """As a form and its buttons carry it."""
        return json.dumps(asdict(self), separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Turn:
    """A page: what comes after a case, or before it, in the list's order. `moment` is what the list is ordered by.

    Neither a number nor an offset: however far somebody turns, a page costs the same, and one that is closed meanwhile
    makes nobody miss another.
    """

    id: int
    moment: datetime | None
    is_back: bool = False
    page: int = 1

    def packed(self) -> str:
        moment = self.moment.astimezone(UTC).isoformat() if self.moment else ""
        return f"{'<' if self.is_back else '>'}|{self.page}|{self.id}|{moment}"


def unpack_filter(packed: str) -> Filter:
    """The reverse of `Filter.packed`; also of a list's bare name, as buttons outside of lists carry it."""
    if packed in set(Listing):
        return Filter(Listing(packed))
    held = json.loads(packed)
    return Filter(Listing(held["listing"]), held["team_id"], held["severity"])


def unpack_turn(packed: str) -> Turn:
    """The reverse of `Turn.packed`."""
    sign, page, number, moment = packed.split("|")
    at = datetime.fromisoformat(moment) if moment else None
    return Turn(int(number), at, sign == "<", int(page))
