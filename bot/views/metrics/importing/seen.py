"""What views of imports are given."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.rules.metrics.importing.asking.questions import Question
from bot.rules.metrics.importing.files import Decided, Look, Outcome
from bot.rules.metrics.importing.imports import Import
from bot.rules.teams import Team


@dataclass(slots=True)
class Seen:
    """`team` is whose numbers it holds where a line says nothing else, `teams` those that its reader may choose.

    `already` is the import that holds the same file. `is_open`: its reader may look into it, and decide about it.
    """

    import_: Import
    team: Team | None
    teams: Sequence[Team] = ()
    look: Look | None = None
    decided: Decided | None = None
    questions: tuple[Question, ...] = ()
    outcome: Outcome | None = None
    already: Import | None = None
    may_undo: bool = False
    is_open: bool = False

    @property
    def is_ready(self) -> bool:
        """Nothing is left to be said before it is read."""
        decided = self.decided
        return bool(
            decided
            and decided.has_team
            and not self.questions
            and not decided.mapping.problems()
            and not self.is_empty
        )

    @property
    def is_empty(self) -> bool:
        """Nothing stands below the header."""
        return self.look is not None and not self.look.lines


@dataclass(frozen=True, slots=True)
class Listed:
    """The newest imports; `may_undo` are the ids of those that the reader may take back."""

    teams: Sequence[Team]
    imports: Sequence[Import]
    may_undo: Collection[str] = ()
