"""Taking thanks back, for ten minutes: as if they had not been given."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.kudos import Kudos
from bot.services.kudos import drawing
from bot.services.kudos.giving import SETTLE
from bot.services.transaction import heard_once
from bot.text import _
from storage import kudos as stored
from storage import outbox, timers
from storage.database import Database, Tx

ONLY_THE_GIVER = _("Only who gave these thanks can take them back.")
TOO_LATE = _(
    "Thanks can be taken back for ten minutes. These have been read by now, and they stay."
)
TAKEN_BACK = _("You have taken these thanks back already.")


async def undo(db: Database, person: Person, kudos_id: str, *, key: str, now: datetime) -> Kudos:
    """Raises Denied, Stale if that was done before, or Refused if it is too late."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        kudos = await stored.get(tx, kudos_id)
        check_may(person, Permission.KUDOS_UNDO, kudos, ONLY_THE_GIVER)
        if kudos.undone_at is None and not kudos.may_be_undone(now):
            raise Refused(TOO_LATE)
        if not await take_back(tx, kudos, now=now):
            raise Stale(TAKEN_BACK)
    return replace(kudos, undone_at=now)


async def take_back(tx: Tx, kudos: Kudos, *, now: datetime) -> bool:
    """Within a transaction, whatever was said of it is mended. False if it was taken back before."""
    if not await stored.undo(tx, kudos.id, now=now):
        return False
    await timers.cancel(tx, kudos.id, SETTLE)
    await outbox.say(tx, *await drawing.cards_to_mend(tx, kudos), now=now)
    return True
