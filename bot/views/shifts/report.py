"""What an import of shifts did, line by line, as plain text for a terminal."""

from dataclasses import replace

from bot.rules.roster.report import Report
from bot.rules.shifts import Pattern
from bot.rules.shifts.imported import Added, ImportReport
from bot.text import Text
from bot.views.roster import report_lines as roster_lines
from bot.views.shifts.words import days, hours

SHOWN = 50
NAMED = 5


def report_lines(report: ImportReport, t: Text) -> list[str]:
    """The problems, each with its row; or what was added, and how much was there already."""
    if report.problems:
        return roster_lines(Report(problems=report.problems), t)
    lines = [t("This is a trial: nothing was saved.")] if report.is_trial else []
    if not report.added:
        lines.append(t("Nothing to change: everything in the file is there already."))
    lines += [_line(one, t) for one in report.added[:SHOWN]]
    if more := max(0, len(report.added) - SHOWN):
        lines.append(t.n("and {count} more", "and {count} more", more))
    if report.unchanged and report.added:
        lines.append(
            t.n(
                "{count} shift was there already.",
                "{count} shifts were there already.",
                report.unchanged,
            )
        )
    return lines


def _line(added: Added, t: Text) -> str:
    people = ", ".join(added.people[:NAMED])
    if more := max(0, len(added.people) - NAMED):
        people = t.n("{shown} and {count} more", "{shown} and {count} more", more, shown=people)
    return t(
        "Added: {team}, {time}: {people}", team=added.team, time=_time(added, t), people=people
    )


def _time(added: Added, t: Text) -> str:
    """By the team's clock."""
    if isinstance(added.shift, Pattern):
        return f"{days(added.shift.weekdays, t)} {hours(added.shift, t)}"
    here = replace(t, zone=added.zone)
    return f"{here.moment(added.shift.starts_at)} – {here.moment(added.shift.ends_at)}"
