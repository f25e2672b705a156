"""A case whose alarm goes off: what every alarm is given, and how it writes what it found."""

from dataclasses import dataclass
from datetime import datetime

from bot.people import Person
from bot.rules.escalations import Escalation, Step
from bot.rules.teams import Team
from bot.services.escalations import telling
from bot.services.escalations.echoing import echoes
from bot.services.escalations.keeping import record
from storage import outbox
from storage.database import Tx
from storage.outbox import Card, Note


@dataclass(frozen=True, slots=True)
class Ringing:
    """A case whose alarm goes off: in the transaction that takes the timer away."""

    tx: Tx
    case: Escalation
    team: Team
    clock: Person
    due_at: datetime
    now: datetime

    async def make(self, step: Step, *say: Card | Note) -> Escalation:
        """Write the fact, draw the card anew, and say what there is to say."""
        after = await record(self.tx, self.case, step)
        assert after is not None  # the case is held by this transaction
        echo = await echoes(self.tx, self.clock, self.case, after, now=self.now)
        await outbox.say(self.tx, telling.card(after), *say, *echo, now=self.now)
        return after
