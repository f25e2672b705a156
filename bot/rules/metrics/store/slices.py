"""By what the numbers of a day are kept together, and how a day's facts become its roll-ups."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bot.rules.metrics.store.bundles import Bundle, Parts

WHOLE = "whole"
PERSON = "person"
CHANNEL = "channel"
TOPIC = "topic"
HOUR = "hour"
_LABEL = "label:"


def label(name: str) -> str:
    """The slice by a label of the source's own, such as its shifts."""
    return _LABEL + name


class Place(NamedTuple):
    """A team's bundle of one slice. `member` is the id of a name for people, two digits for an hour, "" for the whole."""

    team_id: str
    slice: str
    member: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A fact as it is kept: its team and its person are known by ids, and a part with a list has samples. Thousandths."""

    team_id: str
    person: str
    channel: str
    topic: str
    hour: int | None
    labels: Mapping[str, str]
    parts: Parts


@dataclass(frozen=True, slots=True)
class Row:
    """What a roll-up holds: the bundle of one day in one place."""

    day: date
    team_id: str
    member: str
    bundle: Bundle


@dataclass(slots=True)
class DayRolled:
    """All bundles of one day, or those of one slice."""

    only: str = ""
    bundles: dict[Place, Bundle] = field(default_factory=dict)

    def add(self, facts: Iterable[Kept]) -> None:
        """Some thousand at once are fast; more at once are not, and take memory."""
        held: dict[Place, list[Parts]] = {}
        for fact in facts:
            for place in places(fact):
                if not self.only or place.slice == self.only:
                    held.setdefault(place, []).append(fact.parts)
        for place, parts in held.items():
            self.bundles.setdefault(place, Bundle()).add(parts)


def places(fact: Kept) -> Iterator[Place]:
    """Where a fact counts. What a source does not say of it, it is not counted by."""
    team_id = fact.team_id
    yield Place(team_id, WHOLE, "")
    if fact.person:
        yield Place(team_id, PERSON, fact.person)
    if fact.channel:
        yield Place(team_id, CHANNEL, fact.channel)
    if fact.topic:
        yield Place(team_id, TOPIC, fact.topic)
    if fact.hour is not None:
        yield Place(team_id, HOUR, f"{fact.hour:02}")
    for name, value in fact.labels.items():
        if value:
            yield Place(team_id, label(name), value)
