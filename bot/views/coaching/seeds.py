"""Seeds for coaching, as those see them who lead: topics without names, then people of whom there are enough cases."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.rules.coaching.seeds import PersonSeed, SeedKey, SeedSeen
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.coaching import ids
from bot.views.escalations.words import CATEGORIES

TOPICS_SHOWN = 5
PEOPLE_SHOWN = 10


def blocks(seeds: Sequence[SeedSeen], t: Text) -> list[Block]:
    """Nothing if there are none. For `/coach`, below a header of the caller's."""
    topics = [one for one in seeds if one.person is None][:TOPICS_SHOWN]
    people = [one for one in seeds if one.person is not None][:PEOPLE_SHOWN]
    found: list[Block] = []
    if topics:
        found.append(b.section("\n".join(_topic(one, t) for one in topics)))
    for one in people:
        assert one.person
        found += _person(one, one.person, t)
    return found


def value_of(seed: PersonSeed) -> str:
    """A seed as its buttons carry it."""
    key = seed.key
    return f"{key.team_id}:{key.person_id}:{key.topic}:{seed.up_to.timestamp()}"


def read_value(value: str) -> tuple[SeedKey, datetime]:
    """The reverse: whose cases of which topic, and up to when they were counted."""
    team_id, person_id, topic, up_to = value.split(":")
    return SeedKey(team_id, person_id, topic), datetime.fromtimestamp(float(up_to), UTC)


def _topic(one: SeedSeen, t: Text) -> str:
    topic, team = topic_name(one.topic, t), escape(one.team.name)
    return t.n(
        "*{topic}* ({team}): {count} case could have been solved with practice",
        "*{topic}* ({team}): {count} cases could have been solved with practice",
        one.count,
        topic=topic,
        team=team,
    )


def _person(one: SeedSeen, seed: PersonSeed, t: Text) -> Iterator[Block]:
    who, topic = mention(seed.key.person_id), topic_name(one.topic, t)
    told = t.n(
        "{who} · {topic}: {count} case",
        "{who} · {topic}: {count} cases",
        one.count,
        who=who,
        topic=topic,
    )
    value = value_of(seed)
    place = f"{seed.key.team_id}:{seed.key.person_id}:{seed.key.topic}"
    yield b.section(told)
    yield b.actions(
        b.button(t("Write a note"), f"{ids.SEED_WRITE}:{place}", value),
        b.button(t("Not needed"), f"{ids.SEED_DISMISS}:{place}", value),
    )


def topic_name(topic: str, t: Text) -> str:
    """What the category of escalations is called."""
    return t(CATEGORIES[topic]) if topic in CATEGORIES else escape(topic)
