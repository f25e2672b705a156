"""The message that asks somebody in private, and afterwards says what they said: one for all that is asked at the same time."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.rules.standups import Round, Seat, SeatState
from bot.rules.standups.seen import Asked
from bot.text import Text, mention, when
from bot.views import blocks as b
from bot.views.absences import AWAY_OPEN
from bot.views.blocks import Block
from bot.views.escalations.words import short
from bot.views.handovers.words import Message, fitting, within
from bot.views.standups import ids, said

SHOWN, SHOWN_SHORT = 8, 4
SHORT = 40
"""With so little room for people's words there are so many of them that fewer stand-ups fit."""
LATE = timedelta(minutes=10)
"""Asked so long after the planned time, it is worth a word."""
SECTION_ROOM = 2800


def message(asked: Sequence[Asked], t: Text, *, now: datetime) -> Message:
    """As it should look now."""
    if not asked:
        told = t("Nothing is asked of you here any more.")
        return told, [b.section(told)]
    return fitting(lambda limit: _message(asked, t, limit, now))


def _message(asked: Sequence[Asked], t: Text, limit: int, now: datetime) -> Message:
    lines: list[str] = []
    blocks: list[Block] = []
    shown = SHOWN if limit > SHORT else SHOWN_SHORT
    for one in asked[:shown]:
        told = [_head(one, t, now), *_told(one, t, limit)]
        lines += told
        blocks += [*([b.divider()] if blocks else []), *map(b.section, packed(told))]
        if notes := _notes(one, t, limit):
            lines += notes
            blocks.append(b.context(*notes))
        if buttons := list(_buttons(one, t, now)):
            blocks.append(b.actions(*buttons))
    if more := len(asked[shown:]):
        told_more = t.n(
            "and {count} more: `/standup` shows it",
            "and {count} more: `/standup` shows them",
            more,
        )
        lines.append(told_more)
        blocks.append(b.context(told_more))
    blocks += _for_today(asked, t)
    return within([line.replace("*", "") for line in lines]), blocks


def _head(one: Asked, t: Text, now: datetime) -> str:
    name = short(one.round.name, 60)
    return f"*{name}* · {_state(one.round, one.seat, t, now)}"


def _state(round_: Round, seat: Seat, t: Text, now: datetime) -> str:
    if seat.state in {SeatState.ASKED, SeatState.DUE}:
        return t("please answer by {when}", when=when(seat.until, t))
    if seat.state in {SeatState.SILENT, SeatState.NOT_ASKED}:
        if round_.takes_answers(now):
            return t("it has ended without your answer. You can still add it")
        return t("it has ended")
    if seat.state is SeatState.ANSWERED:
        return t("you changed your answer") if seat.edited_at else t("thank you, your answer is in")
    return {
        SeatState.SKIPPED: t("you have nothing to say this time"),
        SeatState.OUT: t("you are out today"),
        SeatState.AWAY: t("you are away, so nothing is asked of you"),
    }.get(seat.state) or t("you are not in the team any more, so nothing is asked of you")


def _told(one: Asked, t: Text, limit: int) -> Iterator[str]:
    """What is asked, or what was answered."""
    seat, questions = one.seat, one.round.questions
    if seat.state is SeatState.ANSWERED:
        for question in questions:
            if question.id in seat.answers:
                words = said.in_a_line(question, seat.answers[question.id], t, limit)
                yield f"*{short(question.words, limit)}*\n{words}"
        if not seat.answers:
            yield t("Nothing new")
    elif seat.state is SeatState.ASKED:
        if seat.asked_at and seat.asked_at > seat.ask_at + LATE:
            yield t("This comes later than planned: it was due {when}.", when=when(seat.ask_at, t))
        numbered = enumerate(questions, start=1)
        yield "\n".join(f"{number}. {short(one.words, limit)}" for number, one in numbered)


def packed(pieces: Sequence[str]) -> list[str]:
    """As few sections as hold them."""
    found: list[str] = []
    for one in pieces:
        if found and len(found[-1]) + 1 + len(one) <= SECTION_ROOM:
            found[-1] += f"\n{one}"
        else:
            found.append(one)
    return found


def _notes(one: Asked, t: Text, limit: int) -> list[str]:
    """From the shift before, while they are of use."""
    if one.seat.state is not SeatState.ASKED:
        return []
    notes = [note for note in one.notes if note.person_id != one.seat.person_id]
    told = [
        t("From the shift before, {who}: {words}", who=mention(note.person_id), words=words)
        for note in notes[:9]
        if (words := short(note.words, limit))
    ]
    if more := len(notes[9:]):
        told.append(t.n("and {count} more", "and {count} more", more))
    return told


def _buttons(one: Asked, t: Text, now: datetime) -> Iterator[Block]:
    state, round_id = one.seat.state, one.round.id
    if state is SeatState.LEFT or not one.round.takes_answers(now):
        return

    def named(label: str) -> dict[str, str]:
        """Several stand-ups of one message have the same buttons: for who hears them, each says whose it is."""
        return {"accessibility_label": b.shorten(f"{label}: {one.round.name}", 75)}

    label = label_of(state, t)
    more = {"style": "primary"} if state is SeatState.ASKED else {}
    yield answer_button(label, round_id, **named(label), **more)
    if state is SeatState.ASKED:
        same, skip = t("Nothing new"), t("Skip this one")
        yield b.button(same, f"{ids.NOTHING_NEW}:{round_id}", round_id, **named(same))
        yield b.button(skip, f"{ids.SKIP}:{round_id}", round_id, **named(skip))


def answer_button(label: str, round_id: str, **more: str) -> Block:
    """Opens the form of a round."""
    return b.button(label, f"{ids.ANSWER}:{round_id}", round_id, **more)


def label_of(state: SeatState, t: Text) -> str:
    """What the button is called that opens the form."""
    if state in {SeatState.ASKED, SeatState.DUE}:
        return t("Answer")
    if state is SeatState.ANSWERED:
        return t("Change")
    return t("Answer late") if state is SeatState.SILENT else t("Answer after all")


def _for_today(asked: Sequence[Asked], t: Text) -> Iterator[Block]:
    """For the whole day, once. To be out is not an absence: nobody's shifts change unless they say so."""
    states = {one.seat.state for one in asked}
    if SeatState.ASKED in states:
        yield b.actions(b.button(t("Out today"), ids.OUT))
    elif SeatState.OUT in states:
        yield b.actions(b.button(t("Note that I am away"), AWAY_OPEN))
