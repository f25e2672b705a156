"""The state machine: chance chooses who does what, when the clock moves, and when a process dies."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.people import Person
from bot.rules.policies import Policy
from tests.cast import ALICE, BILLING, SHIPPING
from tests.services.escalations.machine.acts import ACTS
from tests.services.escalations.machine.deaths import AT_COMMIT
from tests.services.escalations.machine.floor import (
    ACTORS,
    BEGINNINGS,
    HOURS,
    LEAVERS,
    NIGHT_POLICY,
    a_policy,
)
from tests.services.escalations.machine.house import House

NewDatabase = Callable[[], Awaitable[str]]

MOST_CASES = 6
TEAM_IDS = (BILLING, BILLING, SHIPPING)
NAMES = ("ours", NIGHT_POLICY)

LIKED = {"claim", "wait", "update", "keep"}
"""What happens most on a real floor."""

seeds = st.integers(0, 2**32)
turns = st.one_of(st.integers(1, 16), st.just(AT_COMMIT))
hows = st.sampled_from(["plain"] * 5 + ["twice", "unacknowledged", "dies", "dies", "gone"])
minutes = st.one_of(st.integers(1, 90), st.sampled_from([240, 720, 1440, 3 * 1440]))


class Weeks(RuleBasedStateMachine):
    """Some weeks on a floor. `make` makes a fresh database and says where it is."""

    def __init__(self, make: NewDatabase) -> None:
        super().__init__()
        self._make = make
        self._runner = asyncio.Runner()
        self.house: House

    def run(self, doing: Awaitable[object]) -> None:
        async def done() -> None:
            await doing

        self._runner.run(done())

    @initialize(beginning=st.sampled_from(BEGINNINGS), policies=st.data(), count=st.integers(0, 3))
    def begin(self, beginning: datetime, policies: st.DataObject, count: int) -> None:
        async def opened() -> None:
            self.house = House(await self._make(), beginning)
            await self.house.open()

        self.run(opened())
        for team_id, name in ((BILLING, "ours"), (BILLING, NIGHT_POLICY), (SHIPPING, "ours"))[
            :count
        ]:
            self.set_policy(team_id, name, policies)
        self.run(self.house.raises(ALICE, BILLING, count, "plain", 0))

    def set_policy(self, team_id: str, name: str, data: st.DataObject) -> None:
        policy: Policy | None = data.draw(st.one_of(a_policy(team_id, name), st.none()))
        self.run(self.house.sets_policy(policy, f"{team_id}-{name}"))

    def teardown(self) -> None:
        if hasattr(self, "house"):
            self.run(self.end())
        self._runner.close()

    async def end(self) -> None:
        """Nothing is looked at that is known to be wrong already."""
        try:
            if self.house.is_sound:
                await self.house.check_sight()
        finally:
            await self.house.db.close()

    @property
    def numbers(self) -> list[int]:
        return list(self.house.seen.cases)

    def pick(self, number: int, seed: int, *, wild: bool) -> tuple[str, Person, int]:
        """Something that somebody may do, or, if it is to be wild, anything."""
        found = self.house.likely(number)
        if wild or not found:
            found = [(name, self.house.actors) for name in ACTS]
        found += [one for one in found if one[0] in LIKED] * 2
        chance = Random(seed)  # noqa: S311 - a test that can be repeated
        name, people = chance.choice(found)
        return name, chance.choice(people), seed

    @precondition(lambda self: len(self.numbers) < MOST_CASES)
    @rule(
        who=st.sampled_from(ACTORS),
        team_id=st.sampled_from(TEAM_IDS),
        seed=seeds,
        how=hows,
        turn=turns,
    )
    def somebody_raises(self, who: Person, team_id: str, seed: int, how: str, turn: int) -> None:
        if who in self.house.actors:
            self.run(self.house.raises(who, team_id, seed, how, turn))

    @precondition(lambda self: self.numbers)
    @rule(case=seeds, seed=seeds, wild=st.sampled_from([False] * 4 + [True]), how=hows, turn=turns)
    def somebody_acts(self, case: int, seed: int, wild: bool, how: str, turn: int) -> None:
        number = self.numbers[case % len(self.numbers)]
        name, person, _ = self.pick(number, seed, wild=wild)
        self.run(self.house.acts(name, person, number, seed, how, turn))

    @precondition(lambda self: self.numbers)
    @rule(case=seeds, seed=seeds)
    def somebody_else_acts(self, case: int, seed: int) -> None:
        """Most of what happens is good and plain."""
        number = self.numbers[case % len(self.numbers)]
        name, person, _ = self.pick(number, seed, wild=False)
        self.run(self.house.acts(name, person, number, seed, "plain", 0))

    @precondition(lambda self: self.numbers)
    @rule(case=seeds, runners=st.lists(seeds, min_size=2, max_size=4), tick=st.booleans())
    def some_race(self, case: int, runners: list[int], tick: bool) -> None:
        number = self.numbers[case % len(self.numbers)]
        found = [self.pick(number, seed, wild=False) for seed in runners]
        self.run(self.house.race(number, found, tick=tick))

    @precondition(lambda self: self.numbers)
    @rule(case=seeds, seed=seeds)
    def one_comes_twice_at_once(self, case: int, seed: int) -> None:
        number = self.numbers[case % len(self.numbers)]
        name, person, _ = self.pick(number, seed, wild=False)
        self.run(self.house.twice_at_once(name, person, number, seed))

    @rule(passed=minutes)
    def time_passes(self, passed: int) -> None:
        self.run(self.house.time_passes(self.house.now + timedelta(minutes=passed)))

    @rule(hours=st.sampled_from([0.5, 3, 9, 30, 72]))
    def nothing_runs_for_hours(self, hours: float) -> None:
        self.run(self.house.sleeps(self.house.now + timedelta(hours=hours)))

    @rule(passed=minutes, how=st.sampled_from(["dies", "gone"]), turn=turns)
    def the_tick_dies(self, passed: int, how: str, turn: int) -> None:
        self.house.now += timedelta(minutes=passed)
        self.run(self.house.tick(how, turn))

    @rule(who=st.sampled_from(ACTORS), hours=st.sampled_from([0, 1, 8, 48]))
    def somebody_goes_away(self, who: Person, hours: int) -> None:
        """For hours; or their account is switched off, or on again."""
        if hours:
            self.run(self.house.goes_away(who, hours))
        elif who in LEAVERS:
            self.run(self.house.leaves_or_returns(who))

    @rule(
        team_id=st.sampled_from(TEAM_IDS),
        what=st.sampled_from([*NAMES, *HOURS]),
        data=st.data(),
    )
    def a_team_is_set_up_anew(self, team_id: str, what: str, data: st.DataObject) -> None:
        """A policy is made, changed or taken out; or the team has other hours."""
        if what in HOURS:
            self.run(self.house.sets_hours(team_id, what))
        else:
            self.set_policy(team_id, what, data)
