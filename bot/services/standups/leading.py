"""What leads do and see in private: nudge who is missing, see who they are, and who took part over some weeks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import Denied, Stale
from bot.people import Person
from bot.permissions import Permission, check_may, may
from bot.rules.reports import last_weeks
from bot.rules.standups import Round, RoundState, Seat
from bot.rules.standups.measures import (
    Counts,
    Mood,
    before,
    by_person,
    own_weeks,
    team_weeks,
    total,
)
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of
from bot.services.transaction import heard_once
from bot.text import Text, _
from bot.views.standups import nudges
from bot.views.standups.leads import Participation, Took, Wanted
from storage import outbox, people, standups, teams
from storage.database import Database, Tx
from storage.outbox import Note, Priority

ONLY_LEADS = _("Only the leads and the manager of a team see this.")
NO_TEAM = _("Only leads and managers see who took part. Your own stand-ups are in `/standup`.")
GONE = _("This round is gone. `/standup` shows those of today.")
OVER = _("This round is over, so nobody is nudged any more. Late answers are still welcome.")
USUAL_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Nudged:
    """How many were nudged just now, and who of those who are missing had been before."""

    count: int
    before: Sequence[str] = ()


async def nudge(db: Database, person: Person, round_id: str, *, key: str, now: datetime) -> Nudged:
    """A kind private word to whoever was asked and has said nothing; once a round for each. Raises Denied and Stale."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        one = await standups.lock_round(tx, round_id)
        if one is None:
            raise Stale(GONE)
        check_may(person, Permission.STANDUP_LEAD, one, ONLY_LEADS)
        if one.state is not RoundState.OPEN:
            raise Stale(OVER)
        seats = await standups.nudge(tx, one.id, but=person.id, now=now)
        now_nudged = {seat.person_id for seat in seats} | {person.id}
        earlier = [each for each in await _missing(tx, one.id) if each not in now_nudged]
        await outbox.say(tx, *await _notes(tx, one, seats, person), now=now)
    return Nudged(len(seats), earlier)


async def see_missing(db: Database, person: Person, round_id: str) -> tuple[Round, list[str]]:
    """Everybody who was asked and has not answered. Raises Denied and Stale."""
    async with db.read(person.workspace_id) as tx:
        one = await standups.find_round(tx, round_id)
        if one is None:
            raise Stale(GONE)
        check_may(person, Permission.STANDUP_LEAD, one, ONLY_LEADS)
        return one, await _missing(tx, one.id)


async def see_led(db: Database, person: Person) -> list[Team]:
    """The teams that this person leads or manages, by name. Raises Denied if there is none."""
    async with db.read(person.workspace_id) as tx:
        return await teams_led(tx, person)


async def see_participation(
    db: Database, person: Person, wanted: Wanted, *, now: datetime
) -> Participation:
    """Of one team that this person leads. Raises Denied for anybody else's."""
    async with db.read(person.workspace_id) as tx:
        led = await teams_led(tx, person)
        team = next((one for one in led if one.id == (wanted.team_id or led[0].id)), None)
        if team is None:
            raise Denied(ONLY_LEADS)
        today = day_of(now, team.zone)
        period = wanted.period or last_weeks(USUAL_WEEKS, today)
        then = by_person(await standups.tallied(tx, team.id, period))
        earlier = by_person(await standups.tallied(tx, team.id, before(period)))
        moods = await standups.moods(tx, [team.id], period)
        sharing = (await standups.sharing_in(tx, [team.id])).get(team.id, frozenset())
        known = await people.profiles(tx, then)
    names = {one: known[one].called if one in known else one for one in then}
    shared: defaultdict[str, list[Mood]] = defaultdict(list)
    for mood in moods:
        if mood.person_id in sharing - {person.id}:
            shared[mood.person_id].append(mood)
    found = [
        Took(one, names[one], then[one], earlier.get(one, Counts()), own_weeks(shared[one]))
        for one in then
    ]
    return Participation(
        team,
        led,
        period,
        today,
        sorted(found, key=lambda one: (one.name.casefold(), one.person_id)),
        total(then.values()),
        total(earlier.values()),
        team_weeks(moods, sharing, person.id, today),
    )


async def teams_led(tx: Tx, person: Person) -> list[Team]:
    """By name. Raises Denied if there is none."""
    own = await teams.find_of_person(tx, person.id)
    found = [one for one in own if may(person, Permission.STANDUP_LEAD, one)]
    if not found:
        raise Denied(NO_TEAM)
    return found


async def _missing(tx: Tx, round_id: str) -> list[str]:
    seats = (await standups.seats_of_round(tx, round_id)).get(round_id, [])
    return [one.person_id for one in seats if one.is_missing]


async def _notes(tx: Tx, one: Round, seats: Sequence[Seat], by: Person) -> list[Note]:
    """Each in its reader's words; worth nothing once the round is over."""
    known = await people.profiles(tx, [seat.person_id for seat in seats])
    found = []
    for seat in seats:
        profile = known.get(seat.person_id)
        t = Text(profile.locale, profile.zone) if profile else Text()
        text, blocks = nudges.nudge(one, seat, by.id, t)
        found.append(
            Note(
                f"standup:{one.id}:nudge:{seat.person_id}",
                seat.person_id,
                text,
                blocks,
                priority=Priority.STANDUP,
                expires_at=one.closes_at,
                urgent_by=seat.until,
            )
        )
    return found
