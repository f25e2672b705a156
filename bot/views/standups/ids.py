"""Ids of everything that stand-ups draw."""

COMMAND = "/standup"

# cards
ASK = "standup_ask"
"""The message that asks somebody. Its subject is `<person>:<message>`; several stand-ups share one."""
SUMMARY = "standup_summary"
"""One per round, in its channel. Its subject is the round's id."""
NOTES = "standup_notes"
"""What the shift before wants a lead to know. Its subject is `<round>:<person>`."""
MOOD = "standup_mood"
"""To a lead, that somebody's mood falls who shares it. Its subject is `<person>:<stand-up>:<round in which it began>`."""

# answering
ANSWER = "standup_answer"
NOTHING_NEW = "standup_nothing_new"
SKIP = "standup_skip"
OUT = "standup_out"
FORM = "standup_form"
YES_NO = "standup_yes_no"
AHEAD = "standup_ahead"
AHEAD_FORM = "standup_ahead_form"
TAKE_BACK = "standup_take_back"

# the summary, blockers, notes
SHOW_ALL = "standup_show_all"
SUMMARY_PAGE = "standup_summary_page"
FOCUS = "standup_focus"
FOCUS_FORM = "standup_focus_form"
BLOCKER_TAKE = "standup_blocker_take"
BLOCKER_ESCALATE = "standup_blocker_escalate"
BLOCKER_SOLVE = "standup_blocker_solve"
BLOCKER_FORM = "standup_blocker_form"
BLOCKERS = "standup_blockers"
BLOCKERS_PAGE = "standup_blockers_page"
CONFIRM_NOTES = "standup_confirm_notes"

# the set-up
SET_UP = "standup_set_up"
NEW = "standup_new"
EDIT = "standup_edit"
SETTINGS_FORM = "standup_settings_form"
MOMENT = "standup_moment"
QUESTION_ADD = "standup_question_add"
QUESTION_EDIT = "standup_question_edit"
QUESTION_UP = "standup_question_up"
QUESTION_REMOVE = "standup_question_remove"
QUESTION_KIND = "standup_question_kind"
QUESTION_FORM = "standup_question_form"
CALENDAR = "standup_calendar"
SWITCH = "standup_switch"

# for everybody's own view, and for leads
OVERVIEW = "standup_overview"
NUDGE = "standup_nudge"
MISSING = "standup_missing"
PARTICIPATION = "standup_participation"
CONSENT = "standup_consent"
EXPORT = "standup_export"
EXPORT_FORM = "standup_export_form"


def subject(first: str, second: str) -> str:
    """Of a card that belongs to one person."""
    return f"{first}:{second}"
