"""What a summary holds and in which order. Moods and who takes part how often are never in it: they are not for a channel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.errors import FormProblems, Refused
from bot.rules.escalations import clean
from bot.rules.metrics.digest.strips import Strip
from bot.rules.reports import Minutes
from bot.rules.standups.blockers import TOO_LONG, Standing
from bot.rules.standups.notes import ShiftNote
from bot.rules.standups.questions import Kind, Purpose, Question, Said
from bot.rules.standups.rounds import Round, RoundState, Seat, SeatState, Via
from bot.rules.standups.standups import NotAnswered

FOCUS_LIMIT = 500
NEVER_PUBLIC = frozenset({Kind.MOOD})
TOLD_APART = frozenset({Kind.BLOCKER})


@dataclass(frozen=True, slots=True)
class Yesterday:
    """The team's own escalations on its local day before. `left_open` were open at its end; `claims` are the waits for an owner."""

    day: date
    raised: int
    resolved: int
    left_open: int
    claims: Minutes

    @property
    def is_quiet(self) -> bool:
        """There is nothing to tell."""
        return not (self.raised or self.resolved or self.left_open or self.claims)


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person said, as far as their team may read it. `said` leaves out what the summary tells elsewhere, `whole` does not."""

    person_id: str
    said: tuple[tuple[Question, Said], ...] = ()
    whole: tuple[tuple[Question, Said], ...] = ()
    has_nothing_new: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """Who was asked and has not answered: named, or only counted. `people` is empty unless they are named."""

    people: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """A round as its team reads it, with its numbers in a row. `left_for_it` is what the shift before wrote, `left_by_it` what this one leaves.

    `asked` are all who could have answered: who was away, out or gone is not among them.
    """

    round: Round
    zone: str = "UTC"
    yesterday: Yesterday | None = None
    strip: Strip | None = None
    blockers: Sequence[Standing] = ()
    voices: Sequence[Voice] = ()
    asked: int = 0
    skipped: Sequence[str] = ()
    out: Sequence[str] = ()
    away: Sequence[str] = ()
    not_asked: Sequence[str] = ()
    to_be_asked: int = 0
    missing: Missing = field(default_factory=Missing)
    left_for_it: Sequence[ShiftNote] = ()
    left_by_it: Sequence[ShiftNote] = ()

    @property
    def is_open(self) -> bool:
        return self.round.state is RoundState.OPEN

    @property
    def until(self) -> datetime:
        """Up to when it tells how long something has stood."""
        return self.round.closed_at or self.round.closes_at


COUNTED = frozenset({SeatState.ASKED, SeatState.SILENT, SeatState.ANSWERED, SeatState.SKIPPED})
"""Whoever could have answered by now."""


def summarise(
    round_: Round,
    seats: Iterable[Seat],
    *,
    zone: str = "UTC",
    yesterday: Yesterday | None = None,
    strip: Strip | None = None,
    blockers: Sequence[Standing] = (),
    notes: Sequence[ShiftNote] = (),
) -> Summary:
    """Put it in order: the oldest blocker first, the first answer first, people by their ids."""
    known = sorted(seats, key=lambda one: one.person_id)
    by_state: dict[SeatState, list[str]] = {}
    for seat in known:
        by_state.setdefault(seat.state, []).append(seat.person_id)
    spoke = [one for one in known if has_spoken(one)]
    spoke.sort(key=lambda one: (one.answered_at or one.ask_at, one.person_id))
    missing = [one.person_id for one in known if one.is_missing]
    return Summary(
        round_,
        zone,
        yesterday if yesterday and not yesterday.is_quiet else None,
        strip,
        sorted(blockers, key=_by_age),
        [voice(one, round_.questions) for one in spoke],
        asked=sum(one.state in COUNTED for one in known),
        skipped=by_state.get(SeatState.SKIPPED, []),
        out=by_state.get(SeatState.OUT, []),
        away=by_state.get(SeatState.AWAY, []),
        not_asked=by_state.get(SeatState.NOT_ASKED, []),
        to_be_asked=len(by_state.get(SeatState.DUE, [])),
        missing=missing_in(round_.not_answered, missing),
        left_for_it=[one for one in notes if one.told_round_id == round_.id],
        left_by_it=[one for one in notes if one.round_id == round_.id],
    )


def has_spoken(seat: Seat) -> bool:
    """Who left the team afterwards has said it all the same."""
    return seat.state is SeatState.ANSWERED or (
        seat.state is SeatState.LEFT and seat.answered_at is not None
    )


def voice(seat: Seat, questions: Sequence[Question]) -> Voice:
    """In the order of the questions. A mood is not for others to read, whatever else is shown."""
    whole = tuple(
        (one, seat.answers[one.id])
        for one in questions
        if one.kind not in NEVER_PUBLIC and one.id in seat.answers and not _is_empty(seat, one)
    )
    said = tuple(pair for pair in whole if not is_told_apart(pair[0]))
    return Voice(seat.person_id, said, whole, seat.via is Via.SAME)


def is_told_apart(question: Question) -> bool:
    """Blockers, and what the next shift needs to know, have their own place in a summary."""
    return question.kind in TOLD_APART or question.purpose is Purpose.NEXT_SHIFT


def missing_in(way: NotAnswered, people: Sequence[str]) -> Missing:
    """As the team chose to speak of them."""
    match way:
        case NotAnswered.NAMED:
            return Missing(tuple(people), len(people))
        case NotAnswered.COUNTED:
            return Missing((), len(people))
        case NotAnswered.HIDDEN:
            return Missing()


def checked_focus(typed: str) -> str:
    """The lead's note as it is kept; empty takes it away. Raises FormProblems."""
    focus = clean(typed)
    if len(focus) > FOCUS_LIMIT:
        refused = Refused(TOO_LONG, limit=FOCUS_LIMIT, length=len(focus))
        raise FormProblems({"focus": refused})
    return focus


def latest(rounds: Sequence[Round]) -> list[Round]:
    """Of a team's rounds, those that are open; while none is, the newest. One that was missed has nothing to tell."""
    held = [one for one in rounds if one.state is not RoundState.MISSED]
    held.sort(key=lambda one: one.opens_at, reverse=True)
    return [one for one in held if one.state is RoundState.OPEN] or held[:1]


def _by_age(one: Standing) -> tuple[bool, datetime, str]:
    """What still stands comes first."""
    return one.is_solved, one.blocker.raised_at, one.blocker.id


def _is_empty(seat: Seat, question: Question) -> bool:
    answers: Mapping[str, Said] = seat.answers
    return answers[question.id].is_empty
