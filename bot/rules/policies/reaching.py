"""Whom a level reaches at a moment: nobody who is away, was deactivated or is of another workspace, each once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.people import Role
from bot.rules.policies.kinds import Level, Target, TargetKind

BY_ROLE = {
    TargetKind.LEADS: (Role.LEAD,),
    TargetKind.MANAGER: (Role.MANAGER,),
    TargetKind.EVERYONE: (Role.AGENT, Role.LEAD, Role.MANAGER),  # observers read and are not asked
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What a team's floor looks like at one moment.

    `known` are all people of the workspace who can be told; whoever is not in it has left, or is a bot. `on_shift` counts
    only in a team that `has_shifts`. `turns` says when each person was last chosen in a round: later ones have higher
    numbers, and who never was has none. `gone` are channels and user groups that are no more.
    """

    members: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    on_shift: frozenset[str] = frozenset()
    has_shifts: bool = False
    away: frozenset[str] = frozenset()
    reporter: str = ""
    reporters_leads: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    turns: Mapping[str, int] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    def is_there(self, person_id: str) -> bool:
        return person_id in self.known and person_id not in self.away

    def leads_on_shift(self) -> tuple[str, ...]:
        """All leads while no shifts are set up: then nobody has said who is on."""
        leads = self.members.get(Role.LEAD, ())
        return tuple(one for one in leads if one in self.on_shift) if self.has_shifts else leads


@dataclass(frozen=True, slots=True)
class Reached:
    """Who is told, each once, and in which channels. `groups` are the user groups whose members are among the people.

    `turns` says who was chosen in each round, by the key of its target.
    """

    people: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    turns: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_nobody(self) -> bool:
        return not (self.people or self.channels)


class Why(StrEnum):
    """Why a target reaches nobody."""

    NOBODY_LEADS = "nobody_leads"
    NOBODY_ON_SHIFT = "nobody_on_shift"
    NEVER_ON_SHIFT = "never_on_shift"
    NO_MANAGER = "no_manager"
    NO_REPORTERS_LEAD = "no_reporters_lead"
    NOBODY_IN_TEAM = "nobody_in_team"
    NO_GROUP = "no_group"
    NO_CHANNEL = "no_channel"
    HAS_LEFT = "has_left"
    IS_AWAY = "is_away"
    ALL_AWAY = "all_away"


def reach(told: Level | Sequence[Target], scene: Scene) -> Reached:
    """Whom these targets reach. A round that has nobody there keeps its turn."""
    targets = told.targets if isinstance(told, Level) else told
    people: list[str] = []
    channels: list[str] = []
    groups: list[str] = []
    chosen: dict[str, str] = {}
    for target in targets:
        if target.kind is TargetKind.CHANNEL:
            channels += [target.id] if target.id not in scene.gone else []
            continue
        found = [one for one in _meant(target, scene) if scene.is_there(one)]
        if target.kind is TargetKind.ROUND_ROBIN and found:
            found = [_next_in(found, scene.turns, chosen.values())]
            chosen[target.key] = found[0]
        if target.kind is TargetKind.GROUP and found:
            groups.append(target.id)
        people += found
    return Reached(_once(people), _once(channels), _once(groups), chosen)


def why_nobody(target: Target, scene: Scene) -> Why | None:
    """Why the target reaches nobody; None if it reaches somebody."""
    if not reach([target], scene).is_nobody:
        return None
    meant = _meant(target, scene)
    if not meant or target.kind is TargetKind.CHANNEL:
        return _why_empty(target, scene)
    alone = target.kind is TargetKind.PERSON
    if not any(one in scene.known for one in meant):
        return Why.NO_GROUP if target.kind is TargetKind.GROUP else Why.HAS_LEFT
    return Why.IS_AWAY if alone else Why.ALL_AWAY


def _why_empty(target: Target, scene: Scene) -> Why:
    if target.kind is TargetKind.LEAD_ON_SHIFT and scene.members.get(Role.LEAD):
        return Why.NOBODY_ON_SHIFT
    return {
        TargetKind.PERSON: Why.HAS_LEFT,
        TargetKind.LEAD_ON_SHIFT: Why.NOBODY_LEADS,
        TargetKind.LEADS: Why.NOBODY_LEADS,
        TargetKind.REPORTERS_LEAD: Why.NO_REPORTERS_LEAD,
        TargetKind.MANAGER: Why.NO_MANAGER,
        TargetKind.EVERYONE: Why.NOBODY_IN_TEAM,
        TargetKind.GROUP: Why.NO_GROUP,
        TargetKind.CHANNEL: Why.NO_CHANNEL,
        TargetKind.ROUND_ROBIN: Why.HAS_LEFT,
    }[target.kind]


def _meant(target: Target, scene: Scene) -> tuple[str, ...]:
    """Everybody whom a target means, there or not."""
    if target.kind in BY_ROLE:
        roles = BY_ROLE[target.kind]
        return _once(one for role in roles for one in scene.members.get(role, ()))
    match target.kind:
        case TargetKind.PERSON:
            return (target.id,)
        case TargetKind.LEAD_ON_SHIFT:
            return scene.leads_on_shift()
        case TargetKind.REPORTERS_LEAD:
            return tuple(one for one in scene.reporters_leads if one != scene.reporter)
        case TargetKind.GROUP:
            return () if target.id in scene.gone else scene.groups.get(target.id, ())
        case _:
            return target.people


def _next_in(there: Sequence[str], turns: Mapping[str, int], chosen: Iterable[str]) -> str:
    """Whoever was chosen longest ago, in the order of the round. Two rounds of one level do not choose the same person."""
    just_now = set(chosen)
    return min(there, key=lambda one: (one in just_now, turns.get(one, -1)))


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
