"""Answering what asks now: the form, “nothing new”, skipping, and being out for the day."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules import handovers as handover_rules
from bot.rules.coaching import Commitment
from bot.rules.standups import Blocker, Kind, Purpose, Round, Seat, SeatState, StandUp, Via
from bot.rules.standups import answers as rules
from bot.rules.standups.answers import Draft
from bot.rules.standups.questions import of_kind, with_purpose
from bot.rules.standups.rounds import RoundState
from bot.rules.standups.seen import FormSeen
from bot.rules.wall_clock import day_of
from bot.services.coaching import promising
from bot.services.standups import blocking, summarising
from bot.services.standups.keeping import keep as keep
from bot.services.standups.keeping import redraw
from bot.services.transaction import heard_once
from bot.text import _
from storage import escalations, standups
from storage.database import Database, Tx

LOOKED_BACK = timedelta(days=60)
"""How old the last answer may be that a form begins with."""
ASKED_WITHIN = timedelta(days=3)
"""How long ago somebody can have been asked by a round that is still open."""
HELD_AT_MOST = 20
DUE_WITHIN = timedelta(days=7)
WAITING = (SeatState.DUE, SeatState.ASKED)
GONE = _("There is no such stand-up, or it isn't asked of you.")
ONLY_MEMBERS = _("You are not in this team any more, so nothing is asked of you here.")
TOO_LATE = _(
    "It has ended more than a day ago and takes no answers any more. `/standup early` answers the next one."
)
ANSWERED = _("Your answer is in already. Press *Change* to say something else.")
ENDED = _("It has ended. You can still answer it, late.")
AWAY = _("You are away, so nobody waits for you.")
NOT_TO_SKIP = {SeatState.ANSWERED: ANSWERED, SeatState.AWAY: AWAY, SeatState.OUT: AWAY}


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody's seat, and the round of it, which nobody else changes until the commit."""

    tx: Tx
    round: Round
    seat: Seat


async def see_form(db: Database, person: Person, round_id: str, *, now: datetime) -> FormSeen:
    """What the form begins with: their answer if there is one. Raises Denied, Refused or Stale as answering would."""
    async with db.read(person.workspace_id) as tx:
        round_ = await standups.find_round(tx, round_id)
        seat = await standups.find_seat(tx, round_id, person.id)
        seated = _checked(tx, person, round_, seat, now=now)
        answers = seated.seat.answers
        if seated.seat.state is not SeatState.ANSWERED:
            focus = await last_focus(tx, person, seated.round.standup_id, seated.seat.ask_at)
            items = await held_items(tx, person, seated.round)
            answers = rules.prefilled(seated.round.questions, focus, items)
        blockers = await _older_blockers(seated)
        promised = await commitments_due(tx, person, now=now)
    return FormSeen(seated.round.name, seated.round.questions, Draft(answers), blockers, promised)


async def answer(
    db: Database, person: Person, round_id: str, draft: Draft, *, key: str, now: datetime
) -> None:
    """Answer, or change an answer, in time or late. Raises FormProblems by field, Denied, Refused or Stale."""
    async with _seated(db, person, round_id, key=key, now=now) as seated:
        questions = seated.round.questions
        answers = rules.cleaned(questions, draft.answers)
        if found := rules.problems(questions, answers, draft.still):
            raise FormProblems(found)
        still = draft.still
        await keep(seated.tx, seated.round, seated.seat, answers, Via.FORM, still=still, now=now)


async def nothing_new(
    db: Database, person: Person, round_id: str, *, key: str, now: datetime
) -> None:
    """One click: the last focus and the open blockers stand, and it counts as answered. Raises as `answer` does."""
    async with _seated(db, person, round_id, key=key, now=now) as seated:
        tx, round_, seat = seated.tx, seated.round, seated.seat
        if seat.state is SeatState.ANSWERED:
            raise Stale(ANSWERED)
        focus = await last_focus(tx, person, round_.standup_id, seat.ask_at)
        still = {one.id: True for one in await _older_blockers(seated)}
        answers = rules.same(round_.questions, focus)
        await keep(tx, round_, seat, answers, Via.SAME, still=still, now=now)


async def skip(db: Database, person: Person, round_id: str, *, key: str, now: datetime) -> None:
    """They have nothing to say this time. Raises Stale if it is answered or over."""
    async with _seated(db, person, round_id, key=key, now=now) as seated:
        if seated.seat.state is SeatState.SKIPPED:
            return
        if seated.seat.state not in WAITING:
            raise Stale(NOT_TO_SKIP.get(seated.seat.state, ENDED))
        await leave(seated.tx, [seated], SeatState.SKIPPED, now=now)


async def skip_all(db: Database, person: Person, *, key: str, now: datetime) -> list[str]:
    """Skip whatever asks now. Returns what that was, by name."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        found = await waiting(tx, person, [SeatState.ASKED], now=now)
        await leave(tx, found, SeatState.SKIPPED, now=now)
    return [one.round.name for one in found]


async def waiting(
    tx: Tx, person: Person, states: Collection[SeatState] = WAITING, *, now: datetime
) -> list[Seated]:
    """Their seats in open rounds that are in one of these states, locked, in one order for everybody."""
    asked = await standups.seats_of_person(tx, person.id, since=now - ASKED_WITHIN)
    rounds = sorted(
        one.id
        for one, seat in asked
        if one.state is RoundState.OPEN and seat.state in states and person.has_role(one.team_id)
    )
    locked = [await standups.lock_round(tx, one) for one in rounds]
    found = []
    for one in locked:
        seat = await standups.lock_seat(tx, one.id, person.id) if one else None
        if one and seat and one.state is RoundState.OPEN and seat.state in states:
            found.append(Seated(tx, one, seat))
    return found


async def leave(tx: Tx, seated: Collection[Seated], state: SeatState, *, now: datetime) -> None:
    """They skip these, or are out: their messages say so, and what is told of the rounds."""
    for one in seated:
        await standups.change_seat(tx, replace(one.seat, state=state))
    await redraw(tx, *(one.seat for one in seated), now=now)
    for one in seated:
        await summarising.changed(tx, one.round, replace(one.seat, state=state), now=now)


async def last_focus(tx: Tx, person: Person, standup_id: str, before: datetime) -> str:
    """What they set out to do when they last answered this stand-up."""
    asked = await standups.seats_of_person(tx, person.id, since=before - LOOKED_BACK)
    answered = (
        (round_, seat)
        for round_, seat in asked
        if round_.standup_id == standup_id
        and seat.ask_at < before
        and seat.state is SeatState.ANSWERED
    )
    round_, seat = next(answered, (None, None))
    return rules.focus_of(round_.questions, seat.answers) if round_ and seat else ""


async def commitments_due(tx: Tx, person: Person, *, now: datetime) -> list[Commitment]:
    """What they promised in coaching and is due within a week, or overdue: to be thought of, not to be answered."""
    return await promising.open_of(tx, person.id, day_of(now, person.zone) + DUE_WITHIN)


async def held_items(tx: Tx, person: Person, asked: Round | StandUp) -> list[str]:
    """What they hold, a line each: of this team alone, since the team will read it. Further kinds of things join here."""
    if not with_purpose(asked.questions, Purpose.FOCUS):
        return []
    owned = await escalations.list_owned(tx, person.id, limit=HELD_AT_MOST)
    return [
        f"#{one.id} {one.draft.summary}"
        for one in owned.items
        if one.team_id == asked.team_id and handover_rules.is_held(one, person.id)
    ]


async def _older_blockers(seated: Seated) -> list[Blocker]:
    """What stands since earlier rounds; what was said in this one is part of its answer."""
    round_ = seated.round
    if not of_kind(round_.questions, Kind.BLOCKER):
        return []
    found = await blocking.blockers_for_form(seated.tx, seated.seat.person_id, round_.team_id)
    return [one for one in found if one.round_id != round_.id]


@asynccontextmanager
async def _seated(
    db: Database, person: Person, round_id: str, *, key: str, now: datetime
) -> AsyncIterator[Seated]:
    """A transaction about this person's seat. If it is too late, their message is drawn anew: it showed otherwise."""
    try:
        async with heard_once(db, person.workspace_id, key, now=now) as tx:
            round_ = await standups.lock_round(tx, round_id)
            seat = await standups.lock_seat(tx, round_id, person.id)
            yield _checked(tx, person, round_, seat, now=now)
    except (Denied, Stale):
        await _redraw(db, person, round_id, now=now)
        raise


def _checked(
    tx: Tx, person: Person, round_: Round | None, seat: Seat | None, *, now: datetime
) -> Seated:
    """Refused in the same words if there is no round and if it is not theirs."""
    if round_ is None or seat is None:
        raise Refused(GONE)
    check_may(person, Permission.STANDUP_ANSWER, round_, ONLY_MEMBERS)
    if seat.state is SeatState.LEFT:
        raise Denied(ONLY_MEMBERS)
    if not round_.takes_answers(now):
        raise Stale(TOO_LATE)
    return Seated(tx, round_, seat)


async def _redraw(db: Database, person: Person, round_id: str, *, now: datetime) -> None:
    async with db.write(person.workspace_id) as tx:
        if seat := await standups.find_seat(tx, round_id, person.id):
            await redraw(tx, seat, now=now)
