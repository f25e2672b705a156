"""The small forms that return, resolve and reopen a case."""

from babel import Locale, UnknownLocaleError
from babel.numbers import get_territory_currencies

from bot.rules.escalations import CURRENCIES, Decision, Escalation, ReturnReason, Solvable
from bot.rules.escalations.outcomes import ASKED_FOR, MOST_HELPERS, WHY_MAX
from bot.text import Text
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import ids, words
from bot.views.escalations.form import Carried


def return_form(escalation: Escalation, t: Text) -> Block:
    reasons = [b.option(t(words.REASONS[one]), one) for one in ReturnReason]
    asked = [b.option(t(words.FIELDS[one]), one) for one in ASKED_FOR]
    return b.modal(
        ids.RETURN_FORM,
        t("Return #{number}", number=escalation.id),
        [
            _about(escalation),
            b.field("reason", t("Why does it go back?"), _radio(reasons)),
            b.field(
                "why",
                t("What should they know or add?"),
                b.text_input(multiline=True, max_length=WHY_MAX),
                hint=t("They read this word for word, so that they can go on at once."),
            ),
            b.field(
                "missing_field",
                t("Which field of the form would have told it?"),
                b.select(asked, placeholder=t("None of them")),
                hint=t("It shows where the form itself could ask better."),
                optional=True,
            ),
        ],
        submit=t("Return it"),
        close=t("Cancel"),
        private_metadata=_carried(escalation),
    )


def resolve_form(escalation: Escalation, t: Text) -> Block:
    decisions = [b.option(t(words.DECISIONS[one]), one) for one in Decision]
    solvable = [b.option(t(words.SOLVABLE[one]), one) for one in Solvable]
    amount = {"type": "number_input", "is_decimal_allowed": True}
    return b.modal(
        ids.RESOLVE_FORM,
        t("Resolve #{number}", number=escalation.id),
        [
            _about(escalation),
            b.field(
                "cause", t("What was the cause?"), b.text_input(multiline=True, max_length=WHY_MAX)
            ),
            b.field(
                "decision",
                t("What was decided?"),
                b.select(decisions, placeholder=t("Choose one")),
            ),
            b.field(
                "amount",
                t("Amount"),
                amount,
                hint=t("For a refund, a credit or goodwill."),
                optional=True,
            ),
            b.field("currency", t("Currency"), currencies(t), optional=True),
            b.field("solvable", t("Could it have been solved without us?"), _radio(solvable)),
            b.field(
                "helped_by",
                t("Did anyone make this easier?"),
                {"type": "multi_users_select", "max_selected_items": MOST_HELPERS},
                hint=t("So that they can be thanked. They are not told of it now."),
                optional=True,
            ),
        ],
        submit=t("Resolve it"),
        close=t("Cancel"),
        private_metadata=_carried(escalation),
    )


def reopen_form(escalation: Escalation, t: Text) -> Block:
    return b.modal(
        ids.REOPEN_FORM,
        t("Reopen #{number}", number=escalation.id),
        [
            _about(escalation),
            b.field(
                "why",
                t("What is still open?"),
                b.text_input(multiline=True, max_length=WHY_MAX),
            ),
        ],
        submit=t("Reopen it"),
        close=t("Cancel"),
        private_metadata=_carried(escalation),
    )


def _about(escalation: Escalation) -> Block:
    return b.section(f"*{words.summary(escalation)}*")


def _carried(escalation: Escalation) -> str:
    return Carried(escalation.team_id, escalation_id=escalation.id).packed()


def _radio(options: list[Block]) -> Block:
    return {"type": "radio_buttons", "options": options}


def currencies(t: Text, chosen: str = "") -> Block:
    """The choice of a currency: what was chosen before, or the one of the reader's country."""
    own = chosen or _currency_of(t.locale)
    codes = sorted({*CURRENCIES, own})
    return b.select([b.option(code, code) for code in codes], initial=own)


def _currency_of(locale: str) -> str:
    """The currency of the reader's own country, or the euro."""
    try:
        territory = Locale.parse(locale.replace("-", "_")).territory
    except (UnknownLocaleError, ValueError):
        territory = None
    found = get_territory_currencies(territory) if territory else []
    return str(found[0]) if found else "EUR"
