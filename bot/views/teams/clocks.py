"""The form of a team's clocks: per severity its own name and three times, and what the team may give away in a month."""

import json
from collections.abc import Iterator

from bot.rules.severities import Severity
from bot.rules.team_clocks import LONGEST, SEVERITY_NAME_LIMIT, ClocksDraft, clock_field, clocks_of
from bot.rules.teams import Team
from bot.text import Text, _, escape
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations.closing import currencies
from bot.views.escalations.words import DOTS, SEVERITIES

CLOCKS_FORM = "clocks_form"
CLOCKS_OPEN = "clocks_open"

LABELS = {
    "claim": _("{severity}: minutes until somebody takes it"),
    "update": _("{severity}: minutes from word to word"),
    "answer": _("{severity}: minutes to answer"),
}


def clocks_form(team: Team, t: Text) -> Block:
    """The form, with what counts now."""
    draft = clocks_of(team)
    amount: Block = {"type": "number_input", "is_decimal_allowed": True, "min_value": "0.001"}
    amount |= {"initial_value": draft.amount} if draft.amount else {}
    blocks = [
        b.context(*_about(team, t)),
        *(block for severity in Severity for block in _severity(severity, draft, t)),
        b.header(t("Concessions")),
        b.field(
            "amount",
            t("What may be given away in a month"),
            amount,
            hint=t("Refunds, credits and goodwill are added up against it. Empty: no limit."),
            optional=True,
        ),
        b.field("currency", t("Currency"), currencies(t, draft.currency), optional=True),
    ]
    return b.modal(
        CLOCKS_FORM,
        t("Clocks"),
        blocks,
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps({"team": team.id, "version": team.version}),
    )


def _about(team: Team, t: Text) -> Iterator[str]:
    yield f"*{escape(team.name)}*"
    if not team.hours.always_open:
        yield t("Only minutes within the opening hours count.")
    yield t(
        "An owner owes the next word after *from word to word*. Who says nothing is asked, "
        "and has the *minutes to answer* before somebody else is called. "
        "Cases that wait already keep their times."
    )


def _severity(severity: Severity, draft: ClocksDraft, t: Text) -> Iterator[Block]:
    usual = t(SEVERITIES[severity])
    yield b.header(f"{DOTS[severity]} {usual}")
    yield b.field(
        clock_field("name", severity),
        t("{severity}: your own name for it", severity=usual),
        b.text_input(initial=draft.names.get(severity, ""), max_length=SEVERITY_NAME_LIMIT),
        optional=True,
    )
    times = {"claim": draft.claim, "update": draft.update, "answer": draft.answer}
    for what, minutes in times.items():
        element = {
            "type": "number_input",
            "is_decimal_allowed": False,
            "min_value": "1",
            "max_value": str(LONGEST),
            "initial_value": str(minutes[severity]),
        }
        label = t(LABELS[what], severity=usual)
        yield b.field(clock_field(what, severity), label, element)
