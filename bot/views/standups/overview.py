"""What `/standup` shows: each of one's stand-ups today with what can be done, one's own mood, and for leads who is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.rules.standups import Round, Seat, SeatState, StandUp
from bot.rules.standups.measures import Fall, Week, is_late
from bot.rules.standups.rounds import LATE_FOR
from bot.rules.teams import Team
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.standups import ask, feelings, ids, nudges
from bot.views.standups.form import ahead_value

A_PAGE = 8
"""Stand-ups; each takes up to eight blocks."""
NAMES_IN_A_BLOCK = 100
FALLS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has come. `due` are still to be asked, `away` also those who are out."""

    answered: int = 0
    missing: int = 0
    skipped: int = 0
    due: int = 0
    away: int = 0

    @property
    def of(self) -> int:
        return self.answered + self.missing + self.skipped + self.due


@dataclass(frozen=True, slots=True)
class Entry:
    """One stand-up as its reader sees it. `round` is the one that runs, or that still takes answers; `seat` is their own in it.

    `next_at`, on the local day `next_day`, is when it asks them next, or anybody if they are not asked. `ahead` is what they
    said to that already.
    `missing` are those who have not answered, for leads only. An earlier one is their own round, and another follows it.
    """

    standup: StandUp
    team: Team
    round: Round | None = None
    seat: Seat | None = None
    progress: Progress | None = None
    next_at: datetime | None = None
    next_day: date | None = None
    is_asked: bool = False
    ahead: SeatState | None = None
    may_lead: bool = False
    missing: Sequence[str] = ()
    is_earlier: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """`entries` are one page of `total`. `shares_mood` is None for somebody whose mood nobody asks for."""

    entries: Sequence[Entry]
    total: int
    page: int
    now: datetime
    has_team: bool
    may_lead: bool
    may_set: bool
    shares_mood: bool | None = None
    own_mood: Sequence[Week] = ()
    falls: Sequence[tuple[Fall, StandUp]] = ()


def overview(seen: Overview, t: Text, told: str = "") -> Block:
    """As a modal. `told` says what has just been done."""
    blocks: list[Block] = []
    if told:
        blocks.append(b.section(told))
    for one in seen.entries:
        blocks += [*_entry(one, seen.now, t), b.divider()]
    if not seen.total:
        blocks.append(b.section(_nothing(seen, t)))
    blocks += [*_turns(seen, t), *_falls(seen, t), *_mood(seen, t), *_ways(seen, t)]
    return b.modal(
        ids.OVERVIEW,
        t("Stand-ups"),
        blocks,
        close=t("Close"),
        private_metadata=str(seen.page),
    )


def page_of(carried: str) -> int:
    """What a button, or the modal itself, carries."""
    return int(carried) if carried.isdigit() else 0


def missing(one: Round, person_ids: Sequence[str], t: Text) -> Block:
    """Everybody who has not answered, whole, for a lead."""
    rows = range(0, len(person_ids), NAMES_IN_A_BLOCK)
    names = [", ".join(map(mention, person_ids[at : at + NAMES_IN_A_BLOCK])) for at in rows]
    if not names:
        names = [t("Nobody is missing: whoever was asked has answered.")]
    head = t("*{name}*: not heard from yet. Only you see this.", name=escape(one.name))
    blocks = [b.section(head), *map(b.section, names)]
    return b.modal(ids.MISSING, t("Not heard from yet"), blocks, close=t("Close"))


def can_answer(one: Round, seat: Seat | None, now: datetime) -> bool:
    return seat is not None and seat.state is not SeatState.LEFT and one.takes_answers(now)


def button_for(one: Round, seat: Seat, t: Text) -> Block:
    """Its form is opened by whoever handles answers; it holds what was said before."""
    more = {"style": "primary"} if seat.state is SeatState.ASKED else {}
    return ask.answer_button(ask.label_of(seat.state, t), one.id, **more)


def state(one: Round, seat: Seat, t: Text) -> str:
    """Where its reader stands in a round."""
    if seat.state is SeatState.ANSWERED and seat.answered_at:
        at = when(seat.edited_at or seat.answered_at, t)
        if is_late(seat):
            return t("You answered {when}, after the time. It counts all the same.", when=at)
        return t("You answered {when}.", when=at)
    late = when((one.closed_at or one.closes_at) + LATE_FOR, t)
    told = {
        SeatState.DUE: t("You are asked {when}.", when=when(seat.ask_at, t)),
        SeatState.ASKED: t("You are asked, and have time until {when}.", when=when(seat.until, t)),
        SeatState.SKIPPED: t("You have skipped it. You can still answer."),
        SeatState.OUT: t("You said that you are out today."),
        SeatState.AWAY: t("You are away, so nobody waits for you."),
        SeatState.NOT_ASKED: t(
            "Baton was down when it should have asked you. If you like, answer until {when}.",
            when=late,
        ),
        SeatState.SILENT: t("It is over. You can still answer until {when}.", when=late),
    }
    return told.get(seat.state) or t("You are not in this round any more.")


def progress(given: Progress, t: Text) -> str:
    """The summary so far, in numbers."""
    told = [
        t(
            "{answered} of {of} have answered",
            answered=t.number(given.answered),
            of=t.number(given.of),
        )
    ]
    if given.skipped:
        told.append(t.n("{count} skipped it", "{count} skipped it", given.skipped))
    if given.due:
        told.append(t.n("{count} is asked later", "{count} are asked later", given.due))
    if given.away:
        told.append(t.n("{count} is away", "{count} are away", given.away))
    return " · ".join(told)


def _entry(one: Entry, now: datetime, t: Text) -> Iterator[Block]:
    lines = [f"*{escape(one.standup.name)}* · {escape(one.team.name)}"]
    if one.round and one.seat:
        lines.append(state(one.round, one.seat, t))
    if one.round and one.progress:
        lines.append(progress(one.progress, t))
    if not one.is_earlier:
        lines.append(_next(one, t))
    yield b.section("\n".join(lines))
    if one.missing:
        yield b.context(_missing(one, t))
    buttons = list(_buttons(one, now, t))
    if buttons:
        yield b.actions(*buttons)


def _next(one: Entry, t: Text) -> str:
    if not one.standup.is_active:
        return t("It is switched off.")
    if one.next_at is None:
        return t("Nobody is asked in the next days.")
    at = when(one.next_at, t)
    if not one.is_asked:
        return t("Next: {when}.", when=at)
    told = {
        SeatState.ANSWERED: t("It asks you next {when}. You have answered that already.", when=at),
        SeatState.SKIPPED: t("It asks next {when}. You said that you skip that.", when=at),
        SeatState.OUT: t("It asks next {when}. You said that you are out then.", when=at),
    }
    return told.get(one.ahead or SeatState.DUE) or t("It asks you next {when}.", when=at)


def _missing(one: Entry, t: Text) -> str:
    names = nudges.some(one.missing, t)
    return t("Not heard from yet, and only leads see this: {names}", names=names)


def _buttons(one: Entry, now: datetime, t: Text) -> Iterator[Block]:
    if one.round:
        if one.seat and can_answer(one.round, one.seat, now):
            yield button_for(one.round, one.seat, t)
        yield b.button(t("What the others said"), f"{ids.SHOW_ALL}:{one.round.id}", one.round.id)
    if one.is_asked and one.next_day and one.standup.is_active:
        value = ahead_value(one.standup.id, one.next_day)
        yield b.button(t("Answer early"), f"{ids.AHEAD}:{value}", value)
    if one.may_lead and one.round:
        yield from _for_leads(one.round, one.missing, t)


def _for_leads(one: Round, missing_now: Sequence[str], t: Text) -> Iterator[Block]:
    if missing_now and one.closed_at is None:
        yield b.button(t("Nudge them"), f"{ids.NUDGE}:{one.id}", one.id)
    if len(missing_now) > nudges.NAMES_SHOWN:
        yield b.button(t("All who are missing"), f"{ids.MISSING}:{one.id}", one.id)
    yield b.button(t("Focus note"), f"{ids.FOCUS}:{one.id}", one.id)


def _nothing(seen: Overview, t: Text) -> str:
    if not seen.has_team:
        return t(
            "You are in no team yet, so nobody asks you. An admin or your team's manager can add you with `/baton`."
        )
    if seen.may_set:
        return t("Your team has no stand-up yet. *Set up* begins one, from a template if you like.")
    return t("Your team has no stand-up yet. Its lead can begin one with `/standup setup`.")


def _turns(seen: Overview, t: Text) -> Iterator[Block]:
    pages = -(-seen.total // A_PAGE)
    if pages < 2:
        return
    yield b.context(t("Page {page} of {pages}", page=seen.page + 1, pages=pages))
    buttons = []
    for label, page in ((t("Back"), seen.page - 1), (t("More"), seen.page + 1)):
        if 0 <= page < pages:
            buttons.append(b.button(label, f"{ids.OVERVIEW}:{page}", str(page)))
    yield b.actions(*buttons)


def _falls(seen: Overview, t: Text) -> Iterator[Block]:
    if not seen.falls:
        return
    lines = [feelings.fall(one, standup.name, t) for one, standup in seen.falls[:FALLS_SHOWN]]
    if more := len(seen.falls[FALLS_SHOWN:]):
        lines.append(t.n("and {count} more", "and {count} more", more))
    yield b.section("\n".join(lines))


def _mood(seen: Overview, t: Text) -> Iterator[Block]:
    if seen.shares_mood is None:
        return
    yield b.section(feelings.own(seen.own_mood, t, shares=seen.shares_mood))
    yield b.actions(feelings.switch(t, shares=seen.shares_mood))


def _ways(seen: Overview, t: Text) -> Iterator[Block]:
    buttons = []
    if seen.has_team:
        buttons.append(b.button(t("Blockers"), ids.BLOCKERS))
    if seen.may_lead:
        buttons.append(b.button(t("Participation"), ids.PARTICIPATION))
    if seen.may_set:
        buttons.append(b.button(t("Set up"), ids.SET_UP))
    if buttons:
        yield b.actions(*buttons)
