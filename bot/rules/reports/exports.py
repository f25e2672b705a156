"""A file that somebody wants: asked for, being made, handed over to be sent, or given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.rules.reports.asked import About, Asked

LEASE = timedelta(minutes=2)
"""How long nobody else makes it after the last sign of progress."""
MOST_TRIES = 6
MOST_ROWS = 50_000
MOST_NOTES = 300_000
"""More than that, with all that was promised in them, do not fit a sheet."""
MOST_LISTED: Mapping[About, int] = {
    About.ESCALATIONS: MOST_ROWS,
    About.STANDUPS: MOST_ROWS,
    About.COACHING: MOST_NOTES,
    About.KUDOS: MOST_ROWS,
}
"""Of numbers whole sheets are left out instead, and the file says which."""
LONG = 2_000
"""Of more cases than this, its progress is told."""


class ExportState(StrEnum):
    WANTED = "wanted"
    MADE = "made"  # Slack has it, and the outbox shows it to who asked
    FAILED = "failed"
    CANCELLED = "cancelled"  # by who asked for it, before it was made


class Trouble(StrEnum):
    """Why there is no file."""

    NO_SCOPE = "no_scope"  # Slack does not let Baton send files
    NOT_ALLOWED = "not_allowed"  # who asked may not see these reports any more
    SLACK = "slack"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Export:
    """Who wanted what, when, and what became of it: the row is also the log. It is never deleted.

    `tries` counts how often it was begun, and belongs to whoever began it last: an older one has lost it. `done` of
    `total` cases are written.
    """

    workspace_id: str
    id: str
    asked_by: str
    asked_at: datetime
    asked: Asked
    state: ExportState = ExportState.WANTED
    tries: int = 0
    not_before: datetime | None = None
    total: int = 0
    done: int = 0
    file_id: str = ""
    trouble: Trouble | None = None
    finished_at: datetime | None = None

    @property
    def is_long(self) -> bool:
        return self.total > LONG

    @property
    def file_key(self) -> str:
        """What the outbox knows its file by: each try has a file of its own."""
        return f"export:{self.id}:{self.tries}"


def export_of(key: str) -> tuple[str, int] | None:
    """The export and the try that a key of the outbox stands for; None for anything else."""
    kind, _colon, rest = key.partition(":")
    number, _colon, tries = rest.rpartition(":")
    return (number, int(tries)) if kind == "export" and number and tries.isdigit() else None
