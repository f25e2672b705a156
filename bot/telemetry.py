"""Everything that Baton counts. No label names a person, a channel or a workspace."""

from prometheus_client import Counter, Gauge, Histogram

OUTBOX_SENT = Counter("baton_outbox_sent_total", "Calls that said something.", ["method"])
OUTBOX_REFUSED = Counter(
    "baton_outbox_refused_total", "Calls that were not accepted, by what that meant.", ["outcome"]
)
OUTBOX_DEAD = Counter("baton_outbox_dead_total", "Things that will never be said.")
OUTBOX_EXPIRED = Counter("baton_outbox_expired_total", "Things that came too late to be said.")
OUTBOX_RECONCILED = Counter(
    "baton_outbox_reconciled_total",
    "Unclear posts that were looked for, by the result.",
    ["result"],
)
OUTBOX_LAG = Histogram(
    "baton_outbox_lag_seconds",
    "From due to accepted by Slack.",
    ["priority"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 1800),
)
TIMERS_FIRED = Counter("baton_timers_fired_total", "Timers that fired.")
TIMERS_FAILED = Counter("baton_timers_failed_total", "Tries to fire a timer that failed.")
CLOCK_JUMPS = Counter("baton_clock_jumps_total", "Jumps of the wall clock by more than 2 s.")
AUDIT_GREEN = Gauge("baton_audit_green", "1 while the auditor finds nothing overdue.")
