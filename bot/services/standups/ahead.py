"""Before it is asked: answering or skipping the next round, taking that back, and being out for the rest of the day."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.spans import Span
from bot.rules.standups import Ahead, Round, RoundState, Said, Seat, SeatState, StandUp, Via
from bot.rules.standups import answers as rules
from bot.rules.standups.answers import Draft
from bot.rules.standups.early import LOOK_AHEAD, asks_of, window
from bot.rules.standups.planning import Ask, Floor, Occurrence
from bot.rules.standups.seen import AheadSeen, Asked, FormSeen, Next, OutSeen
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of, midnight
from bot.services.standups import answering
from bot.services.standups.answering import Seated
from bot.services.standups.floor import floor_of
from bot.services.standups.keeping import keep
from bot.services.transaction import heard_once
from bot.text import _
from storage import standups, teams
from storage.database import Database, Tx

GONE = _("This stand-up is gone. `/standup early` shows what comes next.")
ONLY_MEMBERS = _("Only those of the team whom it asks can answer it.")
NOT_PLANNED = _("This is not planned any more as it was. `/standup early` shows what comes next.")
NOTHING_SAID = _("Nothing is left to take back. `/standup early` shows how it stands.")
ASKED_ALREADY = _("It has asked you meanwhile. Please answer it in the message here.")
EDITABLE = frozenset({SeatState.DUE, SeatState.ASKED, SeatState.ANSWERED})


@dataclass(frozen=True, slots=True)
class Mine:
    """One of somebody's stand-ups, with the times at which it is to ask them."""

    standup: StandUp
    team: Team
    asks: list[tuple[Occurrence, Ask]]


async def see_ahead(db: Database, person: Person, *, now: datetime) -> AheadSeen:
    """What asks this person now, and the next round of each of their stand-ups."""
    async with db.read(person.workspace_id) as tx:
        asked = await _asked(tx, person, now=now)
        taken = _keys(asked)
        open_ones = [
            Asked(round_, seat)
            for round_, seat in asked
            if round_.state is RoundState.OPEN and seat.state in EDITABLE
        ]
        found = [one for one in await _mine(tx, person, taken, now=now) if one.asks]
        nexts = [await _next(tx, person, one) for one in found]
    return AheadSeen(open_ones, sorted(nexts, key=lambda one: (one.at, one.name)))


async def see_ahead_form(
    db: Database, person: Person, standup_id: str, day: date, *, now: datetime
) -> FormSeen:
    """What the form begins with: what they said before, if they did. Raises Denied, or Stale if it is not planned so."""
    async with db.read(person.workspace_id) as tx:
        standup = _checked(person, await standups.find(tx, standup_id))
        at = await _planned(tx, person, standup, day, now=now)
        ahead = await standups.find_ahead(tx, standup_id, person.id, day)
        answers: Mapping[str, Said] = ahead.answers if ahead else {}
        if not answers:
            focus = await answering.last_focus(tx, person, standup_id, at)
            items = await answering.held_items(tx, person, standup)
            answers = rules.prefilled(standup.questions, focus, items)
        promised = await answering.commitments_due(tx, person, now=at)
    return FormSeen(standup.name, standup.questions, Draft(answers), commitments=promised)


async def answer_ahead(
    db: Database,
    person: Person,
    standup_id: str,
    day: date,
    draft: Draft,
    *,
    key: str,
    now: datetime,
) -> None:
    """Answer the round of that day before it asks. One that has opened meanwhile takes it as it is.

    Raises FormProblems by field, Denied, or Stale if nothing is planned then.
    """
    async with _ahead_of(db, person, standup_id, key=key, now=now) as (tx, standup):
        answers = rules.cleaned(standup.questions, draft.answers)
        if found := rules.problems(standup.questions, answers, draft.still):
            raise FormProblems(found)
        if seated := await _opened(tx, person, standup_id, day, now=now):
            await keep(tx, seated.round, seated.seat, answers, Via.FORM, now=now)
            return
        await _planned(tx, person, standup, day, now=now)
        said = Ahead(standup_id, person.id, day, SeatState.ANSWERED, now, answers)
        await standups.put_ahead(tx, said)


async def skip_ahead(
    db: Database, person: Person, standup_id: str, day: date, *, key: str, now: datetime
) -> None:
    """They have nothing to say then. Raises Denied, or Stale if it asks already or nothing is planned then."""
    async with _ahead_of(db, person, standup_id, key=key, now=now) as (tx, standup):
        if await _opened(tx, person, standup_id, day, now=now):
            raise Stale(ASKED_ALREADY)
        await _planned(tx, person, standup, day, now=now)
        await standups.put_ahead(tx, Ahead(standup_id, person.id, day, SeatState.SKIPPED, now))


async def take_back(
    db: Database, person: Person, standup_id: str, day: date, *, key: str, now: datetime
) -> None:
    """They are asked after all. Raises Denied, or Stale if it was used meanwhile."""
    async with _ahead_of(db, person, standup_id, key=key, now=now) as (tx, _standup):
        said = await standups.find_ahead(tx, standup_id, person.id, day)
        if said is None or not await standups.take_ahead(tx, said):
            raise Stale(NOTHING_SAID)


async def out_today(db: Database, person: Person, *, key: str, now: datetime) -> OutSeen:
    """They are out: of whatever asks now or was to ask until their midnight. What they said ahead themselves stays.

    It is no absence: nobody's shifts or cases change by it.
    """
    end = midnight(day_of(now, person.zone) + timedelta(days=1), person.zone)
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        # Stand-ups before their rounds, and those before their seats: as whoever looks after them does.
        known = [one.id for one, _team in await _standups(tx, person)]
        for standup_id in sorted(known):
            await standups.lock(tx, standup_id)
        taken = _keys(await _asked(tx, person, now=now))
        mine = await _mine(tx, person, taken, now=now, ahead=max(end - now, timedelta()))
        later = []
        for one in mine:
            for day in dict.fromkeys(each.day for each, ask in one.asks if ask.at < end):
                later.append(one.standup.name)
                if await standups.find_ahead(tx, one.standup.id, person.id, day) is None:
                    out = Ahead(one.standup.id, person.id, day, SeatState.OUT, now)
                    await standups.put_ahead(tx, out)
        found = [
            one for one in await answering.waiting(tx, person, now=now) if one.seat.ask_at < end
        ]
        await answering.leave(tx, found, SeatState.OUT, now=now)
    return OutSeen([one.round.name for one in found], later)


@asynccontextmanager
async def _ahead_of(
    db: Database, person: Person, standup_id: str, *, key: str, now: datetime
) -> AsyncIterator[tuple[Tx, StandUp]]:
    """A transaction in which no round of this stand-up opens."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        locked = await standups.lock(tx, standup_id)
        yield tx, _checked(person, locked[0] if locked else None)


def _checked(person: Person, standup: StandUp | None) -> StandUp:
    if standup is None:
        raise Refused(GONE)
    check_may(person, Permission.STANDUP_ANSWER, standup, ONLY_MEMBERS)
    return standup


async def _standups(tx: Tx, person: Person) -> list[tuple[StandUp, Team]]:
    """Those that ask people of their roles."""
    own = {one.id: one for one in await teams.find_of_person(tx, person.id)}
    return [
        (one, own[one.team_id])
        for one in await standups.list_of_team(tx, *own)
        if one.is_active and person.has_role(one.team_id, *one.asked)
    ]


async def _mine(
    tx: Tx,
    person: Person,
    taken: Mapping[str, set[str]],
    only: str = "",
    *,
    now: datetime,
    ahead: timedelta = LOOK_AHEAD,
) -> list[Mine]:
    """When each of their stand-ups, or only one, asks them next. `taken` are the rounds in which they have a seat."""
    floors: dict[str, Floor] = {}
    found = []
    for standup, team in await _standups(tx, person):
        if only not in {"", standup.id}:
            continue
        if team.id not in floors:
            floors[team.id] = await floor_of(tx, team, window(now, ahead))
        within, but = Span(now, now + ahead), taken.get(standup.id, set())
        asks = asks_of(standup, floors[team.id], person.id, within, but)
        found.append(Mine(standup, team, asks))
    return found


async def _asked(tx: Tx, person: Person, *, now: datetime) -> list[tuple[Round, Seat]]:
    """Where they have a seat by now."""
    return await standups.seats_of_person(tx, person.id, since=now - answering.ASKED_WITHIN)


def _keys(asked: Iterable[tuple[Round, Seat]]) -> Mapping[str, set[str]]:
    """Which rounds those are, by stand-up."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for round_, _seat in asked:
        found[round_.standup_id].add(round_.key)
    return found


async def _next(tx: Tx, person: Person, mine: Mine) -> Next:
    occurrence, ask = mine.asks[0]
    standup = mine.standup
    said = await standups.find_ahead(tx, standup.id, person.id, occurrence.day)
    return Next(standup.id, standup.name, mine.team.name, occurrence.day, ask.at, said)


async def _planned(
    tx: Tx, person: Person, standup: StandUp, day: date, *, now: datetime
) -> datetime:
    """When it asks them on that day. Raises Stale if it does not."""
    taken = _keys(await _asked(tx, person, now=now))
    mine = await _mine(tx, person, taken, standup.id, now=now)
    found = [ask.at for one in mine for each, ask in one.asks if each.day == day]
    if not found:
        raise Stale(NOT_PLANNED)
    return found[0]


async def _opened(
    tx: Tx, person: Person, standup_id: str, day: date, *, now: datetime
) -> Seated | None:
    """Their seat, if the round of that day has opened meanwhile and still waits for them."""
    waiting = await answering.waiting(tx, person, now=now)
    return next(
        (one for one in waiting if one.round.standup_id == standup_id and one.round.day == day),
        None,
    )
