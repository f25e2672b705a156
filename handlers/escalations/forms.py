"""What the forms of escalations hold, as the services want it."""

from datetime import UTC, datetime
from typing import Any

from bot.rules.escalations import Asking, Draft, Returning, Update, Verdict, WaitDraft
from bot.views.escalations.form import ANYWAY, Carried, unpack
from bot.views.escalations.working import chosen_time
from handlers.request import Request


def carried(request: Request) -> Carried:
    return unpack(request.metadata)


def draft(request: Request) -> Draft:
    """The escalation form as it was filled in, also half-way."""
    fields = request.fields
    return Draft(
        summary=_text(fields, "summary"),
        ticket=_text(fields, "ticket"),
        customer=_text(fields, "customer"),
        severity=_text(fields, "severity"),
        category=_text(fields, "category"),
        tried=_text(fields, "tried"),
        need=_text(fields, "need"),
        promise=_text(fields, "promise"),
        promise_by=_moment(fields, "promise_by"),
        source=carried(request).source,
    )


def team_id(request: Request) -> str:
    """The chosen team, or the only one there was."""
    return _text(request.fields, "team") or carried(request).team_id


def is_another_matter(request: Request) -> bool:
    return bool(request.fields.get(ANYWAY))


def verdict(request: Request) -> Verdict:
    fields = request.fields
    return Verdict(
        cause=_text(fields, "cause"),
        decision=_text(fields, "decision"),
        amount=_text(fields, "amount"),
        currency=_text(fields, "currency"),
        solvable=_text(fields, "solvable"),
        helped_by=tuple(fields.get("helped_by") or ()),
    )


def why(request: Request) -> str:
    return _text(request.fields, "why")


def returning(request: Request) -> Returning:
    fields = request.fields
    return Returning(_text(fields, "reason"), why(request), _text(fields, "missing_field"))


def wait(request: Request) -> WaitDraft:
    """A time of one's own counts before one that is offered."""
    fields = request.fields
    until = _moment(fields, "until") or chosen_time(_text(fields, "soon"), now=request.now)
    return WaitDraft(_text(fields, "on"), why(request), until)


def update(request: Request) -> Update:
    fields = request.fields
    return Update(*(_text(fields, name) for name in ("conditions", "actions", "needs")))


def remind_at(request: Request) -> datetime | None:
    return chosen_time(_text(request.fields, "remind_at"), now=request.now)


def followers(request: Request) -> tuple[frozenset[str], frozenset[str]]:
    """Who was added and who was taken out, compared with what the form showed at first."""
    drawn = frozenset(carried(request).followers)
    chosen = frozenset(request.fields.get("people") or ())
    return chosen - drawn, drawn - chosen


def chosen(request: Request, name: str) -> str:
    return _text(request.fields, name)


def asking(request: Request) -> Asking:
    """The form that asks another department."""
    fields = request.fields
    until = _moment(fields, "until")
    return Asking(chosen_team(request), _text(fields, "question"), until, draft(request))


def chosen_team(request: Request) -> str:
    """The team to which something goes; empty while none is chosen."""
    return _text(request.fields, "team")


def into(request: Request) -> int:
    """The number of the case as which this one goes on; 0 while none is chosen."""
    chosen = _text(request.fields, "into")
    return int(chosen) if chosen.isascii() and chosen.isdigit() else 0


def _moment(fields: dict[str, Any], name: str) -> datetime | None:
    chosen = fields.get(name)
    return datetime.fromtimestamp(int(chosen), UTC) if chosen else None


def _text(fields: dict[str, Any], name: str) -> str:
    return str(fields.get(name) or "").strip()
