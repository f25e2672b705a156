"""When thanks look less honest than they should be. It is a hint for one manager, and may be perfectly fine."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.rules.kudos.drafts import normalised
from bot.rules.kudos.flags import FlagKind
from bot.rules.kudos.giving import Kudos

LOOKED_AT = timedelta(days=30)
SAME_TIMES = 3
EACH_OTHER_TIMES = 4
EACH_WAY = 2


@dataclass(frozen=True, slots=True)
class Noticed:
    """Thanks that say the same, or that went between the same two people. `about` is what they have in common."""

    kind: FlagKind
    giver_id: str
    receiver_id: str
    team_id: str
    about: tuple[str, ...]
    found: tuple[Kudos, ...]

    @property
    def is_public(self) -> bool:
        """Whether nothing of it was in private."""
        return all(one.is_public for one in self.found)

    @property
    def example(self) -> Kudos:
        """One of them; a private one if there is any, so that whoever shows names by it shows none of those."""
        return next((one for one in self.found if not one.is_public), self.found[0])

    def id(self, now: datetime) -> str:
        """The same for the same thing within a month. The words themselves cannot be read from it."""
        parts = "\n".join((self.kind, *self.about, f"{now:%Y-%m}"))
        return blake2b(parts.encode(), digest_size=16).hexdigest()


def noticed(
    kudos: Kudos, given: Sequence[Kudos], back: Mapping[str, Sequence[Kudos]]
) -> Iterator[Noticed]:
    """What is to be said of these thanks: `given` is all that the giver gave lately, `back` what each receiver did."""
    giver = kudos.giver_id
    if alike := same_words(kudos, given):
        words = (giver, normalised(kudos.reason))
        yield Noticed(FlagKind.SAME_WORDS, giver, "", kudos.team_id, words, tuple(alike))
    for receipt in kudos.receipts:
        other = receipt.receiver_id
        if both := each_other(giver, other, given, back[other]):
            pair = tuple(sorted((giver, other)))
            yield Noticed(FlagKind.EACH_OTHER, giver, other, receipt.team_id, pair, tuple(both))


def same_words(kudos: Kudos, given: Sequence[Kudos]) -> list[Kudos]:
    """Those of the giver's thanks that say the same as these, itself too; none if they are fewer than three."""
    words = normalised(kudos.reason)
    found = [one for one in given if words and normalised(one.reason) == words]
    return found if len(found) >= SAME_TIMES else []


def each_other(
    giver_id: str, receiver_id: str, given: Sequence[Kudos], back: Sequence[Kudos]
) -> list[Kudos]:
    """What went between two people, if it is more than half of what either of them gave to anybody; else none.

    `given` is all that the one gave, `back` all that the other did.
    """
    there = [one for one in given if receiver_id in one.receivers]
    again = [one for one in back if giver_id in one.receivers]
    if min(len(there), len(again)) < EACH_WAY or len(there) + len(again) < EACH_OTHER_TIMES:
        return []
    if any(2 * len(some) <= _thanked(whole) for some, whole in ((there, given), (again, back))):
        return []
    return [*there, *again]


def _thanked(given: Sequence[Kudos]) -> int:
    return sum(len(one.receivers) for one in given)
