"""What a lead is told to look at: targets that reach nobody whenever they fire, and policies that are never used."""

from dataclasses import replace

import pytest

from bot.people import Role
from bot.rules.policies import Level, Outside, Scene, Target, TargetKind, Why
from bot.rules.policies.doubts import Doubt, Place, doubts, is_never_used
from tests.rules.policies.made import policy

K = TargetKind
LEADS, MANAGER, LEFT = Target(K.LEADS), Target(K.MANAGER), Target(K.PERSON, "left")
LED = Scene(members={Role.LEAD: ("anna",)}, known=frozenset({"anna"}))
POLICY = replace(
    policy(),
    levels=(Level((LEADS, LEFT), 5), Level((MANAGER,), 5)),
    warned=(LEADS,),
    breached=(LEADS, MANAGER),
)


def test_each_target_that_reaches_nobody_is_named_with_its_place() -> None:
    assert doubts(POLICY, LED) == [
        Doubt(Place.LEVEL, LEFT, Why.HAS_LEFT, 0, alone=False),
        Doubt(Place.LEVEL, MANAGER, Why.NO_MANAGER, 1, alone=True),
        Doubt(Place.BREACHED, MANAGER, Why.NO_MANAGER, alone=False),
    ]
    assert [one.why for one in doubts(POLICY, Scene())] == [
        Why.NOBODY_LEADS,
        Why.HAS_LEFT,
        Why.NO_MANAGER,
        Why.NOBODY_LEADS,
        Why.NOBODY_LEADS,
        Why.NO_MANAGER,
    ]


@pytest.mark.parametrize(
    ("target", "scene", "why"),
    [
        (Target(K.LEAD_ON_SHIFT), LED, None),
        (Target(K.LEAD_ON_SHIFT), replace(LED, has_shifts=True), Why.NEVER_ON_SHIFT),
        (Target(K.LEAD_ON_SHIFT), Scene(), Why.NOBODY_LEADS),
        (Target(K.REPORTERS_LEAD), Scene(), None),  # who will raise a case, nobody knows
        (Target(K.GROUP, "S1"), LED, Why.NO_GROUP),
        (Target(K.CHANNEL, "C1"), LED, None),
        (Target(K.CHANNEL, "C1"), replace(LED, gone=frozenset({"C1"})), Why.NO_CHANNEL),
        (Target(K.ROUND_ROBIN, people=("left",)), LED, Why.HAS_LEFT),
        (Target(K.ROUND_ROBIN, people=("left", "anna")), LED, None),
    ],
)
def test_why(target: Target, scene: Scene, why: Why | None) -> None:
    found = doubts(replace(policy(), levels=(Level((target,), 5),)), scene)
    assert [one.why for one in found] == ([why] if why else [])


def test_a_policy_that_waits_for_another_is_used_once_that_names_it() -> None:
    night = replace(policy(5, name="night"), only_instead=True)
    day = policy(5, outside=Outside.OTHER, other="night", name="day")
    assert is_never_used(night, [night])
    assert is_never_used(night, [night, replace(day, outside=Outside.QUEUE)])
    assert not is_never_used(night, [night, day])
    assert not is_never_used(day, [day])
