"""What is told of thanks: who thanked whom for what, by value, as far as people want to be named."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.rules.kudos.breadth import Breadth
from bot.rules.kudos.giving import Given
from bot.rules.spans import Span

ENOUGH_PRIVATE = 3
"""A smaller number of private thanks would say who got them."""
LEADERS = 5


@dataclass(frozen=True, slots=True)
class Thanks:
    """One public thanks, with those of its receivers who may be named."""

    kudos_id: str
    giver_id: str
    receivers: tuple[str, ...]
    value: str
    reason: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """The thanks in the name of one value, the newest first. Reactions have none."""

    value: str
    thanks: tuple[Thanks, ...]


@dataclass(frozen=True, slots=True)
class Leaders:
    """Who thanked most often, and who was thanked most often: never the one without the other."""

    givers: tuple[tuple[str, int], ...]
    receivers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class About:
    """Whose thanks of which time a message tells. `is_late`: it should have come before."""

    team_id: str
    span: Span
    is_late: bool = False

    def packed(self) -> str:
        """As a card's subject and a button carry it."""
        start, end = (f"{one.timestamp():.0f}" for one in (self.span.start, self.span.end))
        return "|".join([self.team_id, start, end, *(["late"] if self.is_late else [])])


def unpack(packed: str) -> About:
    """The reverse of `About.packed`."""
    team_id, start, end, *late = packed.split("|")
    moments = [datetime.fromtimestamp(int(one), UTC) for one in (start, end)]
    return About(team_id, Span(*moments), bool(late))


@dataclass(frozen=True, slots=True)
class Digest:
    """What was given in a team in some time. `private` is None where the number would say too much."""

    about: About
    groups: tuple[Group, ...]
    breadth: Breadth
    private: int | None = None
    leaders: Leaders | None = None

    @property
    def count(self) -> int:
        return sum(len(one.thanks) for one in self.groups)

    @property
    def is_empty(self) -> bool:
        """Nothing that could be told."""
        return not self.groups and self.private is None


def thanks_of(given: Iterable[Given], unnamed: Collection[str]) -> list[Thanks]:
    """What may be told: public ones, without the receivers who want nobody else to see it. The newest first."""
    by_kudos: defaultdict[str, list[Given]] = defaultdict(list)
    for one in given:
        if one.is_public and one.receiver_id not in unnamed:
            by_kudos[one.kudos_id].append(one)
    found = [
        Thanks(
            first.kudos_id,
            first.giver_id,
            tuple(one.receiver_id for one in some),
            first.value,
            first.reason,
            first.given_at,
        )
        for some in by_kudos.values()
        for first in some[:1]
    ]
    return sorted(found, key=lambda one: (one.given_at, one.kudos_id), reverse=True)


def by_value(thanks: Iterable[Thanks]) -> tuple[Group, ...]:
    """The value with the most thanks first; reactions, which name none, last."""
    found: defaultdict[str, list[Thanks]] = defaultdict(list)
    for one in thanks:
        found[one.value].append(one)
    groups = [Group(value, tuple(some)) for value, some in found.items()]
    return tuple(sorted(groups, key=lambda one: (not one.value, -len(one.thanks), one.value)))


def private_count(given: Iterable[Given]) -> int | None:
    """How many private thanks there were, if that many that nobody is given away."""
    count = len({one.kudos_id for one in given if not one.is_public})
    return count if count >= ENOUGH_PRIVATE else None


def leaders(
    thanks: Iterable[Thanks], unnamed: Collection[str], names: Mapping[str, str]
) -> Leaders:
    """The first few on both sides; equals by name. `unnamed` are on neither."""
    gave, got = Counter[str](), Counter[str]()
    for one in thanks:
        gave[one.giver_id] += 1
        got.update(one.receivers)
    return Leaders(_first(gave, unnamed, names), _first(got, unnamed, names))


def shown_of(groups: Sequence[Group], room: int) -> list[Group]:
    """So many thanks in all, one after the other from each value, so that no value crowds out another."""
    taken = [0] * len(groups)
    while room > 0 and (
        open_ones := [i for i, one in enumerate(groups) if taken[i] < len(one.thanks)]
    ):
        for i in open_ones[:room]:
            taken[i] += 1
        room -= len(open_ones)
    return [Group(one.value, one.thanks[:count]) for one, count in zip(groups, taken, strict=True)]


def _first(
    counts: Mapping[str, int], unnamed: Collection[str], names: Mapping[str, str]
) -> tuple[tuple[str, int], ...]:
    named = [(one, count) for one, count in counts.items() if one not in unnamed]
    named.sort(key=lambda pair: (-pair[1], names.get(pair[0], pair[0]).casefold(), pair[0]))
    return tuple(named[:LEADERS])
