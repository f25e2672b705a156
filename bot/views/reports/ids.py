"""The ids by which Slack calls back: the form of a report and its buttons."""

FORM = "report_form"
EXPORT_FORM = "report_export_form"
COMING = "report_coming"
SHOWN = "report_shown"

OPEN = "report_open"
EXPORT = "report_export"
FIND_TEAMS = "report_find_teams"
CANCEL = "report_cancel"
