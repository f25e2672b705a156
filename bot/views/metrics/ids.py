"""Ids of everything that the numbers draw."""

COMMAND = "/metrics"

# Programs that send numbers.
PROGRAMS_OPEN = "metrics_programs_open"
PROGRAM_NEW = "metrics_program_new"
PROGRAM_FORM = "metrics_program_form"
PROGRAM_TEAM = "metrics_program_team"
PROGRAM_REVOKE = "metrics_program_revoke"
