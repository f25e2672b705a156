"""Past handovers: one's own and those of the teams that one leads, and how they went."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import Denied
from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.handovers import Measures, measure
from bot.text import _
from bot.views.handovers.history import A_PAGE, MEASURED, Scope
from storage import handovers, teams
from storage.database import Database
from storage.handovers import HistoryPage

ONLY_LEADS = _("Only leads and managers hand cases over, so there is nothing to show here.")


@dataclass(frozen=True, slots=True)
class History:
    """One page, and how the handovers of all the reader's teams went of late."""

    page: HistoryPage
    measures: Measures


async def see_history(
    db: Database, person: Person, scope: Scope, *, page: int = 0, now: datetime
) -> History:
    """Only of teams that the reader leads or manages, in either scope. Raises Denied for anybody else."""
    async with db.read(person.workspace_id) as tx:
        own = await teams.find_of_person(tx, person.id)
        led = [one.id for one in own if may(person, Permission.HANDOVER_SEE, one)]
        if not led:
            raise Denied(ONLY_LEADS)
        found = await handovers.history(
            tx,
            led,
            person.id if scope is Scope.MINE else "",
            limit=A_PAGE,
            offset=page * A_PAGE,
        )
        counted = await handovers.list_since(tx, led, now - MEASURED)
    return History(found, measure(counted, now=now))
