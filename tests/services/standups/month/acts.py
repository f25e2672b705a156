"""What happens in a month: people come, go, are away, change their minds, and answer. Each act changes the plain world."""

from dataclasses import dataclass
from datetime import datetime

from tests.services.standups.month.world import Override, Plan, World


@dataclass(frozen=True)
class Joins:
    team: str
    person: str
    role: str = "agent"

    def change(self, world: World, _now: datetime) -> None:
        world.teams[self.team].roles[self.person] = self.role


@dataclass(frozen=True)
class Leaves:
    team: str
    person: str

    def change(self, world: World, _now: datetime) -> None:
        del world.teams[self.team].roles[self.person]


@dataclass(frozen=True)
class IsDeactivated:
    person: str

    def change(self, world: World, _now: datetime) -> None:
        world.gone.add(self.person)


@dataclass(frozen=True)
class MovesTo:
    person: str
    zone: str

    def change(self, world: World, _now: datetime) -> None:
        world.zones[self.person] = self.zone


@dataclass(frozen=True)
class IsAway:
    """Somebody enters an absence."""

    person: str
    start: datetime
    end: datetime

    def change(self, world: World, _now: datetime) -> None:
        world.away.append((self.person, self.start, self.end))


@dataclass(frozen=True)
class IsBack:
    """Earlier than they said: what they had entered is taken out."""

    person: str

    def change(self, world: World, now: datetime) -> None:
        world.away = [one for one in world.away if one[0] != self.person or one[2] <= now]


@dataclass(frozen=True)
class Works:
    """Besides the patterns, or in place of somebody."""

    team: str
    override: Override

    def change(self, world: World, _now: datetime) -> None:
        world.teams[self.team].overrides.append(self.override)


@dataclass(frozen=True)
class Edits:
    """A lead changes when a stand-up asks."""

    standup: str
    plan: Plan

    def change(self, world: World, _now: datetime) -> None:
        world.standups[self.standup].plan = self.plan


@dataclass(frozen=True)
class Switches:
    standup: str
    on: bool

    def change(self, world: World, _now: datetime) -> None:
        world.standups[self.standup].is_active = self.on


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
