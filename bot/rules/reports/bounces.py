"""Which field of the form would have spared a return: as who returned it said, or as what was added afterwards shows."""

from collections.abc import Mapping, Sequence

from bot.rules.escalations import Event, EventKind, ReturnReason

TEAM = "team"
FORM_FIELDS = (
    *("summary", "ticket", "customer", "severity", "category", "tried", "need"),
    *("promise", "promise_by"),
)
"""In the order of the form."""

SPEAKS_FOR_ITSELF: Mapping[str, str] = {ReturnReason.WRONG_TEAM: TEAM}


def field_of(returned: Event, events: Sequence[Event]) -> str:
    """The field's name; empty when nothing says which. `events` is the whole timeline in order."""
    if said := str(returned.changes.get("return_field", ("", ""))[1] or ""):
        return said
    if reason := SPEAKS_FOR_ITSELF.get(returned.reason):
        return reason
    for event in events:
        if event.version > returned.version and event.kind is EventKind.RETURNED:
            break
        if event.version > returned.version and event.kind is EventKind.RESUBMITTED:
            added = [name for name in FORM_FIELDS if name in event.changes]
            return added[0] if added else ""
    return ""
