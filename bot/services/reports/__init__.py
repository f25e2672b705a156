"""Reports of escalations, and the Excel files that people ask for."""

from bot.services.reports.commanding import (
    begin_by_command,
    end_by_command,
    person_called,
    team_called,
    workspace_of,
)
from bot.services.reports.exporting import (
    UPLOAD,
    Uploaded,
    begin,
    draw,
    fail,
    give_back,
    go_on,
    hand_over,
    make_again,
    next_due,
    put_off,
    wait,
    workspaces_wanting,
)
from bot.services.reports.looking import choice, report
from bot.services.reports.wanting import Job, cancel, job_of, read, want

__all__ = [
    "UPLOAD",
    "Job",
    "Uploaded",
    "begin",
    "begin_by_command",
    "cancel",
    "choice",
    "draw",
    "end_by_command",
    "fail",
    "give_back",
    "go_on",
    "hand_over",
    "job_of",
    "make_again",
    "next_due",
    "person_called",
    "put_off",
    "read",
    "report",
    "team_called",
    "wait",
    "want",
    "workspace_of",
    "workspaces_wanting",
]
