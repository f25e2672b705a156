"""The dry run is what stepping through the pure functions gives, with shifts and absences as they are at each step's time."""

from datetime import datetime, timedelta

from hypothesis import given, settings

from bot.people import Role
from bot.rules.absences import Absence, Kind
from bot.rules.calendars import Calendar
from bot.rules.policies import (
    Floor,
    Level,
    Outside,
    Policy,
    Run,
    Scene,
    Target,
    TargetKind,
    Why,
    after,
    first,
    next_at,
    policy_now,
    queued_until,
    reach,
)
from bot.rules.policies.forecasts import Forecast, forecast
from bot.rules.shifts import Span
from tests.cast import BILLING, WORKSPACE
from tests.rules.policies import made
from tests.rules.policies.made import MONDAY, OFFICE, SATURDAY

K = TargetKind
MINUTE = timedelta(minutes=1)
WEEKS = timedelta(weeks=8)
Step = tuple[datetime, str, Run, tuple[str, ...]]
FLOOR = Floor(
    Scene(
        members={Role.LEAD: ("anna", "ben"), Role.MANAGER: ("mara",)},
        known=frozenset({"anna", "ben", "mara"}),
        has_shifts=True,
    ),
    {"anna": [Span(MONDAY, MONDAY + 10 * MINUTE)], "ben": [Span(MONDAY + 20 * MINUTE, SATURDAY)]},
    [Absence(WORKSPACE, "1", "mara", Kind.SICK, MONDAY, MONDAY + 40 * MINUTE)],
)
CLIMBS = Policy(
    WORKSPACE,
    "p",
    BILLING,
    "p",
    frozenset(),
    (
        Level((Target(K.LEAD_ON_SHIFT),), 15),
        Level((Target(K.LEAD_ON_SHIFT),), 15),
        Level((Target(K.LEADS), Target(K.MANAGER)), 30),
    ),
    repeats=1,
    repeat_from=2,
    outside=Outside.ANYWAY,
)


def tried(
    policy: Policy, known: list[Policy], calendar: Calendar, floor: Floor, at: datetime
) -> Forecast:
    return forecast(policy, known, calendar, floor, {}, at=at, until=at + WEEKS)


def told(found: Forecast) -> list[tuple[int, str]]:
    """After how many minutes who is told."""
    return [((one.at - found.at) // MINUTE, " ".join(one.reached.people)) for one in found.steps]


def test_shifts_and_absences_are_those_of_each_steps_time() -> None:
    """At 15 minutes nobody is on shift, so that the third level is told at once; the manager is back in the second round."""
    found = tried(CLIMBS, [CLIMBS], OFFICE, FLOOR, MONDAY)
    assert told(found) == [(0, "anna"), (15, ""), (15, "anna ben"), (45, "anna ben mara")]
    assert [one.is_skipped for one in found.steps] == [False, True, False, False]
    [part] = found.steps[1].parts
    assert part.why is Why.NOBODY_ON_SHIFT
    assert [one.why for one in found.steps[2].parts] == [None, Why.ALL_AWAY]
    assert not found.is_cut


def test_a_round_goes_on_from_level_to_level() -> None:
    turn = Target(K.ROUND_ROBIN, people=("anna", "ben"))
    policy = Policy(
        WORKSPACE, "p", BILLING, "p", frozenset(), (Level((turn,), 5),), 2, 0, Outside.ANYWAY
    )
    found = forecast(
        policy, [policy], OFFICE, FLOOR, {"p": {"anna": 7}}, at=MONDAY, until=MONDAY + WEEKS
    )
    assert told(found) == [(0, "ben"), (5, "anna"), (10, "ben")]
    assert [one.parts[0].people for one in found.steps] == [("ben",), ("anna",), ("ben",)]


def test_what_nobody_can_know_is_cut_off() -> None:
    policy = made.policy(10080, 10080, repeats=9, outside=Outside.QUEUE)
    found = tried(policy, [policy], OFFICE, FLOOR, MONDAY)
    assert found.is_cut
    assert all(one.at <= MONDAY + WEEKS for one in found.steps)


def stepped(
    policy: Policy, known: list[Policy], calendar: Calendar, floor: Floor, at: datetime
) -> list[Step]:
    """The same without `settle`, `onward` and `forecast`: only what a single level asks."""
    run: Run | None = first(policy)
    found: list[Step] = []
    turns: dict[str, dict[str, int]] = {}
    start = at
    while run:
        in_force = policy_now(policy, known, calendar, at)
        if in_force.id != policy.id:
            policy, run = in_force, first(in_force)
        at = queued_until(policy, calendar, at) or at
        if at > start + WEEKS:
            break
        own = turns.setdefault(policy.id, {})
        reached = reach(policy.levels[run.level], floor.at(at, own))
        for one in dict.fromkeys(reached.turns.values()):
            own[one] = max(own.values(), default=0) + 1
        found.append((at, policy.id, run, reached.people))
        at = next_at(policy, run, calendar, fired_at=at, reached=not reached.is_nobody)
        run = after(policy, run)
    return found


@settings(max_examples=60)
@given(made.teams_of_policies, made.calendars, made.moments, made.scenes)
def test_it_is_what_stepping_gives(
    known: tuple[Policy, ...], calendar: Calendar, at: datetime, scene: Scene
) -> None:
    floor = Floor(
        scene,
        {one: [Span(at, at + n * 300 * MINUTE)] for n, one in enumerate(sorted(scene.on_shift))},
        [
            Absence(WORKSPACE, one, one, Kind.SICK, at + 60 * MINUTE, at + 600 * MINUTE)
            for one in sorted(scene.away)
        ],
    )
    for policy in known:
        found = tried(policy, list(known), calendar, floor, at)
        shown = [(one.at, one.policy.id, one.run, one.reached.people) for one in found.steps]
        assert shown == stepped(policy, list(known), calendar, floor, at)
