"""What an import of people did, line by line, as plain text for a terminal."""

from collections.abc import Sequence

from bot.rules.roster.report import Entry, Report
from bot.text import Text
from bot.views.teams.words import role_name

SHOWN = 50


def report_lines(report: Report, t: Text) -> list[str]:
    """The problems, each with its row; or what changed, then what may disappoint, then who is not in the file."""
    if report.problems:
        return _problems(report, t)
    lines = [t("This is a trial: nothing was saved.")] if report.is_trial else []
    if report.changes_nothing:
        lines.append(t("Nothing to change: everything in the file is there already."))
    lines += [t("New team: {team}", team=team.name) for team in report.created]
    lines += [t("Changed team: {team}", team=team.name) for team in report.changed]
    lines += _entries(report.added, t("Added: {person}, {role} of {team}"), t)
    if report.unchanged and not report.changes_nothing:
        lines.append(
            t.n(
                "{count} row was there already.",
                "{count} rows were there already.",
                report.unchanged,
            )
        )
    lines += [t("Note: {warning}", warning=t.of(one)) for one in report.warnings]
    if report.absent:
        lines.append(
            t(
                "These are there and not in the file. They stay; take them out in /baton if they left:"
            )
        )
        lines += _entries(report.absent, t("  {person}, {role} of {team}"), t)
    return lines


def _problems(report: Report, t: Text) -> list[str]:
    count = len({one.row for one in report.problems})
    shown = [
        t("Row {row}: {problem}", row=one.row, problem=t.of(one.refused))
        for one in report.problems[:SHOWN]
    ]
    more = len(report.problems) - len(shown)
    return [
        t.n(
            "Nothing was imported: {count} row needs another look.",
            "Nothing was imported: {count} rows need another look.",
            count,
        ),
        *shown,
        *([t.n("and {count} more", "and {count} more", more)] if more else []),
    ]


def _entries(entries: Sequence[Entry], line: str, t: Text) -> list[str]:
    """Each in its own line, already in the reader's language, up to a readable number."""
    shown = [
        line.format(person=one.person, role=role_name(one.role, t), team=one.team)
        for one in entries[:SHOWN]
    ]
    more = len(entries) - len(shown)
    return [*shown, *([t.n("and {count} more", "and {count} more", more)] if more else [])]
