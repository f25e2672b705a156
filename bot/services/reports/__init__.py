"""Reports of escalations, and the Excel files that people ask for."""

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
    workspaces_wanting,
)
from bot.services.reports.looking import choice, report
from bot.services.reports.wanting import Job, cancel, job_of, read, want

__all__ = [
    "UPLOAD",
    "Job",
    "Uploaded",
    "begin",
    "cancel",
    "choice",
    "draw",
    "fail",
    "give_back",
    "go_on",
    "hand_over",
    "job_of",
    "make_again",
    "next_due",
    "put_off",
    "read",
    "report",
    "want",
    "workspaces_wanting",
]
