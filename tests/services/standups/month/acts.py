"""What happens in a month: people come, go, are away, change their minds, and answer. Each act changes the plain world, or says that it cannot be done."""

from dataclasses import dataclass
from datetime import datetime

from tests.services.standups.month.world import Override, Plan, World


def _set(roles: dict[str, str], wanted: dict[str, str]) -> bool:
    """Somebody has to lead."""
    if "lead" not in wanted.values():
        return False
    roles.clear()
    roles.update(wanted)
    return True


@dataclass(frozen=True)
class Joins:
    team: str
    person: str
    role: str = "agent"

    def change(self, world: World, _now: datetime) -> bool:
        roles = world.teams[self.team].roles
        return _set(roles, {**roles, self.person: self.role})


@dataclass(frozen=True)
class Leaves:
    team: str
    person: str

    def change(self, world: World, _now: datetime) -> bool:
        roles = world.teams[self.team].roles
        without = {one: role for one, role in roles.items() if one != self.person}
        return self.person in roles and _set(roles, without)


@dataclass(frozen=True)
class IsDeactivated:
    person: str

    def change(self, world: World, _now: datetime) -> bool:
        world.gone.add(self.person)
        return True


@dataclass(frozen=True)
class MovesTo:
    person: str
    zone: str

    def change(self, world: World, _now: datetime) -> bool:
        world.zones[self.person] = self.zone
        return self.person not in world.gone


@dataclass(frozen=True)
class IsAway:
    """Somebody enters an absence."""

    person: str
    start: datetime
    end: datetime

    def change(self, world: World, now: datetime) -> bool:
        if self.end > now:
            world.away.append((self.person, self.start, self.end))
        return self.end > now


@dataclass(frozen=True)
class IsBack:
    """Earlier than they said: what they had entered is taken out."""

    person: str

    def change(self, world: World, now: datetime) -> bool:
        before = len(world.away)
        world.away = [one for one in world.away if one[0] != self.person or one[2] <= now]
        return len(world.away) < before


@dataclass(frozen=True)
class Works:
    """Besides the patterns, or in place of somebody."""

    team: str
    override: Override

    def change(self, world: World, now: datetime) -> bool:
        """Those of whom it speaks are in the team, and it is not over."""
        roles = {"": "", **world.teams[self.team].roles}
        is_fit = (
            self.override.person in roles
            and self.override.instead_of in roles
            and self.override.end > now
        )
        if is_fit:
            world.teams[self.team].overrides.append(self.override)
        return is_fit


@dataclass(frozen=True)
class Edits:
    """A lead changes when a stand-up asks."""

    standup: str
    plan: Plan

    def change(self, world: World, _now: datetime) -> bool:
        world.standups[self.standup].plan = self.plan
        return True


@dataclass(frozen=True)
class Switches:
    standup: str
    on: bool

    def change(self, world: World, _now: datetime) -> bool:
        world.standups[self.standup].is_active = self.on
        return True


@dataclass(frozen=True)
class Says:
    """Somebody answers, says that there is nothing new, skips, is out today, or is early for the next round.

    `opens` is when the round opened that they mean; nothing for the next one.
    """

    person: str
    standup: str
    how: str
    opens: datetime | None = None


Change = Joins | Leaves | IsDeactivated | MovesTo | IsAway | IsBack | Works | Edits | Switches
Act = Change | Says

Habit = tuple[str, float]
"""What somebody says when they are asked, and after which share of their window; past 1 it is mostly late."""
