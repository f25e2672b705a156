"""The story so far, told to a new demo: through the real services and their rules, as if it had happened this morning."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from bot.app import FIRE, Baton
from bot.demo_cases import CASES, Case, Fate
from bot.demo_cast import PEOPLE, TALK, TEAMS, DemoTeam
from bot.demo_growing import Deed, Growing
from bot.demo_numbers import Numbers
from bot.errors import AlreadyHeard, CannotStart
from bot.people import Person, Role, system
from bot.rules.escalations import Returning, Update
from bot.rules.standups.drafts import settings_draft_of
from bot.rules.standups.templates import Template
from bot.rules.teams import TeamDraft
from bot.services import escalations, people, teams, ticking
from bot.services.standups import outlooks, setting
from handlers.directory import find_profiles
from sandbox.clock import MovableClock
from sandbox.server import Sandbox

ADMIN = "helen"
UNTIL_CLAIMED = timedelta(minutes=4)
NAMES_SECONDS = 10
LONG_AGO = datetime.min.replace(tzinfo=UTC)


async def tell(slack: Sandbox, bot: Baton, clock: MovableClock) -> None:
    """Everything up to now. Broken off and told again, it goes on where it was: each step is heard once."""
    now = clock.now()
    await _talk(slack, clock, now)
    story = await _Story.begin(slack, bot, now)
    growing = story.growing()
    for team in TEAMS:
        await story.found(team, min(growing.began, now - CASES[0].ago - timedelta(hours=1)))
    await story.happen([*story.deeds(CASES), *growing.deeds()])
    for team in TEAMS:
        await story.plan_standup(team)
        await story.count(team)


async def found_teams(slack: Sandbox, bot: Baton, *, now: datetime) -> None:
    """Only the teams, at this moment: the story is still to be lived."""
    story = await _Story.begin(slack, bot, now)
    for team in TEAMS:
        await story.found(team, now)
        await story.plan_standup(team)


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
        await people.save_profiles(bot.db, system(workspace.id), profiles, now=now)
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

    async def plan_standup(self, team: DemoTeam) -> None:
        """A lead's morning round, from the template: the page can travel to tomorrow's."""
        lead, team_id = await self._person(team.people[Role.LEAD][0]), await self._team_id(team)
        _team, planned = await outlooks.open_template(self.db, lead, team_id, Template.FLOOR)
        draft, key = settings_draft_of(planned), f"demo:{team.name}:stand-up"
        with suppress(AlreadyHeard):
            await setting.add(self.db, lead, team_id, Template.FLOOR, draft, key=key, now=self.now)

    async def count(self, team: DemoTeam) -> None:
        """The team's calls of the last weeks, its targets, and a digest that the page can travel to."""
        await Numbers(self.db, self._person, self.now).tell(team, await self._team_id(team))

    def growing(self) -> Growing:
        return Growing(self.db, self.ids, self._person, self.now)

    async def happen(self, deeds: Sequence[Deed]) -> None:
        """All that was done, in the order of time, and between it what fell due by itself."""
        for at, deed in sorted(deeds, key=lambda one: one[0]):
            await self._let_fall_due(at)
            with suppress(AlreadyHeard):
                await deed
        await self._let_fall_due(self.now)

    def deeds(self, cases: Sequence[Case]) -> Iterator[Deed]:
        """What people did with cases. The numbers follow the order, since nobody else is here yet."""
        for number, case in enumerate(cases, 1):
            yield from self._deeds(number, case)

    def _deeds(self, number: int, case: Case) -> Iterator[Deed]:
        raised_at = self.now - case.ago
        yield raised_at, self._raise(number, case, raised_at)
        then = raised_at + case.then
        if case.fate is Fate.RETURNED:
            yield then, self._return(number, case, then)
        if case.fate in {Fate.CLAIMED, Fate.RESOLVED}:
            yield raised_at + UNTIL_CLAIMED, self._claim(number, case, raised_at + UNTIL_CLAIMED)
        for after, words in case.words:
            yield raised_at + after, self._update(number, case, words, raised_at + after)
        if case.fate is Fate.RESOLVED:
            yield then, self._resolve(number, case, then)

    async def _raise(self, number: int, case: Case, at: datetime) -> None:
        by, team_id = await self._person(case.who), await self._team_id(case.team)
        key = f"demo:{number}"
        await escalations.escalate(self.db, by, team_id, case.draft, key=key, now=at)

    async def _return(self, number: int, case: Case, at: datetime) -> None:
        by, returning = await self._person(case.by), Returning(case.reason, case.why)
        key = f"demo:{number}:returned"
        await escalations.give_back(self.db, by, number, returning, key=key, now=at)

    async def _claim(self, number: int, case: Case, at: datetime) -> None:
        by, key = await self._person(case.by), f"demo:{number}:claimed"
        await escalations.claim(self.db, by, number, key=key, now=at)

    async def _update(self, number: int, case: Case, words: Update, at: datetime) -> None:
        by, key = await self._person(case.by), f"demo:{number}:updated:{at - self.now + case.ago}"
        await escalations.update(self.db, by, number, words, key=key, now=at)

    async def _resolve(self, number: int, case: Case, at: datetime) -> None:
        assert case.verdict
        by, key = await self._person(case.by), f"demo:{number}:resolved"
        await escalations.resolve(self.db, by, number, case.verdict, key=key, now=at)

    async def _let_fall_due(self, until: datetime) -> None:
        """What the clock does by itself, each at its time."""
        due = await ticking.next_due(self.db, after=LONG_AGO)
        while due is not None and due <= until:
            await ticking.fire_due(self.db, self.workspace_id, FIRE, due)
            due = await ticking.next_due(self.db, after=due)

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
