"""One translator: an exception becomes a sentence for the person, and a line in the log where it is our fault."""

from logging import getLogger
from uuid import uuid4

from bot.errors import DatabaseGone, FormProblems, Refused
from bot.text import Text, _
from handlers.authorize import is_refusal
from handlers.clients import code_of, has_come_too_late, is_absence
from storage.sealing import CannotOpen

log = getLogger(__name__)

NOTHING_SAVED = _(
    "Baton can't reach its database, so nothing was saved. Please try again in a minute; what you typed is still here."
)
NO_SLACK = _("Slack didn't answer Baton just now. Please try again in a minute.")
TOO_LATE = _(
    "This took too long to reach Baton, so Slack can't open the form any more. Please try again."
)
NO_ENTRY = _(
    "Slack no longer lets Baton in, so this can't be done now. Please tell whoever looks after Baton."
)
NOT_OPENED = _(
    "This was kept encrypted, and cannot be opened now. Please tell whoever looks after Baton."
)
BROKEN = _("Something broke on our side. Please quote `{reference}` when you ask for help.")


def sentence(error: Exception, t: Text) -> str:
    """What the person is told. Logs what is not their doing: never a message text, only types and places."""
    if isinstance(error, FormProblems):  # of a button, which cannot mark a field
        return " ".join(t.of(one) for one in error.problems.values())
    if isinstance(error, Refused):
        return t.of(error)
    if known := _known(error):
        return t(known)
    reference = uuid4().hex[:8]
    log.error("Unexpected error %s", reference, exc_info=error)
    return t(BROKEN, reference=reference)


def _known(error: Exception) -> str:
    """What was to be expected from databases, keys and Slack, logged in a line; empty if it is something else."""
    if isinstance(error, DatabaseGone):
        log.error("The database cannot be used: %s", error)
        return NOTHING_SAVED
    if isinstance(error, CannotOpen):
        log.error("A sealed text does not open: %s", error)
        return NOT_OPENED
    if is_absence(error):
        log.warning("Slack did not answer what a person waited for (%s)", type(error).__name__)
        return NO_SLACK
    if has_come_too_late(error):
        log.warning("Slack brought what a person did too late to open a form")
        return TOO_LATE
    if is_refusal(error):
        log.error("Slack refuses the token: %s", code_of(error))
        return NO_ENTRY
    return ""
