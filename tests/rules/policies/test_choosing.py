"""The default works on the first day; the policy of a severity comes before the general one, and that before the default."""

from dataclasses import replace

import pytest

from bot.people import Role
from bot.rules.calendars import BusinessHours
from bot.rules.policies import (
    Level,
    Outside,
    Policy,
    Scene,
    Target,
    TargetKind,
    default_policy,
    policy_for,
    reach,
)
from bot.rules.severities import Severity
from bot.rules.teams import Team
from tests.cast import BILLING, WORKSPACE
from tests.rules.policies.made import policy

TEAM = Team(WORKSPACE, BILLING, "Billing")
NIGHTS = replace(TEAM, hours=BusinessHours(always_open=False, critical_always=True))
K = TargetKind


@pytest.mark.parametrize(
    ("severity", "minutes"),
    [
        (Severity.CRITICAL, 10),
        (Severity.HIGH, 30),
        (Severity.NORMAL, 120),
        (Severity.LOW, 480),
    ],
)
def test_the_default_climbs_when_the_time_to_claim_is_over(
    severity: Severity, minutes: int
) -> None:
    found = default_policy(TEAM, severity)
    assert found.levels == (
        Level((Target(K.LEAD_ON_SHIFT),), minutes),
        Level((Target(K.LEADS), Target(K.MANAGER)), minutes),
    )
    assert (found.repeats, found.repeat_from, found.is_default) == (3, 1, True)
    assert (found.warned, found.breached) == ((Target(K.LEAD_ON_SHIFT),), ())


def test_the_default_does_not_queue_what_counts_around_the_clock() -> None:
    found = {one: default_policy(NIGHTS, one).outside for one in Severity}
    assert found.pop(Severity.CRITICAL) is Outside.ANYWAY
    assert set(found.values()) == {Outside.QUEUE}
    assert default_policy(TEAM, Severity.CRITICAL).outside is Outside.QUEUE


def test_the_default_reaches_somebody_on_the_first_day() -> None:
    first_day = Scene(members={Role.LEAD: ("anna",)}, known=frozenset({"anna"}))
    for level in default_policy(TEAM, Severity.HIGH).levels:
        assert reach(level, first_day).people == ("anna",)


GENERAL = policy(5, name="general")
CRITICAL = replace(policy(5, name="critical"), severities=frozenset({Severity.CRITICAL}))
ALSO_CRITICAL = replace(CRITICAL, id="also")
NIGHT = replace(policy(5, name="night"), only_instead=True)
ELSEWHERE = replace(policy(5, name="elsewhere"), team_id="team-other")


@pytest.mark.parametrize(
    ("policies", "severity", "found"),
    [
        ([], Severity.HIGH, ""),
        ([GENERAL], Severity.HIGH, "general"),
        ([CRITICAL], Severity.HIGH, ""),
        ([CRITICAL], Severity.CRITICAL, "critical"),
        ([GENERAL, CRITICAL], Severity.CRITICAL, "critical"),
        ([GENERAL, CRITICAL], Severity.LOW, "general"),
        ([CRITICAL, ALSO_CRITICAL], Severity.CRITICAL, "critical"),  # the first one, always
        ([NIGHT], Severity.HIGH, ""),
        ([NIGHT, GENERAL], Severity.HIGH, "general"),
        ([ELSEWHERE], Severity.HIGH, ""),
    ],
)
def test_which_policy_a_case_has(policies: list[Policy], severity: Severity, found: str) -> None:
    assert policy_for(policies, TEAM, severity).id == found
