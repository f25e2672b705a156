"""A plain message to Baton as the answer to a stand-up: one line per question, or free text into the last."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.escalations import from_message
from bot.rules.standups import Question, Round, Said, Seat, SeatState, Via, replies
from bot.rules.standups import answers as rules
from bot.rules.standups.seen import Replied
from bot.rules.wall_clock import day_of
from bot.services.standups.answering import ASKED_WITHIN
from bot.services.standups.keeping import ask_card, keep
from bot.services.transaction import heard_once
from bot.text import Text
from bot.views.handovers.words import Message
from bot.views.standups import ids, told
from storage import outbox, people, standups
from storage.database import Database, Tx
from storage.outbox import Note
from storage.outbox.keeping import find_card

MENTION = re.compile(r"<@(\w+)(?:\|[^>]*)?>")
Found = tuple[Round, Seat]


async def reply(
    db: Database, person: Person, text: str, thread_ts: str = "", *, key: str, now: datetime
) -> None:
    """Somebody wrote to Baton, perhaps below the message that asked them. What became of it is said to them."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        text = await _readable(tx, text)
        if not text:
            return
        asked = await _asked(tx, person, thread_ts, now=now)
        found = replies.chosen(asked, text, is_below=bool(thread_ts), now=now)
        locked = await _locked(tx, person, found, now=now) if found else None
        if locked:
            replied = await _take(tx, locked, text, now=now)
            if not thread_ts:
                replied = replace(replied, next_name=_next(asked, locked[0], now))
            message = told.kept(replied, _text_of(person))
            await _say(tx, person, f"reply:{key}", message, locked[1] if thread_ts else None, now)
        else:
            await _say_that_nothing_is_asked(tx, person, asked, now=now)


async def _take(tx: Tx, found: Found, text: str, *, now: datetime) -> Replied:
    """Keep what can be read, and leave the rest of what was said as it was."""
    round_, seat = found
    questions = round_.questions
    reading = replies.read(questions, text, seat.answers)
    given = rules.cleaned(questions, reading.answers)
    wrong = _wrong(questions, given)
    faulty = {one.id for one, _fault in wrong}
    good = {name: said for name, said in given.items() if name not in faulty}
    answers: dict[str, Said] = {**seat.answers, **good}
    if good:
        await keep(tx, round_, seat, answers, Via.MESSAGE, now=now)
    known = faulty | {one.question.id for one in reading.unread if one.question}
    return Replied(
        round_.name,
        questions,
        [one for one in questions if one.id in good],
        wrong,
        reading.unread,
        [one for one in rules.missing(questions, answers) if one.id not in known],
    )


def _next(asked: Sequence[Found], answered: Round, now: datetime) -> str:
    """Which stand-up asks them beside the one that they have just answered."""
    others = [
        (round_, seat)
        for round_, seat in asked
        if round_.id != answered.id and seat.state is SeatState.ASKED
    ]
    found = replies.chosen(others, "", is_below=False, now=now)
    return found[0].name if found else ""


def _wrong(
    questions: Sequence[Question], given: Mapping[str, Said]
) -> list[tuple[Question, Refused]]:
    found = ((one, rules.fault_of(one, given[one.id])) for one in questions if one.id in given)
    return [(one, fault) for one, fault in found if fault]


async def _readable(tx: Tx, text: str) -> str:
    """The message in the words that its author saw: with the names of whom they mention."""
    mentioned = MENTION.findall(text)
    known = await people.profiles(tx, mentioned) if mentioned else {}
    names = {one: profile.called for one, profile in known.items()}
    return from_message(MENTION.sub(lambda one: f"@{names.get(one[1], one[1])}", text))


async def _asked(tx: Tx, person: Person, thread_ts: str, *, now: datetime) -> list[Found]:
    """What they may mean: below a message that asked them, what that asks; elsewhere whatever asked them of late."""
    if not thread_ts:
        found = await standups.seats_of_person(tx, person.id, since=now - ASKED_WITHIN)
    else:
        subject = await find_card(tx, ids.ASK, person.id, thread_ts)
        message = subject.partition(":")[2] if subject else ""
        found = await standups.seats_of_message(tx, message) if message else []
    return [
        (round_, seat)
        for round_, seat in found
        if seat.person_id == person.id and may(person, Permission.STANDUP_ANSWER, round_)
    ]


async def _locked(tx: Tx, person: Person, found: Found, *, now: datetime) -> Found | None:
    """The same as it is now, unless it is too late."""
    round_ = await standups.lock_round(tx, found[0].id)
    seat = await standups.lock_seat(tx, found[0].id, person.id)
    if round_ is None or seat is None or not round_.takes_answers(now):
        return None
    return None if seat.state is SeatState.LEFT else (round_, seat)


async def _say_that_nothing_is_asked(
    tx: Tx, person: Person, asked: Sequence[Found], *, now: datetime
) -> None:
    """Once a day is enough: who writes to Baton may only want to say thank you."""
    t = _text_of(person)
    answered = [
        (round_, seat)
        for round_, seat in asked
        if seat.state is SeatState.ANSWERED and round_.takes_answers(now)
    ]
    if answered:
        round_, _seat = max(answered, key=lambda one: one[1].ask_at)
        name = f"answered_before:{round_.id}:{person.id}"
        await _say(tx, person, name, told.answered_before(round_.name, t), None, now)
        return
    name = f"nothing_asked:{person.id}:{day_of(now, person.zone)}"
    await _say(tx, person, name, told.nothing_asked(t), None, now)


async def _say(
    tx: Tx, person: Person, name: str, message: Message, below: Seat | None, now: datetime
) -> None:
    text, blocks = message
    thread_of = ask_card(below) if below and below.message else None
    note = Note(f"standup:{name}", person.id, text, blocks, thread_of=thread_of)
    await outbox.say(tx, note, now=now)


def _text_of(person: Person) -> Text:
    return Text(person.locale, person.zone)
