"""Policies, calendars and floors of every kind, for the tests of the rules."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from bot.people import Role
from bot.rules.calendars import WEEKDAYS, BusinessHours, Calendar, Span
from bot.rules.policies import (
    LONGEST_WAIT,
    Level,
    Outside,
    Policy,
    Scene,
    Target,
    TargetKind,
)
from tests.cast import BILLING, NOON, WORKSPACE

PEOPLE = ("anna", "ben", "cleo", "dora", "emil")
LEAD = Target(TargetKind.LEAD_ON_SHIFT)
OFFICE = Calendar(
    "Europe/Berlin",
    BusinessHours(always_open=False, week={day: (Span(9 * 60, 17 * 60),) for day in WEEKDAYS[:5]}),
)
MONDAY = NOON.replace(hour=8)
"""Nine o'clock in Berlin: the office has just opened."""
SATURDAY = MONDAY + timedelta(days=5)


def policy(
    *minutes: int,
    repeats: int = 0,
    repeat_from: int = 0,
    outside: Outside = Outside.ANYWAY,
    other: str | None = None,
    name: str = "p",
) -> Policy:
    """One with a level for each of the waits."""
    return Policy(
        WORKSPACE,
        name,
        BILLING,
        name,
        frozenset(),
        tuple(Level((LEAD,), wait) for wait in minutes),
        repeats,
        repeat_from,
        outside,
        other,
    )


people = st.sampled_from(PEOPLE)
some = st.lists(people, unique=True, max_size=5).map(tuple)
targets = st.one_of(
    st.builds(Target, st.just(TargetKind.PERSON), people),
    st.builds(Target, st.just(TargetKind.GROUP), st.sampled_from(["S1", "S2"])),
    st.builds(Target, st.just(TargetKind.CHANNEL), st.sampled_from(["C1", "C2"])),
    st.builds(Target, st.just(TargetKind.ROUND_ROBIN), st.just(""), some),
    *(
        st.just(Target(kind))
        for kind in TargetKind
        if kind
        not in {TargetKind.PERSON, TargetKind.GROUP, TargetKind.CHANNEL, TargetKind.ROUND_ROBIN}
    ),
)
levels = st.builds(
    Level,
    st.lists(targets, min_size=1, max_size=3).map(tuple),
    st.one_of(st.integers(0, 200), st.integers(0, LONGEST_WAIT)),
)


def policies(name: str) -> st.SearchStrategy[Policy]:
    """Any policy that a row can hold."""
    return st.builds(
        Policy,
        st.just(WORKSPACE),
        st.just(name),
        st.just(BILLING),
        st.just(name),
        st.just(frozenset()),
        st.lists(levels, min_size=1, max_size=4).map(tuple),
        st.integers(0, 9),
        st.integers(0, 9),
        st.sampled_from(Outside),
        st.sampled_from(["a", "b", "c", "gone", None]),
    )


teams_of_policies = st.tuples(policies("a"), policies("b"), policies("c"))
moments = st.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 10), timezones=st.just(UTC))  # noqa: DTZ001
hours = st.lists(
    st.tuples(st.integers(0, 23), st.integers(1, 12)).map(
        lambda one: Span(one[0] * 60, (one[0] + one[1]) * 60)
    ),
    max_size=1,
).map(tuple)
calendars = st.builds(
    Calendar,
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]),
    st.builds(
        BusinessHours,
        st.booleans(),
        st.fixed_dictionaries(
            {"mon": st.just((Span(540, 1020),))} | dict.fromkeys(WEEKDAYS[1:], hours)
        ),
    ),
)
ids = st.frozensets(people)
scenes = st.builds(
    Scene,
    members=st.fixed_dictionaries(dict.fromkeys(Role, some)),
    known=ids,
    on_shift=ids,
    has_shifts=st.booleans(),
    away=ids,
    reporter=people,
    reporters_leads=some,
    groups=st.fixed_dictionaries({}, optional={"S1": some, "S2": some}),
    turns=st.dictionaries(people, st.integers(1, 9)),
    gone=st.frozensets(st.sampled_from(["C1", "S2"])),
)
