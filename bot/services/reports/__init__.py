"""Reports of escalations, and the Excel files that people ask for."""

from bot.services.reports.exporting import (
    UPLOAD,
    Job,
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
    read,
    want,
    workspaces_wanting,
)
from bot.services.reports.looking import choice, report

__all__ = [
    "UPLOAD",
    "Job",
    "Uploaded",
    "begin",
    "choice",
    "draw",
    "fail",
    "give_back",
    "go_on",
    "hand_over",
    "make_again",
    "next_due",
    "put_off",
    "read",
    "report",
    "want",
    "workspaces_wanting",
]
