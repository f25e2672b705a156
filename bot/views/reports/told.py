"""What people are told of the Excel file that they asked for."""

from collections.abc import Mapping

from bot.rules.reports import About
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


COMING: Mapping[About, str] = {
    About.ESCALATIONS: _(
        "The Excel file with the escalations from {days} is being made. You get it in a private message from me."
    ),
    About.STANDUPS: _(
        "The Excel file with the stand-ups from {days} is being made. You get it in a private message from me."
    ),
}
TOO_MANY: Mapping[About, str] = {
    About.ESCALATIONS: _(
        "The file lists only the newest {most}; its summary counts all. For the others choose fewer days."
    ),
    About.STANDUPS: _(
        "The file lists only the newest {most} lines; who took part is counted over all. For the others choose fewer days."
    ),
}
GOING_ON: Mapping[About, str] = {
    About.ESCALATIONS: _(
        "The Excel file with the escalations from {days} is being made: {done} of {total} so far."
    ),
    About.STANDUPS: _(
        "The Excel file with the stand-ups from {days} is being made: {done} of {total} rounds so far."
    ),
}
READY: Mapping[About, str] = {
    About.ESCALATIONS: _("The Excel file with the escalations from {days} is ready."),
    About.STANDUPS: _("The Excel file with the stand-ups from {days} is ready."),
}
NONE: Mapping[About, str] = {
    About.ESCALATIONS: _("There is no Excel file with the escalations from {days}."),
    About.STANDUPS: _("There is no Excel file with the stand-ups from {days}."),
}
FAILED: Mapping[About, str] = {
    About.ESCALATIONS: _("The Excel file with the escalations from {days} could not be made."),
    About.STANDUPS: _("The Excel file with the stand-ups from {days} could not be made."),
}


def coming(export: Export, t: Text) -> str:
    """At once, where it was asked for."""
    return t(COMING[export.asked.about], days=words.period(export.asked.period, t))


def coming_modal(export: Export, t: Text) -> Block:
    """The same where a form was, or on top of a report."""
    return b.modal(ids.COMING, t("Excel file"), [b.section(coming(export, t))], close=t("Close"))


def with_file(export: Export, listed: int, t: Text) -> str:
    """The words beside the file."""
    days = words.period(export.asked.period, t)
    if export.asked.about is About.STANDUPS:
        told = t.n(
            "The stand-ups from {days}: {count} line. Only you got this file: what people said is for their team.",
            "The stand-ups from {days}: {count} lines. Only you got this file: what people said is for their team.",
            listed,
            days=days,
        )
    else:
        told = t.n(
            "{count} escalation from {days}.",
            "{count} escalations from {days}.",
            listed,
            days=days,
        )
    return f"{told} {too_many(t, export.asked.about)}" if listed > MOST_ROWS else told


def too_many(t: Text, about: About = About.ESCALATIONS) -> str:
    return t(TOO_MANY[about], most=t.number(MOST_ROWS))


def progress(export: Export, t: Text) -> str:
    """How far a long one has come."""
    about, days = export.asked.about, words.period(export.asked.period, t)
    if export.state is ExportState.FAILED:
        return t(NONE[about], days=days)
    if export.state is ExportState.MADE:
        return t(READY[about], days=days)
    return t(
        GOING_ON[about],
        days=days,
        done=t.number(export.done),
        total=t.number(export.total),
    )


def failed(export: Export, trouble: Trouble, t: Text) -> str:
    days = words.period(export.asked.period, t)
    told = t(FAILED[export.asked.about], days=days)
    return f"{told} {t(TROUBLES[trouble])}"
