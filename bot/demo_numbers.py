"""The demo's numbers: six weeks of calls for each team, what they aim at, and a digest every morning.

The calls are drawn by chance, but by the same chance each time.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random

from bot.demo_cast import PEOPLE, DemoTeam
from bot.errors import AlreadyHeard
from bot.people import Person, Role
from bot.rules.metrics.alert.targets import Draft
from bot.rules.metrics.importing.imports import Import, ImportKind, ImportState
from bot.rules.metrics.store.belonging import Belonging
from bot.rules.metrics.store.facts import SCALE, Fact
from bot.rules.wall_clock import day_of, moment
from bot.services.metrics.alert import targets
from bot.services.metrics.digest import building
from bot.services.metrics.digest.building import Seen
from bot.services.metrics.store import keeping
from storage import inbox
from storage.database import Database
from storage.metrics import imports

WEEKS = 6
ONE_DAY = timedelta(days=1)
FIRST_HOUR, LAST_HOUR = 9, 17
TOPICS = ("Refund", "Where is my order", "Damaged", "Invoice", "Change of address")
FEED = "Phone"
DIGEST_AT = time(8, 30)
DIGEST = ("contacts", "csat", "asa", "aht", "abandonment")
AIMS = (("csat", "80"), ("aht", "5:00"), ("abandonment", "8"))
BUSIEST, QUIETEST = 16, 9
"""Calls that a person has on a day."""
ANSWERED, RATED = 0.92, 0.4


@dataclass(frozen=True, slots=True)
class Numbers:
    """Told to the bot at `now`, as if a lead had dropped the telephone's export this morning."""

    db: Database
    person: Callable[[str], Awaitable[Person]]
    now: datetime

    async def tell(self, team: DemoTeam, team_id: str) -> None:
        """Once, however often it is told."""
        lead = await self.person(team.people[Role.LEAD][0])
        calls = list(self._calls(team))
        import_ = await self._begin(team, team_id, lead, len(calls))
        if import_ is not None:
            await self._bring(team, import_, lead, calls)
        for metric, amount in AIMS:
            draft = Draft(metric, amount=amount, first_day=self._today(team) - WEEKS * 7 * ONE_DAY)
            with suppress(AlreadyHeard):
                key = f"demo:{team.name}:target:{metric}"
                await targets.save(self.db, lead, team_id, draft, None, key=key, now=self.now)
        form = await building.open_form(self.db, lead, team_id)
        digest = replace(form.draft, name="The morning", metrics=DIGEST, at=DIGEST_AT)
        with suppress(AlreadyHeard):
            key = f"demo:{team.name}:digest"
            await building.save(self.db, lead, Seen(team_id), digest, key=key, now=self.now)

    async def _begin(self, team: DemoTeam, team_id: str, lead: Person, lines: int) -> Import | None:
        """An import of the export, unless it was begun before."""
        name = f"{team.name} {self._today(team)}.csv"
        async with self.db.write(lead.workspace_id) as tx:
            try:
                await inbox.check_new(tx, f"demo:{team.name}:numbers", now=self.now)
            except AlreadyHeard:
                return None
            feed_id = await imports.feed(tx, FEED, "free")
            begun = Import(
                *(lead.workspace_id, "", 0, ImportKind.FILE, feed_id, team_id, lead.id, self.now),
                file_name=name,
                digest=sha256(name.encode()).hexdigest(),
                state=ImportState.LIVE,
                live_at=self.now,
                done=lines,
                total=lines,
            )
            return await imports.add(tx, begun)

    async def _bring(
        self, team: DemoTeam, import_: Import, lead: Person, facts: list[Fact]
    ) -> None:
        for begin in range(0, len(facts), keeping.AT_ONCE):
            some = facts[begin : begin + keeping.AT_ONCE]
            async with self.db.write(lead.workspace_id) as tx:
                await keeping.put(tx, import_, some, Belonging(import_.team_id), zone=team.zone)

    def _calls(self, team: DemoTeam) -> Iterator[Fact]:
        """From a Monday on, so that the first week of a chart is a whole one."""
        chance, today = Random(team.name), self._today(team)  # noqa: S311 - no secret is made of it
        agents = [one.real_name for one in PEOPLE if one.name in team.people[Role.AGENT]]
        for ago in range(WEEKS * 7 + today.weekday(), -1, -1):
            for agent in agents:
                for number in range(chance.randint(QUIETEST, BUSIEST)):
                    call = _call(chance, team, today - ago * ONE_DAY, agent, number)
                    if call.at < self.now:
                        yield call

    def _today(self, team: DemoTeam) -> date:
        return day_of(self.now, team.zone)


def _call(chance: Random, team: DemoTeam, day: date, agent: str, number: int) -> Fact:
    hour = chance.randint(FIRST_HOUR, LAST_HOUR)
    sums = {"contacts": 1, "queued": 1, "answered": 0, "abandoned": 0}
    samples: dict[str, tuple[int, ...]] = {}
    if chance.random() < ANSWERED:
        wait, talk = chance.randint(5, 95), chance.randint(90, 520)
        sums |= {"answered": 1, "handled": 1, "wait_seconds": wait, "talk_seconds": talk}
        samples = {"wait": (wait * SCALE,), "talk": (talk * SCALE,)}
        if chance.random() < RATED:
            rating = chance.choice((2, 3, 4, 4, 4, 5, 5, 5))
            sums |= {"ratings": 1, "rating_points": rating, "ratings_good": int(rating > 3)}
    else:
        sums["abandoned"] = 1
    return Fact(
        key=f"{team.name}:{day}:{agent}:{number}",
        at=moment(day, time(hour), team.zone),
        day=day,
        hour=hour,
        person=agent,
        channel="Phone",
        topic=chance.choice(TOPICS),
        sums={name: amount * SCALE for name, amount in sums.items()},
        samples=samples,
    )
