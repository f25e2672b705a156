"""What people are told about coaching notes in private: neutral sentences, with no word of what a note says."""

from collections.abc import Callable

from bot.rules.coaching import Note
from bot.text import Text, mention
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.coaching import ids
from bot.views.handovers.words import Message

Words = Callable[[Note, str, Text], str]
"""The note, the id of whoever did it, and the reader's language."""


def message(words: str, note: Note, t: Text, label: str = "") -> Message:
    """The sentence, and a button that opens the note."""
    return words, [b.section(words), b.actions(read_button(note.id, t, label))]


def read_button(note_id: str, t: Text, label: str = "") -> Block:
    """Whoever draws a list of notes puts this beside each."""
    return b.button(label or t("Read the note"), f"{ids.OPEN}:{note_id}", note_id)


def shared(_note: Note, by: str, t: Text) -> str:
    """For the agent."""
    return t("{by} has shared a coaching note with you.", by=mention(by))


def acknowledged(_note: Note, by: str, t: Text) -> str:
    """For the author."""
    return t("{by} has read your coaching note.", by=mention(by))


def acknowledged_with(_note: Note, by: str, t: Text) -> str:
    """For the author."""
    return t("{by} has read your coaching note, and says something to it.", by=mention(by))


def commented(_note: Note, by: str, t: Text) -> str:
    """For the other side."""
    return t("{by} has commented on a coaching note.", by=mention(by))


def amended(_note: Note, by: str, t: Text) -> str:
    """For the agent, and for whoever decided."""
    return t("{by} has added something to a coaching note.", by=mention(by))


def disputed(note: Note, by: str, t: Text) -> str:
    """For the author."""
    return t(
        "{by} sees a coaching note of yours differently. {decider} decides about it.",
        by=mention(by),
        decider=mention(note.decider_id or ""),
    )


def to_decide(note: Note, _by: str, t: Text) -> str:
    """For whoever decides."""
    return t(
        "{agent} sees a coaching note by {author} differently, and you are asked to decide about it. "
        "Please read both sides first.",
        agent=mention(note.agent_id),
        author=mention(note.author_id),
    )


def still_to_decide(note: Note, _by: str, t: Text) -> str:
    """For whoever decides, once."""
    return t(
        "{agent} still waits for your decision about a coaching note by {author}. In a few days somebody else is asked.",
        agent=mention(note.agent_id),
        author=mention(note.author_id),
    )


def decided(_note: Note, by: str, t: Text) -> str:
    """For the agent and the author."""
    return t("{by} has decided about a coaching note that was disputed.", by=mention(by))


def decided_to_amend(_note: Note, by: str, t: Text) -> str:
    """For the author."""
    return t(
        "{by} has decided about a coaching note of yours that was disputed, and asks you to add to it.",
        by=mention(by),
    )


def decider_changed(note: Note, _by: str, t: Text) -> str:
    """For the agent and the author."""
    return t(
        "Somebody else is asked to decide about a disputed coaching note: {decider}, who can read it now.",
        decider=mention(note.decider_id or ""),
    )


def not_to_decide(note: Note, _by: str, t: Text) -> str:
    """For whoever was asked before. There is nothing left for them to open."""
    return t(
        "You need not decide any more about the coaching note that {agent} sees differently: somebody else is asked.",
        agent=mention(note.agent_id),
    )


def nobody_left(note: Note, _by: str, t: Text) -> str:
    """For the agent, once."""
    if note.decider_id:
        return t(
            "Nobody has decided yet about the coaching note that you see differently, and nobody else can be asked. "
            "Please talk to {decider}; they can still decide.",
            decider=mention(note.decider_id),
        )
    return t(
        "Nobody is there any more to decide about the coaching note that you see differently. "
        "Please talk to whoever leads your team, or to an admin of Baton."
    )


def closed(_note: Note, by: str, t: Text) -> str:
    """For the agent."""
    return t("{by} has closed a coaching note with you.", by=mention(by))
