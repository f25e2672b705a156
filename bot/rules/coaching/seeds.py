"""What escalations teach: cases that practice would have solved, gathered per topic first and per person from three on."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.teams import Team, name_key

BACK = timedelta(days=90)
FEWEST_OF_TOPIC = 2
FEWEST_OF_PERSON = 3


@dataclass(frozen=True, slots=True)
class Practice:
    """A resolved case that its reporter could have solved alone with practice."""

    case: int
    team_id: str
    topic: str
    person_id: str
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class SeedKey:
    """Whose cases of which topic, in which team."""

    team_id: str
    person_id: str
    topic: str


@dataclass(frozen=True, slots=True)
class TopicSeed:
    """So many cases of a team's topic: nobody is named."""

    team_id: str
    topic: str
    count: int


@dataclass(frozen=True, slots=True)
class PersonSeed:
    """Enough cases of one person and topic for a note. `up_to` is when the newest was closed."""

    key: SeedKey
    cases: tuple[int, ...]
    up_to: datetime


@dataclass(frozen=True, slots=True)
class SeedSeen:
    """One seed as a leader sees it: a topic of a team, and if `person` is there, of one of its agents."""

    team: Team
    topic: str
    count: int
    person: PersonSeed | None = None


def by_topic(found: Iterable[Practice]) -> list[TopicSeed]:
    """The most frequent first."""
    counts = Counter((one.team_id, one.topic) for one in found)
    return [
        TopicSeed(team_id, topic, count)
        for (team_id, topic), count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        if count >= FEWEST_OF_TOPIC
    ]


def by_person(found: Iterable[Practice], settled: Mapping[SeedKey, datetime]) -> list[PersonSeed]:
    """Those of whom there are enough cases since a note was made of them, or not wanted: `settled` says up to when."""
    gathered: defaultdict[SeedKey, list[Practice]] = defaultdict(list)
    for one in found:
        key = SeedKey(one.team_id, one.person_id, one.topic)
        if key not in settled or one.closed_at > settled[key]:
            gathered[key].append(one)
    return [
        PersonSeed(
            key,
            tuple(one.case for one in sorted(some, key=lambda one: one.closed_at)),
            max(one.closed_at for one in some),
        )
        for key, some in sorted(
            gathered.items(),
            key=lambda one: (-len(one[1]), one[0].team_id, one[0].person_id, one[0].topic),
        )
        if len(some) >= FEWEST_OF_PERSON
    ]


def matching(skills: Sequence[str], topic: str) -> str:
    """The team's skill that is called like this topic, or nothing."""
    wanted = name_key(topic)
    return next((one for one in skills if wanted and name_key(one) in wanted), "")
