"""How many cases somebody holds, shown before another is claimed, so that it goes to who has room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Load:
    """One person's cases: how many, and when the next of them is due. `name` is how they are called."""

    person_id: str
    name: str
    cases: int = 0
    next_due: datetime | None = None


def heaviest_first(loads: Iterable[Load]) -> list[Load]:
    """Who holds most comes first; nobody is listed while all hands are free."""
    found = sorted(loads, key=lambda one: (-one.cases, one.name, one.person_id))
    return found if any(one.cases for one in found) else []
