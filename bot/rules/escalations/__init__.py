"""What may happen to an escalation, when it is due, and what is wrong with a form. Pure and sync."""

from bot.rules.escalations.alarms import Alarm, alarms, is_due
from bot.rules.escalations.cases import (
    Changes,
    Escalation,
    Event,
    Origin,
    Rating,
    Rung,
    Step,
    Update,
    Wait,
    WaitingOn,
    origin_of,
)
from bot.rules.escalations.checks import PERMISSIONS, check, no_such, overtaken, possible
from bot.rules.escalations.clocking import (
    claim_warned,
    clock_started,
    fell,
    found_late,
    level_put_off,
    level_skipped,
    level_told,
    promise_late,
    promise_warned,
    reminded,
    reporter_reminded,
    stepped,
    update_late,
    update_warned,
    woke,
)
from bot.rules.escalations.clocks import (
    a_day_later,
    answer_minutes,
    calendar_of,
    claim_due_at,
    claim_minutes,
    claim_warn_at,
    minutes_late,
    minutes_until,
    opens_at,
    try_again_at,
    update_minutes,
)
from bot.rules.escalations.drafts import CATEGORIES, Draft, Need, problems
from bot.rules.escalations.linking import (
    Asking,
    answered,
    asked,
    asked_by,
    asker_closed,
    drafted,
    hung_before,
    hung_on,
    let_go,
    merged_numbers,
    problems_of_asking,
    problems_of_choice,
    problems_of_merge,
)
from bot.rules.escalations.loads import Load, heaviest_first
from bot.rules.escalations.moving import (
    came_up,
    claimed,
    merged,
    raised,
    rated,
    reopened,
    resolved,
    resubmitted,
    returned,
    withdrawn,
)
from bot.rules.escalations.outcomes import (
    CURRENCIES,
    Decision,
    Resolution,
    Returning,
    ReturnReason,
    Solvable,
    Verdict,
    problems_of_return,
    resolution,
    wrong_words,
)
from bot.rules.escalations.outcomes import problems as problems_of_verdict
from bot.rules.escalations.states import (
    CLOSED,
    NEXT,
    OWNED,
    UNFINISHED,
    Action,
    EventKind,
    State,
)
from bot.rules.escalations.stepping import as_kept, flat, replayed
from bot.rules.escalations.waits import (
    Ahead,
    WaitDraft,
    problems_of_update,
    problems_of_wait,
    times_ahead,
)
from bot.rules.escalations.words import clean, find_ticket, from_message, is_link, ticket_key
from bot.rules.escalations.working import (
    assigned,
    department_answered,
    followed,
    kept,
    moved,
    released,
    resumed,
    severity_changed,
    source_of,
    took_in,
    updated,
    waited,
    written,
)

__all__ = [
    "CATEGORIES", "CLOSED", "CURRENCIES", "NEXT", "OWNED", "PERMISSIONS", "UNFINISHED", "Action", "Ahead", "Alarm", "Asking", "Changes",
    "Decision", "Draft", "Escalation", "Event", "EventKind", "Load", "Need", "Origin", "Rating", "Resolution", "ReturnReason", "Returning", "Rung", "Solvable",
    "State", "Step", "Update", "Verdict", "Wait", "WaitDraft", "WaitingOn", "a_day_later", "alarms", "answer_minutes", "answered", "as_kept", "asked", "asked_by",
    "asker_closed", "assigned",
    "calendar_of", "came_up", "check", "claim_due_at", "claim_minutes", "claim_warn_at", "claim_warned", "claimed", "clean",
    "clock_started", "department_answered", "drafted", "fell", "find_ticket", "flat", "followed", "found_late", "from_message", "heaviest_first", "hung_before", "hung_on",
    "is_due", "is_link", "kept", "let_go", "level_put_off", "level_skipped",
    "level_told", "merged", "merged_numbers", "minutes_late", "minutes_until", "moved",
    "no_such", "opens_at", "origin_of", "overtaken", "possible", "problems", "problems_of_asking", "problems_of_choice", "problems_of_merge", "problems_of_return", "problems_of_update",
    "problems_of_verdict", "problems_of_wait",
    "promise_late", "promise_warned", "raised", "rated", "released", "reminded", "reopened", "replayed",
    "reporter_reminded", "resolution", "resolved", "resubmitted", "resumed", "returned", "severity_changed", "source_of", "stepped",
    "ticket_key", "times_ahead", "took_in", "try_again_at", "update_late", "update_minutes", "update_warned", "updated", "waited", "withdrawn", "woke",
    "written", "wrong_words",
]  # fmt: skip
