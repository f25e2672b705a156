"""Who is told of a case that nobody has yet, in which order, and what that comes to at a given moment. Pure and sync."""

from bot.rules.policies.choosing import default_policy, policy_for
from bot.rules.policies.floors import Floor
from bot.rules.policies.kinds import (
    LEVELS_AT_MOST,
    LONGEST_WAIT,
    POLICIES_AT_MOST,
    REPEATS_AT_MOST,
    ROUND_AT_MOST,
    TARGETS_AT_MOST,
    Level,
    Outside,
    Policy,
    Target,
    TargetKind,
)
from bot.rules.policies.reaching import Reached, Scene, Why, reach, why_nobody
from bot.rules.policies.running import (
    Due,
    Run,
    after,
    fired_at_most,
    first,
    next_at,
    onward,
    policy_now,
    queued_until,
    settle,
)

__all__ = [
    "LEVELS_AT_MOST", "LONGEST_WAIT", "POLICIES_AT_MOST", "REPEATS_AT_MOST", "ROUND_AT_MOST", "TARGETS_AT_MOST", "Due",
    "Floor", "Level", "Outside", "Policy", "Reached", "Run", "Scene", "Target", "TargetKind", "Why", "after", "default_policy",
    "fired_at_most", "first", "next_at", "onward", "policy_for", "policy_now", "queued_until", "reach", "settle",
    "why_nobody",
]  # fmt: skip
