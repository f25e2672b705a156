"""What would happen if a case were raised at a moment and nobody ever took it: every level that fires, and whom it reaches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.calendars import Calendar
from bot.rules.policies.floors import Floor
from bot.rules.policies.kinds import Policy, Target
from bot.rules.policies.reaching import Reached, Scene, Why, reach, why_nobody
from bot.rules.policies.running import Due, Run, first, onward, settle

Turns = Mapping[str, Mapping[str, int]]
"""For each policy's id, when each person was last chosen by it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One target of a level that fires: whom it reaches, or why nobody."""

    target: Target
    people: tuple[str, ...]
    why: Why | None


@dataclass(frozen=True, slots=True)
class Fired:
    """A level that fires. One that reaches nobody is skipped."""

    at: datetime
    policy: Policy
    run: Run
    reached: Reached
    parts: tuple[Part, ...]

    @property
    def is_skipped(self) -> bool:
        return self.reached.is_nobody


@dataclass(frozen=True, slots=True)
class Forecast:
    """In order of time, for a case that is raised `at` that moment. `is_cut` says that more would follow later."""

    at: datetime
    steps: tuple[Fired, ...]
    is_cut: bool = False


def forecast(
    policy: Policy,
    policies: Sequence[Policy],
    calendar: Calendar,
    floor: Floor,
    turns: Turns,
    *,
    at: datetime,
    until: datetime,
) -> Forecast:
    """Step by step as a policy runs. What is later than `until` is not looked at: nobody knows the shifts of then."""
    taken = {policy_id: dict(seen) for policy_id, seen in turns.items()}
    steps: list[Fired] = []
    due: Due | None = Due(policy, first(policy), at)
    while due:
        due = settle(due.policy, due.run, policies, calendar, due.at)
        if due.at > until:
            return Forecast(at, tuple(steps), is_cut=True)
        own = taken.setdefault(due.policy.id, {})
        fired = _fired(due, floor.at(due.at, own))
        steps.append(fired)
        for chosen in dict.fromkeys(fired.reached.turns.values()):
            own[chosen] = max(own.values(), default=0) + 1
        due = onward(due, calendar, reached=not fired.is_skipped)
    return Forecast(at, tuple(steps))


def _fired(due: Due, scene: Scene) -> Fired:
    level = due.policy.levels[due.run.level]
    reached = reach(level, scene)
    parts = tuple(
        Part(one, _people_of(one, reached, scene), why_nobody(one, scene)) for one in level.targets
    )
    return Fired(due.at, due.policy, due.run, reached, parts)


def _people_of(target: Target, reached: Reached, scene: Scene) -> tuple[str, ...]:
    """In a round whoever was chosen, given those that other rounds of the level chose."""
    if target.key in reached.turns:
        return (reached.turns[target.key],)
    return reach([target], scene).people
