"""Everybody's own view of their stand-ups: where each stands, when it asks next, how far the round has come, who is missing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.reports import last_weeks
from bot.rules.spans import Span
from bot.rules.standups import Kind, Round, RoundState, Seat, SeatState, StandUp
from bot.rules.standups.early import asks_of, window
from bot.rules.standups.measures import Fall, falls, own_weeks
from bot.rules.standups.planning import Floor, occurrences
from bot.rules.standups.questions import of_kind
from bot.rules.standups.rounds import LATE_FOR
from bot.rules.teams import Team, Workspace
from bot.rules.wall_clock import day_of
from bot.services.standups.answering import ASKED_WITHIN
from bot.services.standups.floor import floor_of
from bot.views.standups.feelings import WEEKS_SHOWN
from bot.views.standups.overview import A_PAGE, Entry, Overview, Progress, can_answer
from storage import standups, teams
from storage.database import Database, Tx

AHEAD = timedelta(days=8)
"""How far ahead the next round is looked for: a weekly one is found from any day."""


async def see_overview(db: Database, person: Person, *, page: int = 0, now: datetime) -> Overview:
    """Everybody has one, if only to be told what to do next."""
    async with db.read(person.workspace_id) as tx:
        own = {one.id: one for one in await teams.find_of_person(tx, person.id)}
        seen = {i: one for i, one in own.items() if may(person, Permission.STANDUP_SEE, one)}
        places: list[Workspace | Team] = [Workspace(person.workspace_id), *own.values()]
        found = await _standups(tx, seen)
        page = max(0, min(page, (len(found) - 1) // A_PAGE))
        shown = found[page * A_PAGE : (page + 1) * A_PAGE]
        view = Overview(
            entries=await _entries(tx, person, seen, shown, now),
            total=len(found),
            page=page,
            now=now,
            has_team=bool(own),
            may_lead=any(may(person, Permission.STANDUP_LEAD, one) for one in own.values()),
            may_set=any(may(person, Permission.STANDUP_SET, one) for one in places),
        )
        return await _with_feelings(tx, person, view, found, now)


async def asking_now(tx: Tx, person_id: str, *, now: datetime) -> list[tuple[Round, Seat]]:
    """What has asked this person and waits for their answer, the most urgent first. For their Home tab."""
    found = await standups.seats_of_person(tx, person_id, since=now - ASKED_WITHIN)
    waiting = [
        (one, seat)
        for one, seat in found
        if seat.state is SeatState.ASKED and one.state is RoundState.OPEN
    ]
    return sorted(waiting, key=lambda pair: (pair[1].until, pair[0].name, pair[0].id))


def newest(rounds: Iterable[Round], now: datetime) -> dict[str, Round]:
    """By stand-up, the round that matters now: the newest that runs, else the newest that takes answers still."""
    found: dict[str, Round] = {}
    ordered = sorted(rounds, key=lambda one: (one.state is RoundState.OPEN, one.opens_at))
    for one in ordered:
        if one.takes_answers(now):
            found[one.standup_id] = one
    return found


async def _standups(tx: Tx, seen: Mapping[str, Team]) -> list[StandUp]:
    """By team and name. One that is switched off is shown as long as a round of it runs."""
    found = await standups.list_of_team(tx, *seen)
    running = {
        one.standup_id for one in await standups.list_rounds(tx, team_ids=seen, is_open=True)
    }
    shown = [one for one in found if one.is_active or one.id in running]
    order = {team_id: place for place, team_id in enumerate(seen)}
    return sorted(shown, key=lambda one: (order[one.team_id], one.name, one.id))


async def _entries(
    tx: Tx, person: Person, seen: Mapping[str, Team], shown: Sequence[StandUp], now: datetime
) -> list[Entry]:
    since = now - ASKED_WITHIN - LATE_FOR
    listed = await standups.list_rounds(tx, standup_ids=[one.id for one in shown], since=since)
    rounds = newest(listed, now)
    seats = await standups.seats_of_round(tx, *(one.id for one in rounds.values()))
    floors = {
        team_id: await floor_of(tx, seen[team_id], window(now, AHEAD))
        for team_id in dict.fromkeys(one.team_id for one in shown)
    }
    own = await standups.seats_of_person(tx, person.id, since=since)
    found = []
    for one in shown:
        current = rounds.get(one.id)
        in_round = seats.get(current.id, []) if current else []
        entry = _entry(one, seen[one.team_id], person, current, in_round)
        if earlier := _earlier(one, current, own, now):
            found.append(Entry(one, seen[one.team_id], *earlier, is_earlier=True))
        keys = {each.key for each in listed if each.standup_id == one.id}
        found.append(await _with_next(tx, entry, person, floors[one.team_id], keys, now))
    return found


def _earlier(
    standup: StandUp, current: Round | None, own: Iterable[tuple[Round, Seat]], now: datetime
) -> tuple[Round, Seat] | None:
    """A round before the one that matters now to most, in which this person can still answer or change their answer.

    With shifts, one round follows the other, and each has its own people.
    """
    mine = [(one, seat) for one, seat in own if one.standup_id == standup.id]
    if current is None or any(one.id == current.id for one, _seat in mine):
        return None
    return next(((one, seat) for one, seat in mine if can_answer(one, seat, now)), None)


def _entry(
    standup: StandUp, team: Team, person: Person, current: Round | None, seats: Sequence[Seat]
) -> Entry:
    """Names of those who are missing are for those who lead; everybody else has the numbers."""
    may_lead = may(person, Permission.STANDUP_LEAD, team)
    return Entry(
        standup,
        team,
        current,
        next((one for one in seats if one.person_id == person.id), None),
        _progress(seats) if current else None,
        may_lead=may_lead,
        missing=[one.person_id for one in seats if one.is_missing] if may_lead else (),
    )


async def _with_next(
    tx: Tx, entry: Entry, person: Person, floor: Floor, held: set[str], now: datetime
) -> Entry:
    """When it asks them next, or anybody if they are not asked. Rounds of the keys in `held` are there already."""
    standup, within = entry.standup, Span(now, now + AHEAD)
    is_asked = person.has_role(standup.team_id, *standup.asked)
    entry = replace(entry, is_asked=is_asked)
    if not standup.is_active:
        return entry
    if is_asked:
        coming = [
            (ask.at, one.day) for one, ask in asks_of(standup, floor, person.id, within, held)
        ]
    else:
        planned = occurrences(standup, floor, within)
        coming = [(one.opens_at, one.day) for one in planned if one.key not in held]
    if not coming:
        return entry
    at, day = min(coming)
    said = await standups.find_ahead(tx, standup.id, person.id, day)
    return replace(entry, next_at=at, next_day=day, ahead=said.state if said else None)


async def _with_feelings(
    tx: Tx, person: Person, view: Overview, found: Sequence[StandUp], now: datetime
) -> Overview:
    """One's own mood; and for leads, whose mood falls of those who share it."""
    period = last_weeks(WEEKS_SHOWN, day_of(now, person.zone))
    shares = person.id in await standups.who_shares_mood(tx, [person.id])
    own = await standups.moods(tx, person.roles, period, person_ids=[person.id])
    if shares or own or any(_asks_for_mood(one, person) for one in found):
        view = replace(view, shares_mood=shares, own_mood=own_weeks(own))
    by_id = {one.id: one for one in found}
    team_ids = sorted({one.team_id for one in found if may(person, Permission.STANDUP_LEAD, one)})
    fallen: list[tuple[Fall, StandUp]] = []
    for team_id, sharing in (await standups.sharing_in(tx, team_ids)).items():
        others = sharing - {person.id}
        said = await standups.moods(tx, [team_id], period, person_ids=others)
        known = [one for one in falls(said, period.last) if one.standup_id in by_id]
        fallen += [(one, by_id[one.standup_id]) for one in known]
    return replace(view, falls=fallen)


def _asks_for_mood(standup: StandUp, person: Person) -> bool:
    is_asked = person.has_role(standup.team_id, *standup.asked)
    return is_asked and of_kind(standup.questions, Kind.MOOD) is not None


def _progress(seats: Iterable[Seat]) -> Progress:
    found = Counter(one.state for one in seats)
    return Progress(
        answered=found[SeatState.ANSWERED],
        missing=found[SeatState.ASKED] + found[SeatState.SILENT],
        skipped=found[SeatState.SKIPPED],
        due=found[SeatState.DUE],
        away=found[SeatState.AWAY] + found[SeatState.OUT],
    )
