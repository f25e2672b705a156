"""Doing what a look at a stand-up has found: rounds and seats are written, people asked, reminded and told, all in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.people import Role
from bot.rules.spans import Span
from bot.rules.standups import Ahead, RoundState, Seat, SeatState, StandUp, Via
from bot.rules.standups.planning import MARGIN, occurrences
from bot.rules.standups.stepping import Turn
from bot.rules.teams import Team
from bot.services.escalations.telling import ids_of, texts
from bot.services.standups import sharing, shift_notes, summarising
from bot.services.standups.floor import floor_of
from bot.services.standups.keeping import ask_card, keep
from bot.views.standups import timed
from bot.views.standups.told import reminder
from storage import outbox, standups
from storage.base import new_id
from storage.database import Tx
from storage.outbox import Card, Note, Priority

JOINED_FOR = timedelta(minutes=30)
"""So long a message that is not answered yet takes in further stand-ups of the same person."""
NEXT_WITHIN = timedelta(days=15)


async def carry_out(
    tx: Tx, standup: StandUp, team: Team, turns: Sequence[Turn], *, now: datetime
) -> None:
    """Write what becomes of each round, and say what is to be said of it."""
    turns = [_named(one) for one in turns]
    named = await _messages(tx, turns, now=now)
    done = [one for one in turns if await _write(tx, one, named, now=now)]
    cards = [card for one in done for card in _cards(one, named)]
    notes = [note for one in done for note in await _reminders(tx, one, team)]
    notes += await _to_leads(tx, standup, team, done, now=now)
    await outbox.say(tx, *cards, *notes, now=now)
    for one in done:
        if one.closes:
            await summarising.post(tx, one.round, now=now)
            await sharing.heed_moods(tx, one.round, now=now)


def _named(turn: Turn) -> Turn:
    """A new round gets its id."""
    if not turn.is_new:
        return turn
    round_id = new_id()
    seats = {seat.person_id: replace(seat, round_id=round_id) for seat in turn.seats}

    def mine(some: Iterable[Seat]) -> tuple[Seat, ...]:
        return tuple(seats[one.person_id] for one in some)

    return replace(
        turn,
        round=replace(turn.round, id=round_id),
        seats=mine(turn.seats),
        asked=mine(turn.asked),
        unasked=mine(turn.unasked),
    )


async def _messages(tx: Tx, turns: Sequence[Turn], *, now: datetime) -> Mapping[str, str]:
    """In which message each person is asked: one that they have not answered yet, or else a new one of this minute.

    Not of the minute that was planned: who is asked late would only find an old message changed, and hear nothing.
    """
    asked = [seat for turn in turns for seat in turn.asked]
    if not asked:
        return {}
    people = sorted({seat.person_id for seat in asked})
    known = await standups.unanswered_messages(tx, people, since=now - JOINED_FOR)
    found: dict[str, str] = {}
    for seat in asked:
        name = f"{seat.person_id}@{now:%Y%m%dT%H%M}"
        found.setdefault(seat.person_id, known.get(seat.person_id, name))
    return found


async def _write(tx: Tx, turn: Turn, named: Mapping[str, str], *, now: datetime) -> bool:
    """False if somebody else has opened this round."""
    if not turn.is_new:
        await standups.change_round(tx, turn.round, RoundState.OPEN)
    elif not await standups.add_round(tx, turn.round):
        return False
    asked = {seat.person_id for seat in turn.asked}
    seats = {
        one.person_id: replace(one, message=named[one.person_id]) if one.person_id in asked else one
        for one in turn.seats
    }
    said = {one.person_id: one for one in turn.said if await _take(tx, one)}
    empty = [one for one in said if said[one].state is SeatState.ANSWERED]
    for one in empty:
        seats[one] = replace(seats[one], state=SeatState.DUE, answers={})
    await standups.put_seats(tx, *seats.values())
    if turn.is_new and turn.round.state is not RoundState.MISSED:
        await shift_notes.bring(tx, turn.round, now=now)
    for one in empty:
        await keep(tx, turn.round, seats[one], said[one].answers, Via.AHEAD, now=now)
    return True


async def _take(tx: Tx, said: Ahead) -> bool:
    """Whoever is out is out of every round of that day; what else was said is for one."""
    return said.state is SeatState.OUT or await standups.take_ahead(tx, said)


def _cards(turn: Turn, named: Mapping[str, str]) -> list[Card]:
    """The messages that ask, whoever has the least time first; those that only say something else now go last."""
    return [
        *(
            replace(ask_card(replace(one, message=named[one.person_id])), urgent_by=one.until)
            for one in turn.asked
        ),
        *(
            replace(ask_card(one), priority=Priority.DIGEST if turn.closes else Priority.STANDUP)
            for one in turn.redrawn
        ),
    ]


async def _reminders(tx: Tx, turn: Turn, team: Team) -> list[Note]:
    known = await texts(tx, [one.person_id for one in turn.reminded], team)
    return [
        Note(
            f"standup:{turn.round.id}:remind:{one.person_id}",
            one.person_id,
            *reminder(turn.round.name, turn.round.id, one.until, known[one.person_id]),
            priority=Priority.STANDUP,
            expires_at=one.until,
        )
        for one in turn.reminded
        if one.person_id in known
    ]


async def _to_leads(
    tx: Tx, standup: StandUp, team: Team, turns: Sequence[Turn], *, now: datetime
) -> list[Note]:
    """What could not be asked in time, once."""
    missed = [one.round for one in turns if one.round.state is RoundState.MISSED]
    in_part = [one for one in turns if one.unasked and one.round.state is not RoundState.MISSED]
    if not (missed or in_part):
        return []
    leads = await ids_of(tx, team.id, Role.LEAD) or await ids_of(tx, team.id, Role.MANAGER)
    known = sorted((await texts(tx, leads, team)).items())
    notes = []
    if missed:
        next_at = await _next(tx, standup, team, now=now)
        times = sorted(one.opens_at for one in missed)
        key = f"standup:{standup.id}:missed:{missed[-1].key}"
        notes += [
            Note(f"{key}:{one}", one, timed.missed(standup, team, times, next_at, t))
            for one, t in known
        ]
    for turn in in_part:
        people = [seat.person_id for seat in turn.unasked]
        key = f"standup:{turn.round.id}:not_asked"
        notes += [
            Note(f"{key}:{one}", one, timed.not_asked(turn.round.name, team, people, t))
            for one, t in known
        ]
    return notes


async def _next(tx: Tx, standup: StandUp, team: Team, *, now: datetime) -> datetime | None:
    """When the first person of the next round is asked."""
    within = Span(now, now + NEXT_WITHIN)
    floor = await floor_of(tx, team, Span(within.start - MARGIN, within.end + MARGIN))
    times = [
        ask.at
        for one in occurrences(standup, floor, within)
        for ask in one.asks
        if one.opens_at > now and not ask.is_away
    ]
    return min(times, default=None)
