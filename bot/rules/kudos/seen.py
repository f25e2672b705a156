"""Kudos as one reader sees them: the form before it is filled in, and one's own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.rules.kudos.giving import Kudos
from bot.rules.kudos.settings import Taste


@dataclass(frozen=True, slots=True)
class Offered:
    """What the form offers. `team` is whose values these are; `only_private` are those who are thanked in private."""

    values: tuple[str, ...]
    team: str = ""
    left: int = 0
    only_private: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """What is said of one kudos, and who may be named where others read it. `channels` are where they do."""

    kudos: Kudos
    named: tuple[str, ...]
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mine:
    """What one person got and gave, the newest first, and what they chose. `left` is how many they may thank today."""

    got: Sequence[Kudos] = ()
    gave: Sequence[Kudos] = ()
    left: int = 0
    taste: Taste = field(default_factory=lambda: Taste("", ""))
