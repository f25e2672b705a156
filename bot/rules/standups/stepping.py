"""What is to be done about a stand-up's rounds at one moment: open, ask, remind, mark, close, or say what was missed.

All of it follows from what is kept and what is planned, so that looking twice, or late, comes to the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.rules.standups.planning import DAY, Ask, Occurrence, occurrences
from bot.rules.standups.rounds import Ahead, Round, RoundState, Seat, SeatState
from bot.rules.standups.seating import (
    Scene,
    ask_of,
    asks_on,
    is_for,
    look_at,
    new_seat,
    seat_again,
    window_of,
)
from bot.rules.standups.standups import Moment, StandUp

AT_LEAST_EVERY = DAY
"""How soon it is looked again when nothing is planned before."""
NOT_THERE = frozenset({SeatState.AWAY, SeatState.LEFT})


class Held:
    """Who has a seat already, on which day and for what time."""

    def __init__(self) -> None:
        self._by_day: defaultdict[tuple[date, str], list[tuple[Round, Seat]]] = defaultdict(list)

    def add(self, one: Round, seats: Iterable[Seat]) -> None:
        for seat in seats:
            self._by_day[one.day, seat.person_id].append((one, seat))

    def has(self, day: date, ask: Ask, by: StandUp, but: str | None = None) -> bool:
        """Whether they have one for this time that `by` has planned, in any other round than `but`."""
        return any(
            is_for(one, seat, ask, by)
            for one, seat in self._by_day[day, ask.person_id]
            if one.id != but
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """What becomes of one round. `seats` are those that are new or changed, as they are to be kept.

    `asked` and `reminded` are to be told so now; the message of those in `redrawn` says something else than before. `unasked` could not
    be asked in time, through Baton's own fault. `said` was answered ahead. A round that `is_new` has no id yet.
    """

    round: Round
    is_new: bool = False
    seats: tuple[Seat, ...] = ()
    asked: tuple[Seat, ...] = ()
    reminded: tuple[Seat, ...] = ()
    redrawn: tuple[Seat, ...] = ()
    unasked: tuple[Seat, ...] = ()
    said: tuple[Ahead, ...] = ()
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """`turns` are of the rounds about which there is something to do. `next_at` is None when nothing is to come."""

    turns: tuple[Turn, ...]
    next_at: datetime | None


def step(scene: Scene) -> Outcome:
    """What to do now, and when to look next."""
    held = Held()
    for one in scene.rounds:
        held.add(one, scene.seats.get(one.id, ()))
    turns: list[Turn] = []
    times: list[datetime] = []
    for one in sorted(scene.rounds, key=lambda one: (one.opens_at, one.id)):
        if one.state is RoundState.OPEN:
            turn, then = _go_on(scene, one, held)
            turns, times = [*turns, turn], times + then
            held.add(turn.round, turn.seats)
    known = {one.key for one in scene.rounds}
    for occurrence in scene.planned if scene.standup.is_active else ():
        if occurrence.key not in known:
            begun, then = _begin(scene, occurrence, held)
            turns, times = [*turns, *begun], times + then
            for turn in begun:
                held.add(turn.round, turn.seats)
    if scene.standup.is_active:
        times.append(scene.now + AT_LEAST_EVERY)
    wanted = tuple(one for one in turns if one.is_new or one.seats or one.closes)
    return Outcome(wanted, min(times, default=None))


def _go_on(scene: Scene, one: Round, held: Held) -> tuple[Turn, list[datetime]]:
    """A round that is open: each seat as it is now, and seats for those who have come."""
    planned = scene.planned
    if not _is_planned_alike(scene, one):
        planned = occurrences(one.setup, scene.floor, scene.within)
    asks = asks_on(one.day, planned)
    before = {seat.person_id: seat for seat in scene.seats.get(one.id, ())}
    after = {
        person_id: seat_again(scene, one, seat, ask_of(one, seat, asks))
        for person_id, seat in before.items()
    }
    for ask in _near(one, planned) if scene.standup.is_active else ():
        is_seated = ask.person_id in after or held.has(one.day, ask, one.setup, but=one.id)
        if not is_seated and (seat := new_seat(scene, one.setup, one.day, ask)):
            after[ask.person_id] = replace(seat, round_id=one.id)
    return _turned(scene, one, before, list(after.values()))


def _is_planned_alike(scene: Scene, one: Round) -> bool:
    """Whether the set-up still asks the same people at the same times as when the round opened."""
    then, today = one.setup, scene.standup
    return (then.schedule, then.asked, then.heeds_dnd, then.heeds_status) == (
        today.schedule,
        today.asked,
        today.heeds_dnd,
        today.heeds_status,
    )


def _near(one: Round, planned: Iterable[Occurrence]) -> Iterator[Ask]:
    """What is planned for this round, or so near that it is the same: somebody may begin earlier than the first did."""
    window = timedelta(minutes=one.schedule.window_minutes)
    for occurrence in planned:
        if occurrence.day != one.day:
            continue
        for ask in occurrence.asks:
            apart = window_of(one.setup, ask.until).start - one.opens_at
            is_near = one.schedule.moment is Moment.SHIFT and abs(apart) <= window
            if occurrence.key == one.key or is_near:
                yield ask


def _begin(scene: Scene, occurrence: Occurrence, held: Held) -> tuple[list[Turn], list[datetime]]:
    """A round that is planned: it opens when the first of it is asked. Without anybody who could be, it was missed."""
    day, standup = occurrence.day, scene.standup
    free = [ask for ask in occurrence.asks if not held.has(day, ask, standup)]
    seats = [seat for ask in free if (seat := new_seat(scene, standup, day, ask))]
    first = min((seat.ask_at for seat in seats if seat.state not in NOT_THERE), default=None)
    if first is None or first > scene.now:
        return [], [] if first is None else [first]
    opens_at = min(window_of(standup, seat.until).start for seat in seats)
    one = _round(scene, occurrence, opens_at, max(seat.until for seat in seats))
    if all(seat.state in {SeatState.AWAY, SeatState.NOT_ASKED} for seat in seats):
        one = replace(one, state=RoundState.MISSED, opened_at=None, closed_at=scene.now)
    turn, times = _turned(scene, one, {}, seats)
    return [replace(turn, is_new=True)], times


def _round(scene: Scene, occurrence: Occurrence, opens_at: datetime, closes_at: datetime) -> Round:
    standup = scene.standup
    return Round(
        standup.workspace_id, "", standup.id, standup.team_id, occurrence.key, occurrence.day, opens_at, closes_at,
        standup.name, standup.questions, standup.channel, standup.not_answered, opened_at=scene.now,
        schedule=standup.schedule, asked=standup.asked, heeds_dnd=standup.heeds_dnd, heeds_status=standup.heeds_status,
    )  # fmt: skip


def _turned(
    scene: Scene, one: Round, before: dict[str, Seat], after: Sequence[Seat]
) -> tuple[Turn, list[datetime]]:
    """What differs from before; closed when the last window is over."""
    closes_at = max([one.closes_at, *(seat.until for seat in after)])
    one = replace(one, closes_at=closes_at)
    closes = one.state is RoundState.OPEN and scene.now >= closes_at
    if closes:
        one = replace(one, state=RoundState.CLOSED, closed_at=scene.now)
        after = [_silent(seat) for seat in after]
    changed = [seat for seat in after if before.get(seat.person_id) != seat]
    asked = [seat for seat in changed if _had(before, seat).asked_at is None and seat.asked_at]
    turn = Turn(
        one,
        seats=tuple(changed),
        asked=tuple(asked),
        reminded=tuple(
            seat for seat in changed if seat.reminded_at != _had(before, seat).reminded_at
        ),
        redrawn=tuple(
            seat for seat in changed if seat.message and _had(before, seat).state is not seat.state
        ),
        unasked=tuple(seat for seat in changed if seat.state is SeatState.NOT_ASKED),
        said=tuple(
            said
            for seat in changed
            if seat.person_id not in before and (said := scene.said_ahead(one.day, seat.person_id))
        ),
        closes=closes,
    )
    if one.state is not RoundState.OPEN:
        return turn, []
    return turn, [closes_at, *(at for seat in after for at in look_at(scene, one, seat))]


def _had(before: dict[str, Seat], seat: Seat) -> Seat:
    """The seat as it was; for a new one, as if they had just come."""
    return before.get(seat.person_id) or replace(seat, state=SeatState.DUE, asked_at=None)


def _silent(seat: Seat) -> Seat:
    return replace(seat, state=SeatState.SILENT) if seat.state is SeatState.ASKED else seat
