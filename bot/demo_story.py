"""The story so far, told to a new demo: through the real services and their rules, as if it had happened this morning."""

from contextlib import suppress
from datetime import datetime, timedelta

from bot.app import Baton
from bot.demo_cast import CASES, PEOPLE, TALK, TEAMS, Case, DemoTeam, Fate
from bot.errors import AlreadyHeard, CannotStart
from bot.people import Person, system
from bot.rules.escalations import Returning
from bot.rules.teams import TeamDraft
from bot.services import escalations, people, teams
from handlers.directory import find_profiles
from sandbox.clock import MovableClock
from sandbox.server import Sandbox

ADMIN = "helen"
UNTIL_CLAIMED = timedelta(minutes=4)
NAMES_SECONDS = 10


async def tell(slack: Sandbox, bot: Baton, clock: MovableClock) -> None:
    """Everything up to now. Broken off and told again, it goes on where it was: each step is heard once."""
    now = clock.now()
    await _talk(slack, clock, now)
    story = await _Story.begin(slack, bot, now)
    for team in TEAMS:
        await story.found(team, now - CASES[0].ago - timedelta(hours=1))
    for number, case in enumerate(CASES, start=1):
        await story.happen(number, case)


async def found_teams(slack: Sandbox, bot: Baton, *, now: datetime) -> None:
    """Only the teams, at this moment: the story is still to be lived."""
    story = await _Story.begin(slack, bot, now)
    for team in TEAMS:
        await story.found(team, now)


async def _talk(slack: Sandbox, clock: MovableClock, now: datetime) -> None:
    for said in TALK:
        room = slack.channel(said.where)
        if not any(message.text == said.text for message in room.messages):
            with clock.held_at(now - said.ago):
                await slack.person(said.who).says(room, said.text)


class _Story:
    def __init__(
        self, slack: Sandbox, bot: Baton, workspace_id: str, ids: dict[str, str], now: datetime
    ) -> None:
        self.slack, self.db, self.workspace_id = slack, bot.db, workspace_id
        self.ids, self.now = ids, now

    @classmethod
    async def begin(cls, slack: Sandbox, bot: Baton, now: datetime) -> "_Story":
        """Learn who is there."""
        workspace = await bot.authorize.learn()
        ids = {one.name: slack.person(one.name).id for one in PEOPLE}
        profiles = await find_profiles(bot.clients.sending, ids.values(), within=NAMES_SECONDS)
        await people.save_profiles(bot.db, system(workspace.id), profiles)
        return cls(slack, bot, workspace.id, ids, now)

    async def found(self, team: DemoTeam, at: datetime) -> None:
        draft = TeamDraft(
            team.name,
            zone=team.zone,
            team_channel=self.slack.channel(team.channel).id,
            leads_channel=self.slack.channel(team.leads_channel).id,
            people={
                role: tuple(self.ids[name] for name in names) for role, names in team.people.items()
            },
        )
        with suppress(AlreadyHeard):
            await teams.create_team(
                self.db,
                await self._person(ADMIN),
                draft,
                key=f"demo:{team.name}",
                now=at,
            )

    async def happen(self, number: int, case: Case) -> None:
        """Raise it and let its fate come. The numbers follow the order, since nobody else is here yet."""
        key, raised_at = f"demo:{number}", self.now - case.ago
        by = await self._person(case.who)
        with suppress(AlreadyHeard):
            await escalations.escalate(
                self.db, by, await self._team_id(case.team), case.draft, key=key, now=raised_at
            )
        if case.fate is Fate.WAITS:
            return
        lead, then = await self._person(case.by), raised_at + case.then
        if case.fate is Fate.RETURNED:
            with suppress(AlreadyHeard):
                returning = Returning(case.reason, case.why)
                await escalations.give_back(
                    self.db, lead, number, returning, key=f"{key}:returned", now=then
                )
            return
        with suppress(AlreadyHeard):
            claimed_at = raised_at + UNTIL_CLAIMED
            await escalations.claim(self.db, lead, number, key=f"{key}:claimed", now=claimed_at)
        if case.verdict:
            with suppress(AlreadyHeard):
                await escalations.resolve(
                    self.db, lead, number, case.verdict, key=f"{key}:resolved", now=then
                )

    async def _person(self, name: str) -> Person:
        found = await people.find(self.db, self.workspace_id, self.ids[name])
        if found is None:
            raise CannotStart(
                "The local workspace did not say who its people are. Please try again."
            )
        return found

    async def _team_id(self, wanted: DemoTeam) -> str:
        seen = await teams.set_up(self.db, await self._person(ADMIN))
        return next(one.team.id for one in seen.teams if one.team.name == wanted.name)
