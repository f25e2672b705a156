"""What people are told of the Excel file that they asked for."""

from collections.abc import Mapping

from bot.rules.reports.exports import MOST_ROWS, Export, ExportState, Trouble
from bot.text import Text, _
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.reports import ids, words

CARD = "export"
"""The message that says how far a long one has come."""

TROUBLES: Mapping[Trouble, str] = {
    Trouble.NO_SCOPE: _(
        "Slack does not let Baton send files yet. Whoever looks after Baton has to give it the permission `files:write` "
        "and install it again. Then ask for the file once more."
    ),
    Trouble.NOT_ALLOWED: _("You may not see the reports of these teams any more."),
    Trouble.SLACK: _("Slack did not take the file. Please ask for it again in a while."),
    Trouble.BROKEN: _(
        "Something broke on our side. Please ask for it again, and tell whoever looks after Baton if it stays so."
    ),
}


def coming(export: Export, t: Text) -> str:
    """At once, where it was asked for."""
    days = words.period(export.asked.period, t)
    return t(
        "The Excel file with the escalations from {days} is being made. You get it in a private message from me.",
        days=days,
    )


def coming_modal(export: Export, t: Text) -> Block:
    """The same where a form was, or on top of a report."""
    return b.modal(ids.COMING, t("Excel file"), [b.section(coming(export, t))], close=t("Close"))


def with_file(export: Export, listed: int, t: Text) -> str:
    """The words beside the file."""
    days = words.period(export.asked.period, t)
    told = t.n(
        "{count} escalation from {days}.",
        "{count} escalations from {days}.",
        listed,
        days=days,
    )
    return f"{told} {too_many(t)}" if listed > MOST_ROWS else told


def too_many(t: Text) -> str:
    return t(
        "The file lists only the newest {most}; its summary counts all. For the others choose fewer days.",
        most=t.number(MOST_ROWS),
    )


def progress(export: Export, t: Text) -> str:
    """How far a long one has come."""
    days = words.period(export.asked.period, t)
    if export.state is ExportState.FAILED:
        return t("There is no Excel file with the escalations from {days}.", days=days)
    if export.state is ExportState.MADE:
        return t("The Excel file with the escalations from {days} is ready.", days=days)
    return t(
        "The Excel file with the escalations from {days} is being made: {done} of {total} so far.",
        days=days,
        done=t.number(export.done),
        total=t.number(export.total),
    )


def failed(export: Export, trouble: Trouble, t: Text) -> str:
    days = words.period(export.asked.period, t)
    told = t("The Excel file with the escalations from {days} could not be made.", days=days)
    return f"{told} {t(TROUBLES[trouble])}"
