"""The auditor: nothing should be overdue. It asks the rows, not the loops, so that a loop that has stopped is noticed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.delivery import LEASE
from storage import audits
from storage.database import Database

TIMER_LATE = timedelta(seconds=30)
SENDING_LATE = timedelta(minutes=5)
LEASE_LATE = LEASE  # so long after its end: twice its length in all
EXPORT_LATE = timedelta(minutes=5)  # another one may be long
IMPORT_LATE = timedelta(
    minutes=30
)  # they are read one after another, and one may have a million lines
ROUND_LATE = timedelta(minutes=2)
STANDUP_LATE = timedelta(days=2)  # each is looked at once a day at least
MESSAGE_LATE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Audit:
    """`faults` are for the operator: what is overdue, and how often."""

    at: datetime
    faults: tuple[str, ...] = ()

    @property
    def green(self) -> bool:
        return not self.faults


async def audit(db: Database, *, now: datetime) -> Audit:
    """Look for what should have happened and has not, in every workspace."""
    async with db.across() as connection:
        found = {
            "timers_overdue": await audits.overdue_timers(connection, since=now - TIMER_LATE),
            "messages_on_their_way": await audits.long_on_their_way(
                connection, since=now - SENDING_LATE
            ),
            "lanes_forgotten": await audits.forgotten_leases(connection, since=now - LEASE_LATE),
            "exports_unmade": await audits.unmade_exports(connection, since=now - EXPORT_LATE),
            "imports_unread": await audits.unread_imports(connection, since=now - IMPORT_LATE),
            "rounds_unclosed": await audits.unclosed_rounds(connection, since=now - ROUND_LATE),
            "standups_forgotten": await audits.forgotten_standups(
                connection, since=now - STANDUP_LATE
            ),
            "messages_stuck": await audits.stuck_messages(connection, since=now - MESSAGE_LATE),
        }
    return Audit(now, tuple(f"{what}={count}" for what, count in found.items() if count))
