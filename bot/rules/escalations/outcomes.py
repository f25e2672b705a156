"""How an escalation ends or goes back: reasons, decisions and the money that moved, with what is wrong in a form."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from babel.core import get_global
from babel.numbers import get_currency_precision

from bot.errors import Refused
from bot.rules.escalations.drafts import Draft
from bot.text import _

WHY_MIN, WHY_MAX = 3, 1000
AMOUNT_MAX = Decimal(1_000_000_000)
MOST_HELPERS = 10
ASKED_FOR = tuple(one.name for one in fields(Draft) if one.name != "source")
"""The fields of the form to escalate, which people fill in."""


class ReturnReason(StrEnum):
    """Why a case goes back to its reporter."""

    MISSING_INFORMATION = "missing_information"
    KNOWN_ANSWER = "known_answer"
    WRONG_TEAM = "wrong_team"
    POLICY = "policy"


class Decision(StrEnum):
    """What the customer got."""

    REFUND = "refund"
    REPLACEMENT = "replacement"
    CREDIT = "credit"
    GOODWILL = "goodwill"
    EXPLANATION = "explanation"
    NONE = "none"


class Solvable(StrEnum):
    """With what the agent could have solved it alone."""

    KNOWLEDGE = "knowledge"
    PERMISSION = "permission"
    PRACTICE = "practice"
    NO = "no"


class Money(StrEnum):
    """Whether a decision moves money: it must say how much, may, or must not."""

    REQUIRED = "required"
    POSSIBLE = "possible"
    NEVER = "never"


MOVES_MONEY: Mapping[Decision, Money] = {
    Decision.REFUND: Money.REQUIRED,
    Decision.REPLACEMENT: Money.POSSIBLE,
    Decision.CREDIT: Money.REQUIRED,
    Decision.GOODWILL: Money.REQUIRED,
    Decision.EXPLANATION: Money.NEVER,
    Decision.NONE: Money.NEVER,
}

# What a floor pays in most; a reader's own currency is added to it when it is another.
CURRENCIES = (
    *("AED", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP"),
    *("HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KRW", "KWD", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD"),
    *("PEN", "PHP", "PLN", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "UAH"),
    *("USD", "VND", "ZAR"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Returning:
    """The return form as it was filled in. `missing_field` is the field of the form that would have said it, if any."""

    reason: str = ""
    why: str = ""
    missing_field: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The resolve form as it was filled in. `amount` is a decimal number as text, `currency` an ISO 4217 code.

    `helped_by` are the ids of those who made it easier.
    """

    cause: str = ""
    decision: str = ""
    amount: str = ""
    currency: str = ""
    solvable: str = ""
    helped_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """A verdict that holds. `amount_minor` counts the currency's smallest unit (cents); None when no money moved."""

    cause: str
    decision: Decision
    amount_minor: int | None
    currency: str
    solvable: Solvable

    @property
    def amount(self) -> Decimal | None:
        """The amount in the currency's main unit."""
        if self.amount_minor is None:
            return None
        return Decimal(self.amount_minor).scaleb(-decimals(self.currency))


def resolution(verdict: Verdict) -> Resolution:
    """What a verdict without problems says."""
    minor = None
    if verdict.amount:
        minor = int(Decimal(verdict.amount).scaleb(decimals(verdict.currency)))
    return Resolution(
        verdict.cause,
        Decision(verdict.decision),
        minor,
        verdict.currency if verdict.amount else "",
        Solvable(verdict.solvable),
    )


def problems(verdict: Verdict) -> dict[str, Refused]:
    """One refusal per wrong field of the resolve form."""
    found = wrong_words("cause", verdict.cause)
    if verdict.decision not in set(Decision):
        found["decision"] = Refused(_("Choose what was decided."))
    else:
        found |= _wrong_money(verdict, MOVES_MONEY[Decision(verdict.decision)])
    if verdict.solvable not in set(Solvable):
        found["solvable"] = Refused(_("Choose one; it helps to decide what to teach or to allow."))
    if len(verdict.helped_by) > MOST_HELPERS:
        found["helped_by"] = Refused(_("Name {limit} people at most."), limit=MOST_HELPERS)
    return found


def problems_of_return(returning: Returning) -> dict[str, Refused]:
    """One refusal per wrong field of the return form."""
    found = wrong_words("why", returning.why)
    if returning.reason not in set(ReturnReason):
        found["reason"] = Refused(_("Choose why it goes back."))
    if returning.missing_field and returning.missing_field not in ASKED_FOR:
        found["missing_field"] = Refused(_("Choose a field of the form, or none."))
    return found


def wrong_words(name: str, text: str, limit: int = WHY_MAX) -> dict[str, Refused]:
    """A refusal for an explanation that is too short or too long, under the field's name."""
    if len(text) < WHY_MIN:
        return {name: Refused(_("Say it in a few words, so that the other person can go on."))}
    if len(text) > limit:
        return {
            name: Refused(
                _("Please shorten this to {limit} characters; it has {length}."),
                limit=limit,
                length=len(text),
            )
        }
    return {}


def decimals(currency: str) -> int:
    """How many decimals the currency has: 2 for EUR, 0 for JPY, 3 for KWD."""
    return int(get_currency_precision(currency))


def _wrong_money(verdict: Verdict, money: Money) -> dict[str, Refused]:
    if not verdict.amount:
        if money is Money.REQUIRED:
            return {"amount": Refused(_("Say how much, since money moved."))}
        return {}
    if money is Money.NEVER:
        return {
            "amount": Refused(
                _("No money moves with this decision. Leave it empty, or choose another decision.")
            )
        }
    if verdict.currency not in get_global("all_currencies"):
        return {"currency": Refused(_("Choose the currency."))}
    return wrong_amount(verdict.amount, verdict.currency)


def wrong_amount(typed: str, currency: str) -> dict[str, Refused]:
    """What is wrong with an amount of this currency, under the field's name."""
    try:
        amount = Decimal(typed)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 < amount <= AMOUNT_MAX:
        return {"amount": Refused(_("Write an amount greater than zero, such as 25 or 25.50."))}
    places = decimals(currency)
    if amount != round(amount, places):
        smallest = Decimal(1).scaleb(-places)
        return {
            "amount": Refused(
                _("The smallest amount of {currency} is {smallest}. Please round it to that."),
                currency=currency,
                smallest=smallest,
            )
        }
    return {}
