"""One translator: an exception becomes a sentence for the person, and a line in the log where it is our fault."""

from logging import getLogger
from uuid import uuid4

from bot.errors import DatabaseGone, Refused
from bot.text import Text, _

log = getLogger(__name__)

NOTHING_SAVED = _(
    "Baton can't reach its database, so nothing was saved. Please try again in a minute; what you typed is still here."
)
BROKEN = _("Something broke on our side. Please quote `{reference}` when you ask for help.")


def sentence(error: Exception, t: Text) -> str:
    """What the person is told. Logs what is not their doing: never a message text, only types and places."""
    if isinstance(error, Refused):
        return t.of(error)
    if isinstance(error, DatabaseGone):
        log.error("The database cannot be used: %s", error)
        return t(NOTHING_SAVED)
    reference = uuid4().hex[:8]
    log.error("Unexpected error %s", reference, exc_info=error)
    return t(BROKEN, reference=reference)
