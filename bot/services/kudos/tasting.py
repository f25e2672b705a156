"""What each person likes of kudos: theirs alone to say."""

from datetime import date, datetime

from bot.errors import FormProblems, Refused
from bot.people import Person
from bot.rules.kudos import Taste
from bot.rules.wall_clock import day_of
from bot.services.transaction import heard_once
from bot.text import _
from storage import kudos as stored
from storage import people
from storage.database import Database

WHICH_DAY = _("Please say since when, or take the tick from the anniversary.")
NOT_YET = _("This day is still to come.")


async def see(db: Database, person: Person) -> Taste:
    """The reader's own."""
    async with db.read(person.workspace_id) as tx:
        return (await stored.tastes_of(tx, [person.id]))[person.id]


async def choose(
    db: Database,
    person: Person,
    *,
    in_public: bool,
    started_on: date | None,
    celebrates: bool,
    key: str,
    now: datetime,
) -> Taste:
    """Raises FormProblems by field."""
    taste = Taste(person.workspace_id, person.id, in_public, started_on, celebrates)
    if celebrates and started_on is None:
        raise FormProblems({"started_on": Refused(WHICH_DAY)})
    if started_on and started_on > day_of(now, person.zone):
        raise FormProblems({"started_on": Refused(NOT_YET)})
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await people.add_unknown(tx, [person.id])
        await stored.save_taste(tx, taste)
    return taste
