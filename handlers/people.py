"""Who is asking: people by their Slack id, remembered for a minute, and kept up with what Slack says about them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.people import Person, system
from bot.rules.roster.directory import Directory
from bot.rules.roster.report import Report
from bot.rules.teams import Group
from bot.services import people as service
from bot.services import roster, teams
from handlers import absences, channels, directory, usergroups
from handlers.directory import profile_of
from handlers.request import Request
from handlers.router import Router
from storage.database import Database

REMEMBERED = timedelta(minutes=1)
MOST_REMEMBERED = 10_000
ASK_WITHIN = 0.8  # seconds, of the three that a form may take


class People:
    """Finds a Person: in memory, else in the database, else by asking Slack, once, and remembering the answer."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock
        self._seen: dict[tuple[str, str], tuple[datetime, Person]] = {}
        self._changes = 0
        db.on_commit("people", self._forget)

    async def __call__(self, workspace_id: str, slack_id: str, client: AsyncWebClient) -> Person:
        """Who Slack cannot name either has no roles, and is asked for again next time."""
        if not slack_id:  # an event that is about nobody
            return Person(workspace_id, "")
        until, seen = self._seen.get((workspace_id, slack_id), (None, None))
        if until and seen and self._clock.now() < until:
            return seen
        changes = self._changes
        if await service.unknown(self._db, workspace_id, [slack_id]):
            profile = await directory.find_profile(client, slack_id)
            if profile is None:
                found = await service.find(self._db, workspace_id, slack_id)
                return found or Person(workspace_id, slack_id)
            await service.save_profiles(
                self._db, system(workspace_id), [profile], now=self._clock.now()
            )
            changes = self._changes
        # Read last: whoever saved them, this request or one beside it, they are there now.
        person = await service.find(self._db, workspace_id, slack_id)
        assert person is not None
        self._remember(person, changes)
        return person

    def _remember(self, person: Person, changes: int) -> None:
        if changes != self._changes:  # something was saved while this was read
            return
        if len(self._seen) >= MOST_REMEMBERED:
            self._seen.clear()
        self._seen[person.workspace_id, person.id] = (self._clock.now() + REMEMBERED, person)

    def _forget(self) -> None:
        self._changes += 1
        self._seen.clear()


def register(router: Router, db: Database) -> None:
    """What Slack tells about people and user groups."""

    async def follow_person(request: Request) -> None:
        """Only who is known already: Baton keeps no list of everybody."""
        workspace_id = request.person.workspace_id
        user = request.body["event"]["user"]
        if await service.find(db, workspace_id, user["id"]) is None:
            return
        told = profile_of(user)
        if not told.locale:  # the event may leave it out, and people change it
            told = await directory.find_profile(request.client, told.id) or told
        await service.save_profiles(db, system(workspace_id), [told], now=request.now)
        await absences.hear_status(db, request)

    async def follow_group(request: Request) -> None:
        event = request.body["event"]
        person = system(request.person.workspace_id)
        if await teams.is_group_used(db, person, event["subteam_id"]):
            ids = await usergroups.members(request.client, event["subteam_id"])
            group = Group(event["subteam_id"], members=tuple(ids))
            await teams.follow_group(db, person, group, key=request.key, now=request.now)

    router.events["user_change"] = follow_person
    router.events["team_join"] = follow_person
    router.events["subteam_members_changed"] = follow_group


async def learn(db: Database, request: Request, person_ids: Iterable[str]) -> None:
    """Ask Slack who these are, as far as there is time: bots and people who have left are found out here."""
    workspace_id = request.person.workspace_id
    unknown = await service.unknown(db, workspace_id, person_ids)
    told = await directory.find_profiles(request.client, unknown, within=ASK_WITHIN)
    if told:
        await service.save_profiles(db, system(workspace_id), told, now=request.now)


async def import_people(
    db: Database,
    client: AsyncWebClient,
    person: Person,
    rows: Sequence[Sequence[str]],
    *,
    now: datetime,
    is_trial: bool = False,
) -> Report:
    """Import a roster with Slack's help: names are looked up there, and public leads' channels of the file are joined.

    Raises what `bot.services.roster.import_people` raises, and SlackApiError.
    """
    listed = await directory.fetch_directory(client)
    trial = await roster.import_people(db, person, rows, listed, now=now, is_trial=True)
    if trial.problems or is_trial:
        return trial
    wanted = {team.leads_channel for team in (*trial.created, *trial.changed)}
    open_ones = {one for one in wanted if await channels.find_problem(client, one) is None}
    seen = [replace(one, is_member=one.is_member or one.id in open_ones) for one in listed.channels]
    return await roster.import_people(db, person, rows, Directory(listed.people, seen), now=now)
