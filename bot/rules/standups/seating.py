"""What becomes of one person's seat in a round: asked, away, gone, reminded, as planned and as they are there now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.rules.spans import Span
from bot.rules.standups.planning import Ask, Floor, Occurrence, away_times, busy_times
from bot.rules.standups.rounds import Ahead, Round, Seat, SeatState
from bot.rules.standups.standups import Moment, StandUp

INSTANT = timedelta(microseconds=1)
SETTLED = frozenset(
    {
        SeatState.ANSWERED,
        SeatState.SKIPPED,
        SeatState.OUT,
        SeatState.NOT_ASKED,
        SeatState.SILENT,
    }
)
"""What the clock does not change any more."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A stand-up with everything that has to be known. `planned` are its occurrences `within` the time that is looked at.

    `rounds` are the open ones and those held of late; `seats` are by round: of the open ones, and of those that were held on a day of
    which more is planned. What was planned for `since` or later and has not happened was missed; what lies before was not known of, as
    when somebody joins later.
    """

    standup: StandUp
    floor: Floor
    within: Span
    since: datetime
    now: datetime
    planned: Sequence[Occurrence] = ()
    rounds: Sequence[Round] = ()
    seats: Mapping[str, Sequence[Seat]] = field(default_factory=dict)
    ahead: Sequence[Ahead] = ()

    def said_ahead(self, day: date, person_id: str) -> Ahead | None:
        wanted = (day, person_id)
        return next((one for one in self.ahead if (one.day, one.person_id) == wanted), None)


def window_of(standup: StandUp, until: datetime) -> Span:
    """The time to answer that ends then, whenever in it they are asked."""
    return Span(until - timedelta(minutes=standup.schedule.window_minutes), until)


def is_for(one: Round, seat: Seat, ask: Ask, by: StandUp) -> bool:
    """Whether somebody's seat is what is planned for them on the same day: nobody is asked for the same time twice.

    Of the shifts of a day, the same time is one that overlaps, or that goes by the same start: a lead may have moved it meanwhile.
    Otherwise everybody is asked once a day.
    """
    if by.schedule.moment is not Moment.SHIFT:
        return True
    then, planned = window_of(one.setup, seat.until), window_of(by, ask.until)
    by_shift = one.schedule.moment is Moment.SHIFT
    same_start = by_shift and _start(one.setup, then) == _start(by, planned)
    return same_start or not then.within(planned).is_empty


def _start(standup: StandUp, window: Span) -> datetime:
    """Of the shift that this window goes by."""
    return window.start - timedelta(minutes=standup.schedule.offset_minutes)


def asks_on(day: date, planned: Iterable[Occurrence]) -> Mapping[str, Sequence[Ask]]:
    """What is planned for each person on that day."""
    found: defaultdict[str, list[Ask]] = defaultdict(list)
    for occurrence in planned:
        if occurrence.day == day:
            for ask in occurrence.asks:
                found[ask.person_id].append(ask)
    return found


def ask_of(one: Round, seat: Seat, planned: Mapping[str, Sequence[Ask]]) -> Ask | None:
    """What is planned for a seat by now; None if its person is not to be asked any more."""
    found = [ask for ask in planned.get(seat.person_id, ()) if is_for(one, seat, ask, one.setup)]
    return min(found, key=lambda ask: abs(ask.until - seat.until), default=None)


def new_seat(scene: Scene, setup: StandUp, day: date, ask: Ask) -> Seat | None:
    """The seat of somebody who has none yet; None if their time was over before anybody knew of it."""
    was_planned = ask.at >= scene.since
    is_over = scene.now >= ask.until
    seat = Seat("", ask.person_id, ask.at, ask.until)
    if ahead := scene.said_ahead(day, ask.person_id):
        return replace(seat, state=ahead.state, answers=ahead.answers)
    if is_over and not was_planned:
        return None
    if ask.is_away:
        return replace(seat, state=SeatState.AWAY)
    return _asked_if_due(scene, setup, replace(seat, ask_at=_known_from(scene, ask)))


def seat_again(scene: Scene, one: Round, seat: Seat, ask: Ask | None) -> Seat:
    """The seat as it is now. Who was asked stays asked, unless they leave or are away until the end."""
    if seat.state in SETTLED:
        return seat
    if not scene.floor.roles.get(seat.person_id, frozenset()) & one.asked:
        return replace(seat, state=SeatState.LEFT)
    if seat.asked_at is not None:
        return _still_asked(scene, one, seat, seat.asked_at)
    is_over = ask is not None and scene.now >= ask.until
    if is_over and seat.state is not SeatState.DUE:
        return seat
    if ask is None or ask.is_away or (is_over and ask.at < scene.since):
        return replace(seat, state=SeatState.AWAY)
    moved = replace(seat, ask_at=_known_from(scene, ask), until=ask.until, state=SeatState.DUE)
    after = _asked_if_due(scene, one.setup, moved)
    return replace(seat, state=SeatState.AWAY) if after.state is SeatState.AWAY else after


def look_at(scene: Scene, one: Round, seat: Seat) -> list[datetime]:
    """When something may be to be done about this seat, after now."""
    times = []
    if seat.state is SeatState.DUE:
        times.append(seat.ask_at)
    if seat.state in {SeatState.ASKED, SeatState.AWAY}:
        times.append(one.remind_at(seat))
        busy = busy_times(one.setup, scene.floor, seat.person_id)
        times += [at for span in busy for at in (span.start, span.end)]
    return [at for at in times if scene.now < at < seat.until]


def _still_asked(scene: Scene, one: Round, seat: Seat, asked_at: datetime) -> Seat:
    """Away or there: as they are now, or were at the end of their window."""
    if seat.state is SeatState.LEFT and scene.now >= seat.until:
        return seat
    moment = min(scene.now, seat.until - INSTANT)
    if any(span.holds(moment) for span in away_times(one.setup, scene.floor, seat.person_id)):
        return replace(seat, state=SeatState.AWAY)
    seat = replace(seat, state=SeatState.ASKED)
    is_due = asked_at < one.remind_at(seat) <= scene.now < seat.until
    return replace(seat, reminded_at=scene.now) if is_due and seat.reminded_at is None else seat


def _known_from(scene: Scene, ask: Ask) -> datetime:
    """When they are to be asked: at once if their time came before it was known that they are there."""
    return ask.at if ask.at >= scene.since else max(ask.at, scene.now)


def _asked_if_due(scene: Scene, setup: StandUp, seat: Seat) -> Seat:
    """Who is to be asked late, and has gone meanwhile, is asked when they are back."""
    if scene.now < seat.ask_at:
        return seat
    if scene.now >= seat.until:
        return replace(seat, state=SeatState.NOT_ASKED)
    busy = busy_times(setup, scene.floor, seat.person_id)
    if any(span.holds(scene.now) for span in busy):
        return replace(seat, state=SeatState.AWAY)
    return replace(seat, state=SeatState.ASKED, asked_at=scene.now)
