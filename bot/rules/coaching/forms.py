"""What a form of coaching shows besides what was typed: teams, skills, and what can be carried over."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rules.coaching.commitments import Commitment
from bot.rules.coaching.notes import Note
from bot.rules.teams import Team


@dataclass(frozen=True, slots=True)
class FormSeen:
    """For one reader: `teams` are those in which they may coach the chosen agent, and `team` is the chosen one of them.

    `earlier` are the open commitments of earlier notes of these two. `kept` is the draft that is edited, if any.
    """

    agent_id: str = ""
    teams: Sequence[Team] = ()
    team: Team | None = None
    skills: Sequence[str] = ()
    earlier: Sequence[Commitment] = ()
    kept: Note | None = None


@dataclass(frozen=True, slots=True)
class DraftSeen:
    """A draft as it will be read, with what is planned in it."""

    note: Note
    commitments: Sequence[Commitment]
