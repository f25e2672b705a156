"""One request of a person, what comes of it, and what must be left when nothing does."""

from enum import Enum

from bot.errors import AlreadyHeard, DatabaseGone, Refused
from tests.services.escalations.machine.acts import Act, Ask
from tests.services.escalations.machine.deaths import Died
from tests.services.escalations.machine.looks import Look


class Came(Enum):
    """What came of a request."""

    DONE = "done"
    REFUSED = "refused"
    HEARD_BEFORE = "heard before"
    DIED = "died"
    GONE = "gone"


def same(before: Look, after: Look) -> None:
    """What was refused, or was not finished, has left nothing behind; a card may be drawn anew."""
    assert (after.cases, after.alarms) == (before.cases, before.alarms)
    assert not after.timelines
    assert not after.notes


async def tried(act: Act, ask: Ask) -> Came:
    """Everything else that may be raised is a fault."""
    try:
        await act(ask)
    except AlreadyHeard:
        return Came.HEARD_BEFORE
    except Refused:
        return Came.REFUSED
    except Died:
        return Came.DIED
    except DatabaseGone:
        return Came.GONE
    return Came.DONE
