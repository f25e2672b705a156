"""A round as it went, with all that a file tells of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rules.standups.blockers import Blocker
from bot.rules.standups.rounds import Round, Seat


@dataclass(frozen=True, slots=True)
class Held:
    """`sharing` are those whose mood its reader may know."""

    round: Round
    seats: Sequence[Seat]
    blockers: Sequence[Blocker] = ()
    sharing: frozenset[str] = frozenset()
