"""Notes to the next shift: a line each, and the message that brings them to whoever leads it."""

from collections.abc import Iterator, Sequence

from bot.rules.standups import Round, ShiftNote
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations.words import bounded, pieces
from bot.views.handovers.words import Message, fitting, within
from bot.views.standups import ids

SHOWN = 20


def line(note: ShiftNote, t: Text, limit: int) -> str:
    """Who wrote what, and whether somebody of the next shift has confirmed it."""
    told = t("{who}: {words}", who=mention(note.person_id), words=bounded(note.words, limit))
    return f"{told}\n_{state(note, t)}_"


def whole(note: ShiftNote, t: Text) -> Iterator[str]:
    """All of it, in parts that a section can hold."""
    yield f"{mention(note.person_id)} · _{state(note, t)}_"
    yield from pieces(note.words)


def state(note: ShiftNote, t: Text) -> str:
    if note.confirmed_by:
        return t("confirmed by {who}", who=mention(note.confirmed_by))
    return t("not confirmed yet")


def card(round_: Round, notes: Sequence[ShiftNote], t: Text) -> Message:
    """For one lead: what others left for this shift, with *Confirm* until somebody has."""
    return fitting(lambda limit: _card(round_, notes, t, limit))


def confirm_button(round_: Round, t: Text) -> Block:
    return b.button(t("Confirm the notes"), ids.CONFIRM_NOTES, round_.id)


def _card(round_: Round, notes: Sequence[ShiftNote], t: Text, limit: int) -> Message:
    if not notes:
        told = t("The notes that were here have gone to a later shift, or were taken back.")
        return told, [b.section(told)]
    first = t.n(
        "The shift before left a note for yours ({name}):",
        "The shift before left {count} notes for yours ({name}):",
        len(notes),
        name=escape(round_.name),
    )
    lines = [f"{line(one, t, limit)} · {when(one.said_at, t)}" for one in notes[:SHOWN]]
    if more := len(notes[SHOWN:]):
        lines.append(t.n("and {count} more", "and {count} more", more))
    blocks = [b.section(first), *map(b.section, lines)]
    buttons = [b.button(t("Show all"), ids.SHOW_ALL, round_.id)]
    if any(not one.confirmed_at for one in notes):
        confirm = b.button(t("Confirm"), ids.CONFIRM_NOTES, round_.id, style="primary")
        buttons.insert(0, confirm)
        lines.append(t("*Confirm* says to the others that you have read it."))
        blocks.append(b.context(lines[-1]))
    return within([first, *lines]), [*blocks, b.actions(*buttons)]
