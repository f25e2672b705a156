"""A draft of a coaching note as it will be read, with what its author may do next; and the list of somebody's drafts."""

from collections.abc import Iterator, Sequence

from bot.rules.coaching import Note, Visibility
from bot.rules.coaching.forms import DraftSeen
from bot.rules.coaching.sharing import IS_PRIVATE, missing
from bot.text import Text, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.coaching import ids, words
from bot.views.coaching.note import content, promise

DRAFTS_SHOWN = 40


def draft(seen: DraftSeen, t: Text, below: str = "") -> Block:
    """The modal. Each button carries the version that was looked at; `below` is the list on which it lies, if any."""
    note = seen.note
    return b.modal(
        ids.DRAFT_VIEW,
        t("Draft"),
        [
            *content(note, t),
            *_planned(seen, t),
            b.divider(),
            b.context(words.readers(note, (), t)),
            *_still_needed(note, t),
            b.actions(*_buttons(note, t)),
        ],
        close=t("Close"),
        private_metadata=below,
    )


def read_below(metadata: str) -> tuple[str, str]:
    """Which list lies below a draft, and what that carries."""
    kind, _bar, carried = metadata.partition("|")
    return kind, carried


def drafts(found: Sequence[Note], t: Text) -> Block:
    """Somebody's own, private notes among them."""
    shown = found[:DRAFTS_SHOWN]
    blocks = [b.section(_line(one, t), accessory=_open(one, t)) for one in shown]
    if not blocks:
        blocks = [b.section(t("You have no drafts. `/coach @anna` begins a note about Anna."))]
    return b.modal(ids.DRAFTS, t("Your drafts"), blocks, close=t("Close"))


def shared(note: Note, t: Text) -> Block:
    """What becomes of the modal once the note is shared."""
    told = t(
        "Shared with {agent}, who gets a message and can acknowledge it, comment on it or dispute it. "
        "From now on nothing in it changes; you can add to it.",
        agent=mention(note.agent_id),
    )
    opener = b.button(t("Open the note"), ids.OPEN, note.id)
    return b.modal(
        ids.WRITTEN, t("Coaching note"), [b.section(told), b.actions(opener)], close=t("Close")
    )


def discarded(t: Text) -> Block:
    told = t("The draft is gone. Nobody else has seen it.")
    return b.modal(ids.WRITTEN, t("Coaching note"), [b.section(told)], close=t("Close"))


def value_of(note: Note) -> str:
    """A draft as its buttons carry it: which, and the version that was looked at."""
    return f"{note.id}:{note.version}"


def read_value(value: str) -> tuple[str, int]:
    """The reverse."""
    note_id, _colon, version = value.rpartition(":")
    return note_id, int(version)


def _planned(seen: DraftSeen, t: Text) -> Iterator[Block]:
    if seen.commitments:
        yield b.section(f"*{t('What was promised')}*")
    for one in seen.commitments:
        yield b.section(promise(one, t))


def _still_needed(note: Note, t: Text) -> Iterator[Block]:
    if note.visibility is Visibility.PRIVATE:
        yield b.context(t(IS_PRIVATE))
    elif still := missing(note):
        parts = ", ".join(t(words.PARTS[one]) for one in still)
        yield b.context(t("Before you can share it, please write: {parts}.", parts=parts))


def _buttons(note: Note, t: Text) -> Iterator[Block]:
    if note.visibility is not Visibility.PRIVATE and not missing(note):
        yield b.button(
            t("Share"), ids.SHARE, value_of(note), style="primary", confirm=_sure(note, t)
        )
    yield b.button(t("Edit"), ids.EDIT, note.id)
    gone = b.confirm(
        t("Discard this draft?"),
        t("It is deleted, and nobody can bring it back."),
        t("Discard"),
        t("Keep it"),
    )
    yield b.button(t("Discard"), ids.DISCARD, value_of(note), style="danger", confirm=gone)


def _sure(note: Note, t: Text) -> Block:
    agent = mention(note.agent_id)
    if note.visibility is Visibility.CHAIN:
        told = t(
            "{agent} will read it, and so will whoever manages the team or a department above it. "
            "You cannot change it afterwards.",
            agent=agent,
        )
    else:
        told = t("{agent} will read it. You cannot change it afterwards.", agent=agent)
    return b.confirm(t("Share this note?"), told, t("Share"), t("Not yet"))


def _line(note: Note, t: Text) -> str:
    line = t("{agent} · {head}", agent=mention(note.agent_id), head=words.head(note, t))
    state = words.state(note, t)
    return f"{line}\n{state} · {when(note.edited_at or note.written_at, t)}"


def _open(note: Note, t: Text) -> Block:
    return b.button(t("Open"), f"{ids.DRAFT}:{note.id}", note.id)
