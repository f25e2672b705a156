"""A team's clocks and its monthly concessions as somebody filled them in, and what good ones look like."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from babel.core import get_global

from bot.errors import Refused
from bot.rules.escalations.outcomes import decimals, wrong_amount
from bot.rules.severities import ANSWER_MINUTES, CLAIM_MINUTES, UPDATE_MINUTES, Severity
from bot.rules.teams import Team
from bot.text import _

SEVERITY_NAME_LIMIT = 20
LONGEST = 7 * 24 * 60
"""Minutes: a week. Longer is no promise to anybody."""
PLAIN = re.compile(r"[^\W_](?:[^\W_]|[ .,:/+()'’-])*")
"""A name that is the same in a heading, in a choice and in a message."""

Minutes = Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class ClocksDraft:
    """What the form holds. What was typed and is no number is 0; `amount` is a decimal number as text."""

    names: Mapping[Severity, str] = field(default_factory=dict)
    claim: Minutes = field(default_factory=lambda: dict(CLAIM_MINUTES))
    update: Minutes = field(default_factory=lambda: dict(UPDATE_MINUTES))
    answer: Minutes = field(default_factory=lambda: dict(ANSWER_MINUTES))
    amount: str = ""
    currency: str = ""

    def over(self, team: Team) -> Team:
        """The team with these clocks; call `problems` first."""
        minor = int(Decimal(self.amount).scaleb(decimals(self.currency))) if self.amount else None
        return replace(
            team,
            severity_names={one: said for one in Severity if (said := self._name(one))},
            claim_minutes=dict(self.claim),
            update_minutes=dict(self.update),
            answer_minutes=dict(self.answer),
            budget_minor=minor,
            budget_currency=self.currency if self.amount else "",
        )

    def problems(self) -> dict[str, Refused]:
        """One refusal per field that needs another look."""
        found = self._wrong_names()
        for what, minutes in (
            ("claim", self.claim),
            ("update", self.update),
            ("answer", self.answer),
        ):
            for severity in Severity:
                if not 1 <= minutes.get(severity, 0) <= LONGEST:
                    found[clock_field(what, severity)] = Refused(
                        _("Write a whole number of minutes, from 1 to {longest} (a week)."),
                        longest=LONGEST,
                    )
        if self.amount and self.currency not in get_global("all_currencies"):
            return found | {"currency": Refused(_("Choose the currency."))}
        return found | (wrong_amount(self.amount, self.currency) if self.amount else {})

    def _name(self, severity: Severity) -> str:
        return " ".join(self.names.get(severity, "").split())

    def _wrong_names(self) -> dict[str, Refused]:
        found, taken = {}, set()
        for severity in Severity:
            name, where = self._name(severity), clock_field("name", severity)
            if not name:
                continue
            if len(name) > SEVERITY_NAME_LIMIT:
                limit = SEVERITY_NAME_LIMIT + 1
                found[where] = Refused(_("Please keep it under {limit} characters."), limit=limit)
            elif not PLAIN.fullmatch(name):
                found[where] = Refused(_("Please use letters, digits, blanks and hyphens only."))
            elif name.casefold() in taken:
                found[where] = Refused(_("Another severity has this name already."))
            taken.add(name.casefold())
        return found


def clocks_of(team: Team) -> ClocksDraft:
    """The team's clocks as their form shows them."""
    amount = ""
    if team.budget_minor is not None:
        amount = str(Decimal(team.budget_minor).scaleb(-decimals(team.budget_currency)))
    return ClocksDraft(
        dict(team.severity_names),
        team.claim_minutes,
        team.update_minutes,
        team.answer_minutes,
        amount,
        team.budget_currency,
    )


def clock_field(what: str, severity: Severity) -> str:
    """The form's field for one severity's name or minutes."""
    return f"{what}_{severity}"
