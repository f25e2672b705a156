"""Ids of everything that the numbers draw."""

COMMAND = "/metrics"

# Importing files
IMPORT_OPEN = "metrics_import_open"
IMPORT_FORM = "metrics_import_form"
IMPORT_CARD = "metrics_import"
"""The message that says how an import stands."""
IMPORT_START = "metrics_import_start"
IMPORT_CHANGE = "metrics_import_change"
IMPORT_COLUMNS = "metrics_import_columns"
"""The form in which columns are corrected."""
IMPORT_PAGE = "metrics_import_page"
IMPORT_CANCEL = "metrics_import_cancel"
IMPORT_ANSWER = "metrics_import_answer"
IMPORT_TEAM = "metrics_import_team"
IMPORT_GOOD = "metrics_import_good"
IMPORT_UNDO = "metrics_import_undo"
