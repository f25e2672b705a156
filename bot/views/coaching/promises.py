"""Commitments as people see them: the buttons beside one, and the neutral words in which they are reminded."""

from collections.abc import Mapping
from datetime import date

from bot.rules.coaching import Commitment, CommitmentAction, CommitmentState, Note
from bot.rules.coaching.promising import Reminder
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.coaching import ids
from bot.views.coaching.told import Words, read_button
from bot.views.handovers.words import Message


def buttons(commitment: Commitment, t: Text) -> list[Block]:
    """What its reader may do with it, as elements of an actions block; the caller has asked whether they may."""
    if commitment.is_open:
        return [
            _button(t("Done"), CommitmentAction.FINISH, commitment),
            _button(t("Let it go"), CommitmentAction.DROP, commitment, confirm=_let_go(t)),
        ]
    if commitment.state is CommitmentState.DONE:
        return [_button(t("Not done after all"), CommitmentAction.REOPEN, commitment)]
    return []


def read_value(value: str) -> tuple[CommitmentAction, str]:
    """What such a button carries: what is to be done, and to which commitment."""
    action, _colon, commitment_id = value.partition(":")
    return CommitmentAction(action), commitment_id


def line(commitment: Commitment, today: date, t: Text) -> str:
    """An open one: its words and its day. Only for modals."""
    day = t.day(commitment.due_on)
    if commitment.is_overdue(today):
        told = t("was due on {day}", day=day)
    else:
        told = t("due on {day}", day=day)
    return f"{escape(commitment.words)}\n_{told}_"


def finished(_note: Note, by: str, t: Text) -> str:
    """For the other of the two, as the next ones."""
    return t("{who} has marked a commitment of your coaching as done.", who=mention(by))


def reopened(_note: Note, by: str, t: Text) -> str:
    return t("{who} says that a commitment of your coaching is not done yet.", who=mention(by))


def let_go(_note: Note, by: str, t: Text) -> str:
    return t("{who} has let a commitment of your coaching go.", who=mention(by))


SETTLED: Mapping[CommitmentAction, Words] = {
    CommitmentAction.FINISH: finished,
    CommitmentAction.REOPEN: reopened,
    CommitmentAction.DROP: let_go,
}
"""Never with the words of the commitment: a notification may be read over somebody's shoulder."""


def reminder(
    kind: Reminder, commitment: Commitment, today: date, t: Text, *, is_late: bool
) -> Message:
    """For whoever promised; what it is stands in the note."""
    if kind is Reminder.AFTER:
        told = t(
            "A commitment of your coaching was due on {day}. If it is done, mark it in the note; "
            "if not, talk about what would help.",
            day=t.day(commitment.due_on),
        )
    elif commitment.due_on == today:
        told = t("A commitment of your coaching is due today.")
    else:
        told = t("A commitment of your coaching is due on {day}.", day=t.day(commitment.due_on))
    return _message(_late(told, t, is_late=is_late), commitment.note_id, t)


def follow_up(note: Note, t: Text, *, is_late: bool) -> Message:
    """For the author, on the day that they chose."""
    told = t(
        "You wanted to come back to your coaching with {who} on {day}.",
        who=mention(note.agent_id),
        day=t.day(note.follow_up_on) if note.follow_up_on else "",
    )
    told = _late(told, t, is_late=is_late)
    return told, [
        b.section(told),
        b.actions(*follow_up_buttons(note.id, t), read_button(note.id, t)),
    ]


def follow_up_buttons(note_id: str, t: Text) -> list[Block]:
    return [
        b.button(t("Write the note"), f"{ids.FOLLOW_UP_WRITE}:{note_id}", note_id),
        b.button(t("Done"), f"{ids.FOLLOW_UP_DONE}:{note_id}", note_id),
        b.button(t("Move"), f"{ids.FOLLOW_UP_MOVE}:{note_id}", note_id),
    ]


def move_form(note_id: str, day: date, t: Text, over: str = "") -> Block:
    """When to come back to it instead. `over` is the kind of modal that it lies on, if any."""
    picker: Block = {"type": "datepicker", "initial_date": day.isoformat()}
    return b.modal(
        ids.FOLLOW_UP_FORM,
        t("Follow up later"),
        [b.field("day", t("When do you want to come back to it?"), picker)],
        submit=t("Move"),
        close=t("Cancel"),
        private_metadata=f"{note_id}:{over}",
    )


def moved_from(metadata: str) -> tuple[str, str]:
    """What that form carries: the note, and the kind of modal below."""
    note_id, _colon, over = metadata.partition(":")
    return note_id, over


def _message(told: str, note_id: str, t: Text) -> Message:
    return told, [b.section(told), b.actions(read_button(note_id, t))]


def _late(words: str, t: Text, *, is_late: bool) -> str:
    if not is_late:
        return words
    late = t("I was not running at the time, so this comes late.")
    return f"{words} {late}"


def _button(label: str, action: CommitmentAction, commitment: Commitment, **more: Block) -> Block:
    value = f"{action}:{commitment.id}"
    return b.button(label, f"{ids.SETTLE}:{value}", value, **more)


def _let_go(t: Text) -> Block:
    return b.confirm(
        t("Let it go?"),
        t("It stays in the note as let go, and nobody is reminded of it any more."),
        t("Let it go"),
        t("Cancel"),
    )
