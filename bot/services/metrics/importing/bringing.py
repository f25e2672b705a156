"""Somebody brings files with numbers: each is an import that Baton looks through first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import Refused
from bot.people import Person
from bot.rules.metrics.importing.imports import Import, ImportKind
from bot.rules.teams import Team
from bot.services.metrics.importing.imported import teams_for, tell
from bot.services.transaction import heard_once
from bot.text import Text, _
from bot.views.metrics.importing import told
from storage import outbox
from storage.database import Database
from storage.metrics import imports
from storage.outbox import Note

HAS_TEAM = "has_team"
NO_SUCH_TEAM = _("You cannot bring in numbers of this team. Please choose another one.")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file as Slack names it."""

    file_id: str
    name: str


async def bring(
    db: Database,
    person: Person,
    files: Sequence[Dropped],
    *,
    team_id: str = "",
    key: str,
    now: datetime,
) -> list[Import]:
    """Have these files looked through; a card for each says what they are. Raises Denied and Refused."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        allowed = await teams_for(tx, person)
        team = _chosen(allowed, team_id)
        has_team = bool(team_id) or len(allowed) == 1
        begun = [
            await imports.add(
                tx,
                Import(
                    *(person.workspace_id, "", 0, ImportKind.FILE, "", team.id, person.id, now),
                    file_id=one.file_id,
                    file_name=one.name,
                    asked={HAS_TEAM: has_team},
                ),
            )
            for one in files
        ]
        await tell(tx, *begun, now=now)
    return begun


def _chosen(allowed: Sequence[Team], team_id: str) -> Team:
    if not team_id:
        return allowed[0]
    found = next((one for one in allowed if one.id == team_id), None)
    if found is None:
        raise Refused(NO_SUCH_TEAM)
    return found


async def say_no(
    db: Database, person: Person, refused: Refused, *, key: str, now: datetime
) -> None:
    """Why their file is not taken."""
    t = Text(person.locale, person.zone)
    await _say(db, person, t.of(refused), key=key, now=now)


async def say_no_table(db: Database, person: Person, *, key: str, now: datetime) -> None:
    """They dropped something that is no table."""
    await _say(db, person, told.no_table(Text(person.locale, person.zone)), key=key, now=now)


async def _say(db: Database, person: Person, text: str, *, key: str, now: datetime) -> None:
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await outbox.say(tx, Note(f"no-import:{key}", person.id, text), now=now)
