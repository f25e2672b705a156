"""An import: one file, or what came over HTTP or from Baton itself in one stretch, from being asked for to holding or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

LEASE = timedelta(minutes=2)
"""How long nobody else works at it after the last sign of life."""
MOST_TRIES = 5


class ImportKind(StrEnum):
    FILE = "file"
    HTTP = "http"
    OWN = "own"


class ImportState(StrEnum):
    """Only the facts of one that is live count. `ASKING` and `WAITING` wait for a person, the two before them for Baton."""

    LOOKING = "looking"  # Baton finds out what is in the file
    ASKING = "asking"  # the preview is shown, and what each column means is to be confirmed
    READING = "reading"  # Baton reads all of it
    WAITING = "waiting"  # some lines cannot be read: without them, or not at all?
    LIVE = "live"
    UNDONE = "undone"
    REFUSED = "refused"  # no such file can be read, or it was read before
    CANCELLED = "cancelled"


LEADS_TO: Mapping[ImportState, frozenset[ImportState]] = {
    ImportState.LOOKING: frozenset(
        {ImportState.ASKING, ImportState.REFUSED, ImportState.CANCELLED}
    ),
    ImportState.ASKING: frozenset(
        {ImportState.LOOKING, ImportState.READING, ImportState.CANCELLED}
    ),
    ImportState.READING: frozenset(
        {
            *(ImportState.WAITING, ImportState.LIVE, ImportState.ASKING),
            *(ImportState.REFUSED, ImportState.CANCELLED),
        }
    ),
    ImportState.WAITING: frozenset({ImportState.LIVE, ImportState.ASKING, ImportState.CANCELLED}),
    ImportState.LIVE: frozenset({ImportState.UNDONE}),
    ImportState.UNDONE: frozenset(),
    ImportState.REFUSED: frozenset(),
    ImportState.CANCELLED: frozenset(),
}
BATONS_TURN = frozenset({ImportState.LOOKING, ImportState.READING})
OVER = frozenset({ImportState.UNDONE, ImportState.REFUSED, ImportState.CANCELLED})
"""What it has brought into the store counts for nothing and is cleared away."""


@dataclass(frozen=True, slots=True)
class Import:
    """`number` grows from import to import. `team_id` is whose numbers it holds where a line says nothing else.

    `file_id` is Slack's, empty for one that came another way; `digest` is of the file's bytes. `asked` holds what was
    decided before reading, `found` what was seen in looking and what reading came to: plain JSON, whose shapes belong to
    who reads files. `tries` belongs to whoever began it last: an older one has lost it. `done` of `total` lines are read.
    As a thing that permissions are about, its owner is who brought it.
    """

    workspace_id: str
    id: str
    number: int
    kind: ImportKind
    feed_id: str
    team_id: str
    person_id: str
    asked_at: datetime
    file_id: str = ""
    file_name: str = ""
    digest: str = ""
    state: ImportState = ImportState.LOOKING
    asked: Mapping[str, Any] = field(default_factory=dict)
    found: Mapping[str, Any] = field(default_factory=dict)
    total: int = 0
    done: int = 0
    tries: int = 0
    not_before: datetime | None = None
    live_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    trouble: str = ""
    version: int = 1
    chain: tuple[str, ...] = ()

    @property
    def raised_by(self) -> str:
        return ""

    @property
    def owner_id(self) -> str | None:
        return self.person_id
