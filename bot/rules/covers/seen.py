"""What one reader is shown of cover: already cut to what they may see and do."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rules.covers.requests import Cover
from bot.rules.spans import Span
from bot.rules.teams import Team


@dataclass(frozen=True, slots=True)
class Coverable:
    """A shift of which cover can be asked."""

    team: Team
    span: Span


@dataclass(frozen=True, slots=True)
class CoverSeen:
    """A request, without its reason for those who may not read it, and what the reader may do with it."""

    cover: Cover
    team: Team
    may_take: bool = False
    may_cancel: bool = False
    may_arrange: bool = False
    may_undo: bool = False

    @property
    def concerns_reader(self) -> bool:
        return self.may_take or self.may_cancel or self.may_arrange or self.may_undo


@dataclass(frozen=True, slots=True)
class CoversSeen:
    """What `/baton cover` opens with: the coming shifts of `person_id`, and what is asked for in the reader's teams.

    `may_arrange` says that the reader can ask for others.
    """

    person_id: str
    shifts: Sequence[Coverable] = ()
    asked: Sequence[CoverSeen] = ()
    may_arrange: bool = False
