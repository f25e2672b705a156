"""What people are told of the Excel file that they asked for."""

from collections.abc import Mapping

from bot.rules.reports import About
from bot.rules.reports.exports import MOST_LISTED, Export, ExportState, Trouble
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
    About.COACHING: _(
        "The Excel file with the coaching notes from {days} is being made. You get it in a private message from me."
    ),
    About.KUDOS: _(
        "The Excel file with the kudos from {days} is being made. You get it in a private message from me."
    ),
    About.METRICS: _(
        "The Excel file with the numbers from {days} is being made. You get it in a private message from me."
    ),
}
TOO_MANY: Mapping[About, str] = {
    About.ESCALATIONS: _(
        "The file lists only the newest {most}; its summary counts all. For the others choose fewer days."
    ),
    About.STANDUPS: _(
        "The file lists only the newest {most} lines; who took part is counted over all. For the others choose fewer days."
    ),
    About.COACHING: _(
        "The file lists only the newest {most} notes, and counts only those. For the others choose fewer days."
    ),
    About.KUDOS: _(
        "The file lists only the newest {most}; who gave and got is counted over all. For the others choose fewer days."
    ),
}
GOING_ON: Mapping[About, str] = {
    About.ESCALATIONS: _(
        "The Excel file with the escalations from {days} is being made: {done} of {total} so far."
    ),
    About.STANDUPS: _(
        "The Excel file with the stand-ups from {days} is being made: {done} of {total} rounds so far."
    ),
    About.COACHING: _(
        "The Excel file with the coaching notes from {days} is being made: {done} of {total} so far."
    ),
    About.KUDOS: _(
        "The Excel file with the kudos from {days} is being made: {done} of {total} so far."
    ),
    About.METRICS: _(
        "The Excel file with the numbers from {days} is being made: {done} of {total} parts so far."
    ),
}
READY: Mapping[About, str] = {
    About.ESCALATIONS: _("The Excel file with the escalations from {days} is ready."),
    About.STANDUPS: _("The Excel file with the stand-ups from {days} is ready."),
    About.COACHING: _("The Excel file with the coaching notes from {days} is ready."),
    About.KUDOS: _("The Excel file with the kudos from {days} is ready."),
    About.METRICS: _("The Excel file with the numbers from {days} is ready."),
}
NONE: Mapping[About, str] = {
    About.ESCALATIONS: _("There is no Excel file with the escalations from {days}."),
    About.STANDUPS: _("There is no Excel file with the stand-ups from {days}."),
    About.COACHING: _("There is no Excel file with the coaching notes from {days}."),
    About.KUDOS: _("There is no Excel file with the kudos from {days}."),
    About.METRICS: _("There is no Excel file with the numbers from {days}."),
}
FAILED: Mapping[About, str] = {
    About.ESCALATIONS: _("The Excel file with the escalations from {days} could not be made."),
    About.STANDUPS: _("The Excel file with the stand-ups from {days} could not be made."),
    About.COACHING: _("The Excel file with the coaching notes from {days} could not be made."),
    About.KUDOS: _("The Excel file with the kudos from {days} could not be made."),
    About.METRICS: _("The Excel file with the numbers from {days} could not be made."),
}
CANCELLED: Mapping[About, str] = {
    About.ESCALATIONS: _("You cancelled the Excel file with the escalations from {days}."),
    About.STANDUPS: _("You cancelled the Excel file with the stand-ups from {days}."),
    About.COACHING: _("You cancelled the Excel file with the coaching notes from {days}."),
    About.KUDOS: _("You cancelled the Excel file with the kudos from {days}."),
    About.METRICS: _("You cancelled the Excel file with the numbers from {days}."),
}


def coming(export: Export, t: Text) -> str:
    """At once, where it was asked for."""
    return t(COMING[export.asked.about], days=words.period(export.asked.period, t))


def coming_blocks(export: Export, t: Text) -> list[Block]:
    """The same, with a button for whoever changes their mind."""
    return [b.section(coming(export, t)), _cancel(export, t)]


def coming_modal(export: Export, t: Text) -> Block:
    """The same where a form was, or on top of a report."""
    return b.modal(ids.COMING, t("Excel file"), coming_blocks(export, t), close=t("Close"))


def cancelled(export: Export, t: Text) -> str:
    return t(CANCELLED[export.asked.about], days=words.period(export.asked.period, t))


def cancelled_modal(export: Export, t: Text) -> Block:
    told = [b.section(cancelled(export, t))]
    return b.modal(ids.COMING, t("Excel file"), told, close=t("Close"))


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
    elif export.asked.about is About.COACHING:
        told = t.n(
            "The coaching notes from {days}: {count} note. Only you got this file; whom a note is about can see that you have it.",
            "The coaching notes from {days}: {count} notes. Only you got this file; whom a note is about can see that you have it.",
            listed,
            days=days,
        )
    elif export.asked.about is About.KUDOS:
        told = t.n("{count} kudos from {days}.", "{count} kudos from {days}.", listed, days=days)
    elif export.asked.about is About.METRICS:
        told = t.n(
            "The numbers from {days}: {count} line. Only you got this file.",
            "The numbers from {days}: {count} lines. Only you got this file.",
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
    most = MOST_LISTED.get(export.asked.about)
    is_cut = most is not None and listed > most
    return f"{told} {too_many(t, export.asked.about)}" if is_cut else told


def too_many(t: Text, about: About = About.ESCALATIONS) -> str:
    return t(TOO_MANY[about], most=t.number(MOST_LISTED[about]))


def progress_blocks(export: Export, t: Text) -> list[Block]:
    """The same, with a button as long as it is being made."""
    told = [b.section(progress(export, t))]
    return [*told, _cancel(export, t)] if export.state is ExportState.WANTED else told


def progress(export: Export, t: Text) -> str:
    """How far a long one has come."""
    about, days = export.asked.about, words.period(export.asked.period, t)
    if export.state is ExportState.FAILED:
        return t(NONE[about], days=days)
    if export.state is ExportState.CANCELLED:
        return cancelled(export, t)
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


def _cancel(export: Export, t: Text) -> Block:
    """What was asked for goes on until somebody else says so."""
    return b.actions(b.button(t("Cancel it"), ids.CANCEL, export.id))
