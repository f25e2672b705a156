"""Ids of everything that stand-ups draw."""

COMMAND = "/standup"

# cards
ASK = "standup_ask"
"""The message that asks somebody. Its subject is `<person>:<message>`; several stand-ups share one."""
SUMMARY = "standup_summary"
"""One per round, in its channel. Its subject is the round's id."""
NOTES = "standup_notes"
"""What the shift before wants a lead to know. Its subject is `<round>:<person>`."""

# answering
ANSWER = "standup_answer"
NOTHING_NEW = "standup_nothing_new"
SKIP = "standup_skip"
OUT = "standup_out"
FORM = "standup_form"
YES_NO = "standup_yes_no"
EARLY = "standup_early"
AHEAD = "standup_ahead"
AHEAD_SKIP = "standup_ahead_skip"
AHEAD_FORM = "standup_ahead_form"
TAKE_BACK = "standup_take_back"

# the summary, blockers, notes
SHOW_ALL = "standup_show_all"
SUMMARY_PAGE = "standup_summary_page"
FOCUS = "standup_focus"
FOCUS_FORM = "standup_focus_form"
BLOCKER_TAKE = "standup_blocker_take"
BLOCKER_GIVE_BACK = "standup_blocker_give_back"
BLOCKER_ESCALATE = "standup_blocker_escalate"
BLOCKER_SOLVE = "standup_blocker_solve"
BLOCKER_FORM = "standup_blocker_form"
BLOCKERS = "standup_blockers"
BLOCKERS_PAGE = "standup_blockers_page"
CONFIRM_NOTES = "standup_confirm_notes"

# the set-up
LIST = "standup_list"
"""The modal of a team's stand-ups, of one of them, and of the templates: nothing in them is sent."""
SET_UP = "standup_set_up"
"""Opens the list; its value is a team, or nothing for the reader's first."""
SHOW = "standup_show"
NEW = "standup_new"
TEMPLATE = "standup_template"
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
CALENDAR_PAGE = "standup_calendar_page"
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
