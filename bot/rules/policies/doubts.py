"""What a lead should look at: targets of a policy that reach nobody, whenever it fires."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.rules.policies.kinds import Outside, Policy, Target, TargetKind
from bot.rules.policies.reaching import Scene, Why, why_nobody


class Place(StrEnum):
    """Where in a policy targets stand."""

    LEVEL = "level"
    WARNED = "warned"
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A target that reaches nobody. `level` is the index where the place is a level.

    `alone` says that the others of its place reach nobody either.
    """

    place: Place
    target: Target
    why: Why
    level: int = 0
    alone: bool = False


def doubts(policy: Policy, scene: Scene) -> list[Doubt]:
    """In the order of the policy.

    The scene is that of a good day: nobody is away, and on shift is whoever is so at any time soon.
    """
    return [
        *(
            one
            for index, level in enumerate(policy.levels)
            for one in _of(Place.LEVEL, level.targets, scene, index)
        ),
        *_of(Place.WARNED, policy.warned, scene),
        *_of(Place.BREACHED, policy.breached, scene),
    ]


def is_never_used(policy: Policy, policies: Sequence[Policy]) -> bool:
    """Whether it waits to take over from a policy, and none names it."""
    return policy.only_instead and not any(
        one.outside is Outside.OTHER and one.other_policy_id == policy.id for one in policies
    )


def _of(place: Place, targets: Sequence[Target], scene: Scene, level: int = 0) -> Iterator[Doubt]:
    found = {one: why for one in targets if (why := _why(one, scene))}
    for target, why in found.items():
        yield Doubt(place, target, why, level, alone=len(found) == len(set(targets)))


def _why(target: Target, scene: Scene) -> Why | None:
    if target.kind is TargetKind.REPORTERS_LEAD:  # nobody can know who will raise a case
        return None
    why = why_nobody(target, scene)
    return Why.NEVER_ON_SHIFT if why is Why.NOBODY_ON_SHIFT else why
