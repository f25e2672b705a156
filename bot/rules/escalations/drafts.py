"""What somebody fills in to escalate a case, and what is wrong with it, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.errors import Refused
from bot.rules.escalations.words import clean
from bot.rules.severities import Severity
from bot.text import _

SUMMARY_MIN, SUMMARY_MAX = 5, 150
TICKET_MAX = 200
CUSTOMER_MAX = 200
TRIED_MAX = 2500
PROMISE_MAX = 1000
PROMISE_DAYS = 90

CATEGORIES = ("billing", "delivery", "product", "account", "complaint", "other")


class Need(StrEnum):
    """What the agent lacks to solve it alone."""

    KNOWLEDGE = "knowledge"
    PERMISSION = "permission"
    DEPARTMENT = "department"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as it was filled in. `promise_by` is when the customer expects an answer; `source` a permalink.

    `severity`, `category` and `need` are values of their lists, or empty when nothing was chosen.
    """

    summary: str = ""
    ticket: str = ""
    customer: str = ""
    severity: str = ""
    category: str = ""
    tried: str = ""
    need: str = ""
    promise: str = ""
    promise_by: datetime | None = None
    source: str = ""

    def cleaned(self) -> "Draft":
        """The same with every text as it can be kept."""
        texts: dict[str, Any] = {
            one.name: clean(getattr(self, one.name)) for one in fields(self) if one.type is str
        }
        return replace(self, **texts)


def problems(draft: Draft, *, now: datetime) -> dict[str, Refused]:
    """One refusal per wrong field; empty means that the draft is fine."""
    found = dict(_wrong_texts(draft))
    if draft.severity not in set(Severity):
        found["severity"] = Refused(_("Choose how urgent it is."))
    if draft.category not in CATEGORIES:
        found["category"] = Refused(_("Choose what it is about."))
    if draft.need not in set(Need):
        found["need"] = Refused(_("Choose what you need, so that the right person takes it."))
    if draft.promise_by is not None and (refused := _wrong_promise(draft.promise_by, now)):
        found["promise_by"] = refused
    return found


def _wrong_texts(draft: Draft) -> Iterator[tuple[str, Refused]]:
    if len(draft.summary) < SUMMARY_MIN:
        yield "summary", Refused(_("Say in one line what is wrong, in a few words at least."))
    if not draft.ticket:
        yield "ticket", Refused(_("Give the ticket's number or its link, so that it can be found."))
    if not draft.tried:
        yield (
            "tried",
            Refused(_("Say briefly what you tried. “Nothing yet” is fine, if that is so.")),
        )
    for name, limit in (
        ("summary", SUMMARY_MAX),
        ("ticket", TICKET_MAX),
        ("customer", CUSTOMER_MAX),
        ("tried", TRIED_MAX),
        ("promise", PROMISE_MAX),
    ):
        if (length := len(getattr(draft, name))) > limit:
            yield (
                name,
                Refused(
                    _("Please shorten this to {limit} characters; it has {length}."),
                    limit=limit,
                    length=length,
                ),
            )


def _wrong_promise(promise_by: datetime, now: datetime) -> Refused | None:
    if promise_by <= now:
        return Refused(
            _("That time has passed. Choose one that is still to come, or leave it empty.")
        )
    if promise_by > now + timedelta(days=PROMISE_DAYS):
        return Refused(
            _("That is more than {days} days away. Choose a nearer day."), days=PROMISE_DAYS
        )
    return None
