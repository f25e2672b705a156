"""A coaching note, whole, as one reader sees it: what it says, what was promised, what was added, and what they may do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.rules.coaching import (
    PARTS,
    Action,
    Commitment,
    CommitmentAction,
    Entry,
    EntryKind,
    Evidence,
    Note,
    Promiser,
    State,
    Verdict,
)
from bot.rules.coaching.promising import read_detail
from bot.rules.coaching.seen import Seen
from bot.rules.escalations import is_link
from bot.text import Text, _, link, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.coaching import ids, promises, words
from bot.views.coaching.words import VERDICTS
from bot.views.escalations import ids as case_ids
from bot.views.escalations.words import pieces, short

ENTRIES_A_PAGE = 8
LINES_A_SECTION = 5
LAST = -1
"""The newest of what was added is on the last page."""
WHAT = {
    EntryKind.SHARED: _("{who} shared the note"),
    EntryKind.ACKNOWLEDGED: _("{who} has read and acknowledged it"),
    EntryKind.COMMENTED: _("{who} commented"),
    EntryKind.DISPUTED: _("{who} disputed it; {other} was asked to decide"),
    EntryKind.DECIDER_CHANGED: _("{other} was asked to decide instead"),
    EntryKind.DECIDED: _("{who} decided: {verdict}"),
    EntryKind.AMENDED: _("{who} added to the note"),
    EntryKind.FOLLOWED_UP: _("{who} followed it up"),
    EntryKind.CLOSED: _("{who} closed the note"),
}
SETTLED = {
    CommitmentAction.BEGIN: _("{who} began with what was promised"),
    CommitmentAction.FINISH: _("{who} marked what was promised as done: {promise}"),
    CommitmentAction.REOPEN: _("{who} says that this is not done yet: {promise}"),
    CommitmentAction.DROP: _("{who} let go what was promised: {promise}"),
    CommitmentAction.CARRY: _("{who} took this along to a later note: {promise}"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the modal of a note carries, and the forms on top of it: ids, and nothing of what the note says.

    `page` is of what was added; `over` is the kind of modal that lies below the note, if it was opened from one.
    """

    note_id: str
    page: int = LAST
    over: str = ""

    def packed(self) -> str:
        return f"{self.note_id}:{self.page}:{self.over}"


def unpack(carried: str) -> Shown:
    note_id, page, over = carried.split(":")
    return Shown(note_id, int(page), over)


def note(seen: Seen, t: Text, shown: Shown) -> Block:
    """A modal; of what was added it has one page."""
    one = seen.note
    pages = max(1, -(-len(seen.entries) // ENTRIES_A_PAGE))
    page = pages - 1 if shown.page == LAST else min(max(shown.page, 0), pages - 1)
    shown = replace(shown, page=page)
    return b.modal(
        ids.NOTE,
        t("Coaching note"),
        [
            *_withdrawn(one, t),
            *content(one, t),
            *_cases(seen.cases, t),
            *_promises(seen, t),
            b.context(words.readers(one, seen.managers, t)),
            *_hints(seen, t),
            *_buttons(seen, t),
            *_added(seen, shown, pages, t),
        ],
        close=t("Close"),
        private_metadata=shown.packed(),
    )


def content(one: Note, t: Text) -> list[Block]:
    """What a note says, a draft as well: its kind, its parts, its evidence."""
    return [
        b.header(words.head(one, t)),
        b.context(*_dates(one, t)),
        *(
            block
            for part in PARTS[one.kind]
            for block in whole(t(words.PARTS[part]), one.body.parts.get(part, ""))
        ),
        *_evidence(one.body.evidence, t),
    ]


def whole(label: str, text: str) -> Iterator[Block]:
    """What somebody wrote, under its heading, in as many sections as it needs."""
    for number, piece in enumerate(pieces(text)):
        yield b.section(f"*{label}*\n{piece}" if number == 0 else piece)


def _dates(one: Note, t: Text) -> Iterator[str]:
    yield t("From {author} to {agent}", author=mention(one.author_id), agent=mention(one.agent_id))
    if one.state is not State.SHARED:  # the next words say that
        yield words.state(one, t)
    if one.shared_at:
        yield t("Shared {when}", when=when(one.shared_at, t))
    else:
        yield t("Written {when}", when=when(one.edited_at or one.written_at, t))
    if one.follow_up_on and not one.followed_up_at:
        yield t("To be followed up on {day}", day=t.day(one.follow_up_on))


def _evidence(found: Sequence[Evidence], t: Text) -> Iterator[Block]:
    """A few in each section, so that no link is cut."""
    for start in range(0, len(found), LINES_A_SECTION):
        lines = "\n".join(f"• {_one(each, t)}" for each in found[start : start + LINES_A_SECTION])
        label = t("What it is about")
        yield b.section(lines if start else f"*{label}*\n{lines}")


def _cases(numbers: Sequence[int], t: Text) -> Iterator[Block]:
    """To the cases themselves, for who may open them."""
    if numbers:
        yield b.actions(
            *(
                b.button(t("Open #{number}", number=one), f"{case_ids.OPEN}:{one}", str(one))
                for one in numbers
            )
        )


def _one(evidence: Evidence, t: Text) -> str:
    if evidence.case is not None:
        label = t("Case #{number}", number=evidence.case)
        return f"{label} {short(evidence.label, 200)}".rstrip()
    if is_link(evidence.url):
        return link(evidence.url, b.shorten(evidence.label or evidence.url, 100))
    return short(evidence.label or evidence.url, 300)


def _promises(seen: Seen, t: Text) -> Iterator[Block]:
    if seen.commitments:
        label = t("What was promised")
        yield b.section(f"*{label}*")
    for one in seen.commitments:
        yield from promised(one, seen, t)


def promised(one: Commitment, seen: Seen, t: Text) -> Iterator[Block]:
    """A commitment, with the buttons by which the reader settles it."""
    yield b.section(promise(one, t))
    if one.id in seen.settleable and (elements := promises.buttons(one, t)):
        yield b.actions(*elements)


def promise(one: Commitment, t: Text) -> str:
    """Who promised what by when, and what became of it, in one line."""
    who = mention(one.agent_id if one.promiser is Promiser.AGENT else one.author_id)
    return t(
        "{who}: {words} · by {day} · {state}",
        who=who,
        words=short(one.words, 500),
        day=t.day(one.due_on),
        state=t(words.COMMITMENT_STATES[one.state]),
    )


def _withdrawn(one: Note, t: Text) -> Iterator[Block]:
    """It stays readable, so that nothing is done in secret; but nobody shall take it for what it no longer is."""
    if one.verdict is Verdict.WITHDRAWN:
        told = t(
            "*This note is withdrawn:* {who} decided so. It does not count any more.",
            who=mention(one.decider_id or ""),
        )
        yield b.section(told)


def _hints(seen: Seen, t: Text) -> Iterator[Block]:
    """What the reader should know before they press a button."""
    if Action.ACKNOWLEDGE in seen.possible:
        yield b.context(t("That you have read a note does not mean that you agree with it."))
    if Action.DISPUTE in seen.possible:
        yield b.context(words.dispute_until(seen.note, t))
    if seen.is_to_amend:
        yield b.section(t("The decision asks you to add to this note what was missing."))


def _buttons(seen: Seen, t: Text) -> Iterator[Block]:
    """Exactly what this reader may do now, what is asked of them first."""
    one = seen.note
    amends = Action.ADD if seen.is_authors else None
    primary = {"style": "primary"}
    also = b.button(t("I have read it, and say something"), ids.ACKNOWLEDGE_WITH, one.id)
    to_draft = f"{ids.DRAFT}:{one.id}"  # a draft is shared, edited and discarded where it is looked at as one
    amend = primary if seen.is_to_amend else {}
    buttons = [
        (Action.ACKNOWLEDGE, b.button(t("I have read it"), ids.ACKNOWLEDGE, one.id, **primary)),
        (Action.ACKNOWLEDGE, also),
        (Action.EDIT, b.button(t("Open the draft"), to_draft, one.id)),
        (Action.DECIDE, b.button(t("Decide"), ids.DECIDE, one.id, **primary)),
        (amends, b.button(t("Add to the note"), ids.AMEND, one.id, **amend)),
        (Action.ADD, b.button(t("Comment"), ids.COMMENT, one.id)),
        (Action.DISPUTE, b.button(t("I see it differently"), ids.DISPUTE, one.id)),
        (Action.CLOSE, b.button(t("Close the note"), ids.CLOSE, one.id)),
    ]
    if shown := [button for action, button in buttons if action in seen.possible]:
        yield b.actions(*shown)


def _added(seen: Seen, shown: Shown, pages: int, t: Text) -> Iterator[Block]:
    if not seen.entries:
        return
    yield b.divider()
    yield b.header(t("Since it was shared"))
    page = shown.page
    for entry in seen.entries[page * ENTRIES_A_PAGE : (page + 1) * ENTRIES_A_PAGE]:
        yield from _entry(entry, seen, t)
    turns = []
    if page:
        turns.append(_turn(t("Earlier"), replace(shown, page=page - 1)))
    if page + 1 < pages:
        turns.append(_turn(t("Later"), replace(shown, page=page + 1)))
    if turns:
        yield b.context(t("Page {page} of {pages}", page=page + 1, pages=pages))
        yield b.actions(*turns)


def _entry(entry: Entry, seen: Seen, t: Text) -> Iterator[Block]:
    told = t("{when} · {what}", when=when(entry.at, t), what=_what(entry, seen, t))
    yield b.context(told)
    yield from map(b.section, pieces(entry.words))


def _what(entry: Entry, seen: Seen, t: Text) -> str:
    """What happened, in one sentence without its full stop."""
    who = mention(entry.by)
    if entry.kind is EntryKind.LEFT:
        return _left(entry, seen.note, t)
    if entry.kind is EntryKind.COMMITMENT_SETTLED:
        action, commitment_id = read_detail(entry.detail)
        told = [short(one.words, 100) for one in seen.commitments if one.id == commitment_id]
        return t(SETTLED[action], who=who, promise="".join(told))
    verdict = t(VERDICTS[Verdict(entry.detail)]) if entry.kind is EntryKind.DECIDED else ""
    return t(WHAT[entry.kind], who=who, other=mention(entry.detail), verdict=verdict)


def _left(entry: Entry, one: Note, t: Text) -> str:
    """`by` is whom it is about if they have gone; otherwise its author has."""
    agent = mention(one.agent_id)
    if entry.by == one.agent_id:
        return t("{who} is not here any more", who=agent)
    who = mention(one.author_id)
    return t("{who} does not coach {agent} any more", who=who, agent=agent)


def _turn(label: str, to: Shown) -> Block:
    return b.button(label, f"{ids.TURN}:{to.page}", to.packed())
