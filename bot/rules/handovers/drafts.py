"""What somebody fills in to hand cases over, prefilled from what is known, and what is wrong with it, field by field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Refused
from bot.rules.escalations import Escalation, clean
from bot.text import _

AT_MOST = 12
"""Cases in one handover: so many fit in a form, and in a message with their buttons."""
NEXT_STEP_MAX = 300
WAITING_ON_MAX = 150
NOTE_MAX = 500

TOO_LONG = _("Please shorten this to {limit} characters; it has {length}.")


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One case as the form holds it."""

    number: int
    goes: bool = True
    next_step: str = ""
    waiting_on: str = ""
    promised_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as it was filled in. `to` is a person's id, or empty when nobody was chosen."""

    to: str = ""
    note: str = ""
    items: tuple[ItemDraft, ...] = ()

    @property
    def going(self) -> tuple[ItemDraft, ...]:
        return tuple(one for one in self.items if one.goes)

    def cleaned(self) -> "Draft":
        """The same with every text as it can be kept."""
        items = tuple(
            replace(one, next_step=clean(one.next_step), waiting_on=clean(one.waiting_on))
            for one in self.items
        )
        return replace(self, note=clean(self.note), items=items)


@dataclass(frozen=True, slots=True)
class Offerable:
    """What somebody holds: `cases` go into the form, `left_out` do not fit, `offered` wait for an answer already."""

    cases: Sequence[Escalation]
    left_out: int = 0
    offered: int = 0


def by_promise(cases: Iterable[Escalation]) -> list[Escalation]:
    """What was promised first is first; then what is due."""

    def order(case: Escalation) -> tuple[bool, datetime, bool, datetime, int]:
        promise, due = case.draft.promise_by, case.due_at
        return (
            promise is None,
            promise or case.raised_at,
            due is None,
            due or case.raised_at,
            case.id,
        )

    return sorted(cases, key=order)


def drafted(case: Escalation, *, goes: bool = True) -> ItemDraft:
    """The case as the form first shows it: what its newest update says is being done and needed, and for whom it waits."""
    update = case.update
    words = " · ".join(one for one in (update.actions, update.needs) if one) or update.conditions
    return ItemDraft(
        case.id,
        goes,
        shortened(words, NEXT_STEP_MAX),
        shortened(case.waiting_why, WAITING_ON_MAX),
        case.draft.promise_by,
    )


def shortened(text: str, limit: int) -> str:
    """On one line, as the field has one, and within what it takes."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def problems(draft: Draft, giver_id: str) -> dict[str, Refused]:
    """One refusal per wrong field; empty means that the draft is fine."""
    found = _too_long(
        {"note": (draft.note, NOTE_MAX)}
        | {f"next:{one.number}": (one.next_step, NEXT_STEP_MAX) for one in draft.going}
        | {f"waiting:{one.number}": (one.waiting_on, WAITING_ON_MAX) for one in draft.going}
    )
    if not draft.to:
        found["to"] = Refused(_("Choose who takes over."))
    elif draft.to == giver_id:
        found["to"] = Refused(_("You hold these already. Choose somebody else."))
    if not draft.going and draft.items:
        found[f"goes:{draft.items[0].number}"] = Refused(_("Tick at least one case."))
    return found


def _too_long(texts: dict[str, tuple[str, int]]) -> dict[str, Refused]:
    return {
        name: Refused(TOO_LONG, limit=limit, length=len(text))
        for name, (text, limit) in texts.items()
        if len(text) > limit
    }
