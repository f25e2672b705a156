"""Rounds without waiting for a clock: a stand-up of Billing as a floor would set it up, and seats in a round of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.people import Person
from bot.rules.standups import (
    Kind,
    Purpose,
    Question,
    Round,
    RoundState,
    Said,
    Seat,
    SeatState,
    StandUp,
    Via,
)
from bot.rules.wall_clock import day_of
from storage import standups
from storage.database import Database
from tests.cast import ALICE, BILLING, BOB, NOON, WORKSPACE

YESTERDAY = Question("back", Kind.TEXT, "How did yesterday go?", Purpose.LOOK_BACK)
FOCUS = Question("focus", Kind.TEXT, "What is your focus today?", Purpose.FOCUS, is_required=True)
BLOCKERS = Question("blockers", Kind.BLOCKER, "What stands in your way?")
NEXT_SHIFT = Question(
    "next", Kind.TEXT, "What does the next shift need to know?", Purpose.NEXT_SHIFT
)
MOOD = Question("mood", Kind.MOOD, "How do you feel?")
FLOOR = (YESTERDAY, FOCUS, BLOCKERS, NEXT_SHIFT, MOOD)
TOOLS = Question(
    "tools", Kind.YES_NO, "Did all tools work?", follow_up="Which did not?", follow_up_on=False
)
PLACE = Question(
    "place", Kind.CHOICE, "Where are you?", options=("Office", "At home", "On the way")
)
LOAD = Question("load", Kind.SCALE, "How busy is it?", top=10)

STANDUP = StandUp(WORKSPACE, "floor", BILLING, "Floor", FLOOR, channel="C0BILLING")
WINDOW = timedelta(hours=2)


def focused(words: str) -> Mapping[str, Said]:
    """The answers of somebody who only says what they are about to do."""
    return {FOCUS.id: Said(text=words)}


async def standup_of(db: Database, standup: StandUp = STANDUP, *, now: datetime = NOON) -> StandUp:
    async with db.write(standup.workspace_id) as tx:
        if await standups.find(tx, standup.id) is None:
            await standups.add(tx, standup, now=now)
    return standup


async def round_of(
    db: Database,
    *people: Person | str,
    standup: StandUp = STANDUP,
    at: datetime = NOON,
    state: SeatState = SeatState.ASKED,
    answers: Mapping[str, Mapping[str, Said]] | None = None,
    message: str = "",
) -> Round:
    """An open round at which everybody was asked at `at`, Alice and Bob unless others are named; `answers` are by person.

    Each person's message is named after the round, or `message`.
    """
    await standup_of(db, standup, now=at)
    asked = [one if isinstance(one, str) else one.id for one in people or (ALICE, BOB)]
    day = day_of(at, "UTC")
    one = Round(
        standup.workspace_id,
        f"{standup.id}-{at:%Y%m%d%H%M}",
        standup.id,
        standup.team_id,
        f"{at:%Y-%m-%dT%H:%M}",
        day,
        at,
        at + WINDOW,
        standup.name,
        standup.questions,
        standup.channel,
        standup.not_answered,
        opened_at=at,
    )
    seat = Seat(one.id, "", at, at + WINDOW, state, message or one.id, asked_at=at)
    if state is SeatState.DUE:
        seat = replace(seat, message="", asked_at=None)
    said = answers or {}
    async with db.write(standup.workspace_id) as tx:
        await standups.add_round(tx, one)
        await standups.add_seats(tx, *(_seat(replace(seat, person_id=p), said) for p in asked))
    return one


def _seat(seat: Seat, answers: Mapping[str, Mapping[str, Said]]) -> Seat:
    said = answers.get(seat.person_id)
    if said is None:
        return seat
    return replace(
        seat, state=SeatState.ANSWERED, answers=said, answered_at=seat.ask_at, via=Via.FORM
    )


async def close(db: Database, one: Round, *, at: datetime | None = None) -> Round:
    """Its end, as far as rows go: who was asked and said nothing is silent."""
    closed = replace(one, state=RoundState.CLOSED, closed_at=at or one.closes_at)
    async with db.write(one.workspace_id) as tx:
        before = await standups.lock_round(tx, one.id)
        assert before
        closed = replace(before, state=RoundState.CLOSED, closed_at=closed.closed_at)
        await standups.change_round(tx, closed, RoundState.OPEN)
        for seat in (await standups.seats_of_round(tx, one.id))[one.id]:
            if seat.state in {SeatState.DUE, SeatState.ASKED}:
                await standups.change_seat(tx, replace(seat, state=SeatState.SILENT))
    return closed


async def seat_of(db: Database, one: Round, person: Person | str = ALICE) -> Seat:
    person_id = person if isinstance(person, str) else person.id
    async with db.read(one.workspace_id) as tx:
        found = await standups.find_seat(tx, one.id, person_id)
    assert found
    return found


def texts(seat: Seat) -> Sequence[str]:
    """What was written into a seat, in the order of the questions' ids."""
    return [said.text for _name, said in sorted(seat.answers.items()) if said.text]
