"""What waits for somebody in coaching, and what is about themselves: sorted, counted, and cut into pages."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.people import Role
from bot.rules.coaching.commitments import Commitment, Promiser
from bot.rules.coaching.notes import Note
from bot.rules.coaching.seeds import SeedSeen

UNREAD_AFTER = timedelta(hours=48)
"""So long a note may be unread before its author is shown it again."""
WAITING_A_PAGE = 12
ABOUT_A_PAGE = 10
PROMISES_A_PAGE = 6
MOST = 100
"""Of each kind of thing; whoever has more waiting finds the rest when these are done."""


class Waits(StrEnum):
    """What is to be done, in the order in which it is shown."""

    TO_READ = "to_read"
    DECIDE = "decide"
    AMEND = "amend"
    FOLLOW_UP = "follow_up"
    MINE_OVERDUE = "mine_overdue"
    THEIRS_OVERDUE = "theirs_overdue"
    UNREAD = "unread"
    DRAFT = "draft"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody with whom no note was shared for long: since when, if ever."""

    person_id: str
    team_id: str
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: a note without its words, a commitment, or somebody who is quiet."""

    waits: Waits
    note: Note | None = None
    commitment: Commitment | None = None
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page of what waits; `counts` are of everything."""

    items: Sequence[Item] = ()
    counts: Mapping[Waits, int] = field(default_factory=dict)
    page: int = 0
    pages: int = 1

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class About:
    """What is about the reader: their open commitments, and a page of the notes that are shared with them.

    Commitments are turned together with the notes, so many a page; `has_more` is of either.
    """

    commitments: Sequence[Commitment] = ()
    settleable: frozenset[str] = frozenset()
    notes: Sequence[Note] = ()
    page: int = 0
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class InboxSeen:
    """`waiting` is None for whom nothing waits and who leads nobody. `may_write` is for those who lead somebody."""

    about: About
    today: date
    waiting: Waiting | None = None
    seeds: Sequence[SeedSeen] = ()
    may_write: bool = False


@dataclass(frozen=True, slots=True)
class Led:
    """Somebody whom the reader may coach, in one team; after `quiet_weeks` without a note they wait. 0 is never."""

    person_id: str
    team_id: str
    quiet_weeks: int


def waiting(items: Iterable[Item], page: int) -> Waiting:
    """In the order of what they are, and within that as they came."""
    ranks = {one: rank for rank, one in enumerate(Waits)}
    found = sorted(items, key=lambda item: ranks[item.waits])
    pages = max(1, -(-len(found) // WAITING_A_PAGE))
    page = min(max(page, 0), pages - 1)
    start = page * WAITING_A_PAGE
    shown = found[start : start + WAITING_A_PAGE]
    return Waiting(shown, Counter(item.waits for item in found), page, pages)


def quiet(led: Iterable[Led], last: Mapping[str, datetime], *, now: datetime) -> list[Quiet]:
    """Each of them once: who never had a note first, then who has waited the longest."""
    found: dict[str, Quiet] = {}
    for one in led:
        at = last.get(one.person_id)
        is_quiet = one.quiet_weeks and (at is None or at < now - timedelta(weeks=one.quiet_weeks))
        if is_quiet:
            found.setdefault(one.person_id, Quiet(one.person_id, one.team_id, at))
    return sorted(
        found.values(), key=lambda one: (one.last is not None, one.last or now, one.person_id)
    )


def my_overdue(commitments: Iterable[Commitment], today: date) -> list[Commitment]:
    """What a lead promised and has not done in time; what they promised as an agent stands with what is about them."""
    return [one for one in commitments if one.promiser is Promiser.LEAD and one.is_overdue(today)]


def coached_in(roles: frozenset[Role], *, is_direct: bool) -> bool:
    """Whom a leader looks after: everybody in a team of their own, and only who manages in those that report to it."""
    return is_direct or Role.MANAGER in roles
