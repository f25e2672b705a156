"""Putting an answer into a seat: the one way in which it is kept, whoever brings it, and everything that follows from it."""

from collections.abc import Mapping
from datetime import datetime

from bot.rules.standups import Kind, Purpose, Round, Said, Seat, Via
from bot.rules.standups import answers as rules
from bot.rules.standups.questions import of_kind, with_purpose
from bot.services.standups import blocking, shift_notes, summarising
from bot.views.home import HOME
from bot.views.standups import ids
from storage import outbox, standups
from storage.database import Tx
from storage.outbox import Card, Priority


def ask_card(seat: Seat) -> Card:
    """The message that asked somebody, which others may share."""
    subject = ids.subject(seat.person_id, seat.message)
    return Card(ids.ASK, subject, seat.person_id, Priority.STANDUP)


async def keep(
    tx: Tx,
    round_: Round,
    seat: Seat,
    answers: Mapping[str, Said],
    via: Via,
    *,
    still: Mapping[str, bool] = rules.NO_STILL,
    now: datetime,
) -> Seat:
    """Write what somebody answered, once or again. The round and the seat are locked; answers to other questions are left out.

    `still` says of older blockers whether they stand; of those that are not in it nothing was said.
    """
    questions = round_.questions
    found = rules.cleaned(questions, answers)
    after = rules.answered(seat, found, via, now=now)
    await standups.change_seat(tx, after)
    if of_kind(questions, Kind.BLOCKER):
        words = rules.new_blockers(questions, found)
        await blocking.said(tx, round_, seat.person_id, words, still, now=now)
    if with_purpose(questions, Purpose.NEXT_SHIFT):
        words_for_next = rules.for_next_shift(questions, found)
        await shift_notes.said(tx, round_, seat.person_id, words_for_next, now=now)
    await redraw(tx, after, now=now)
    late = rules.is_late(round_, seat)
    await summarising.changed(tx, round_, after, is_late=late, now=now)
    return after


async def redraw(tx: Tx, *seats: Seat, now: datetime) -> None:
    """What one person sees of their own seats: the messages that asked them, and Home."""
    cards = {one.message: ask_card(one) for one in seats if one.message}
    homes = {
        one.person_id: Card(HOME, one.person_id, one.person_id, Priority.STANDUP) for one in seats
    }
    await outbox.say(tx, *cards.values(), *homes.values(), now=now)
