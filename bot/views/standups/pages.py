"""Everything that was said in a round, whole and in pages, for who may read it; and the form of the lead's note."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from bot.rules.standups import Round
from bot.rules.standups.summaries import FOCUS_LIMIT, Summary
from bot.text import Text, escape, mention
from bot.views import blocks as b
from bot.views.blocks import Block, text_length
from bot.views.standups import blockers, ids, notes, summary, voices

BLOCKS = 80
CHARACTERS = 40_000
PEOPLE = 150
"""Names in one section."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What the form of the note carries along: its round, the note as it was, and the summary below that is to be drawn anew."""

    round_id: str
    was: str = ""
    view_id: str = ""
    pages: str = ""

    def packed(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


def unpack(metadata: str) -> Carried:
    """The reverse of `Carried.packed`."""
    return Carried(**json.loads(metadata))


def pages(seen: Sequence[tuple[Summary, str, bool]], of: str, t: Text, *, page: int = 0) -> Block:
    """One page. `seen` are rounds with their team's name and whether the reader leads it; `of` is the round, or empty for the newest."""
    found = _split([block for one in seen for block in _whole(*one, t)])
    page = min(page, len(found) - 1)
    return b.modal(
        ids.SHOW_ALL,
        t("Stand-up"),
        [*found[page], *_turns(of, page, len(found), t)],
        close=t("Close"),
        private_metadata=f"{of}:{page}",
    )


def page_of(packed: str) -> tuple[str, int]:
    """What a button or the modal itself carries: the round, or empty, and the page."""
    of, _colon, page = packed.partition(":")
    return of, int(page or 0)


def focus_form(round_: Round, packed: str, t: Text) -> Block:
    """For who leads the team: what stands on top of the summary."""
    focus = b.field(
        "focus",
        t("What matters today?"),
        b.text_input(multiline=True, initial=round_.focus, max_length=FOCUS_LIMIT),
        hint=t(
            "It stands on top of the summary, for the whole team. Leave it empty to take it away."
        ),
        optional=True,
    )
    return b.modal(
        ids.FOCUS_FORM,
        t("Focus note"),
        [b.context(f"{escape(round_.name)} · {t.day(round_.day)}"), focus],
        submit=t("Save"),
        close=t("Back"),
        private_metadata=packed,
    )


def focus_button(round_: Round, t: Text) -> Block:
    return b.button(t("Focus note"), f"{ids.FOCUS}:{round_.id}", round_.id)


def _whole(found: Summary, team: str, may_lead: bool, t: Text) -> Iterator[Block]:
    """One round in the order of its summary, without anything shortened."""
    header, *rest = summary.top(found, t)
    yield header
    yield b.context(escape(team))
    yield from rest
    if may_lead:
        yield b.actions(focus_button(found.round, t))
    if found.blockers:
        yield _title(t("Blockers"))
        for one in found.blockers:
            yield b.section(blockers.line(one, t, at=found.until, zone=found.zone))
        yield b.actions(blockers.all_blockers(t))
    for voice in found.voices:
        yield b.divider()
        yield from map(b.section, voices.whole(voice, t))
    if not found.voices:
        yield b.section(t("Nobody has answered yet."))
    yield b.divider()
    yield from _people(found, t)
    for title, left in (
        (t("From the shift before"), found.left_for_it),
        (t("For the next shift"), found.left_by_it),
    ):
        if left:
            yield _title(title)
            for note in left:
                yield from map(b.section, notes.whole(note, t))
    if any(not one.confirmed_at for one in found.left_for_it):
        yield b.actions(notes.confirm_button(found.round, t))


def _people(found: Summary, t: Text) -> Iterator[Block]:
    """All of them, however many."""
    for label, some in summary.people(found, t):
        for begin in range(0, len(some), PEOPLE):
            named = ", ".join(mention(one) for one in some[begin : begin + PEOPLE])
            yield b.section(f"*{label}*\n{named}" if begin == 0 else named)
    if told := summary.counted(found, t):
        yield b.section(told)


def _title(told: str) -> Block:
    return b.section(f"*{told}*")


def _split(blocks: Sequence[Block]) -> list[list[Block]]:
    """Into pages that a modal can hold, as full as possible."""
    found: list[list[Block]] = [[]]
    size = 0
    for block in blocks:
        grown = size + text_length(block)
        if found[-1] and (len(found[-1]) >= BLOCKS or grown > CHARACTERS):
            found.append([])
            grown = text_length(block)
        found[-1].append(block)
        size = grown
    return found


def _turns(of: str, page: int, count: int, t: Text) -> Iterator[Block]:
    if count == 1:
        return
    buttons = []
    if page:
        buttons.append(_turn(t("Back"), of, page - 1))
    if page + 1 < count:
        buttons.append(_turn(t("Go on"), of, page + 1))
    yield b.context(t("Page {page} of {pages}", page=page + 1, pages=count))
    yield b.actions(*buttons)


def _turn(label: str, of: str, page: int) -> Block:
    given = f"{of}:{page}"
    return b.button(label, f"{ids.SUMMARY_PAGE}:{page}", given)
