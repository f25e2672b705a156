"""The views of a note: exactly the right buttons, within Slack's limits with the worst words, and safe against them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.rules.coaching import (
    PARTS,
    Action,
    Body,
    Commitment,
    CommitmentAction,
    CommitmentState,
    Entry,
    EntryKind,
    Evidence,
    Kind,
    Note,
    Promiser,
    State,
    Verdict,
    Visibility,
)
from bot.rules.coaching.promising import detail
from bot.rules.coaching.seen import Decider, Seen
from bot.text import Text, languages
from bot.views.blocks import Block
from bot.views.coaching import answer, ids, told
from bot.views.coaching import note as views
from bot.views.coaching.note import Shown
from sandbox.block_kit import check
from tests.cast import ALICE, BEN, BOB, MARA, NOON, WORKSPACE
from tests.notes import BODY, note
from tests.views.drawn import mrkdwn_of

T = Text("en-US", "Europe/Berlin")
NASTY = ["<!channel> & <@U1>", "&&&&", "é“…", "\n\n>", "*_~`|"]
ALL = frozenset(Action)
AT = Shown("n", 2, "over")
EVERYTHING_BUT = {EntryKind.DECIDED, EntryKind.COMMITMENT_SETTLED}


def entry(kind: EntryKind, words: str = "", detail: str = "", by: str = ALICE.id) -> Entry:
    return Entry(WORKSPACE, kind, "n", kind, by, NOON, words=words, detail=detail)


def promised(state: CommitmentState = CommitmentState.OPEN, words: str = "Listen") -> Commitment:
    return Commitment(
        WORKSPACE, f"c-{state}", "n", "t", BOB.id, ALICE.id, Promiser.AGENT, words,
        date(2026, 3, 9), state=state,
    )  # fmt: skip


def buttons(view: Block) -> list[str]:
    return [
        one["text"]["text"]
        for block in view["blocks"]
        if block["type"] == "actions"
        for one in block["elements"]
    ]


def seen(one: Note, *may: Action, reader: str = BOB.id, **more: Any) -> Seen:
    return Seen(one, reader, possible=frozenset(may), **more)


def drawn(one: Seen, page: int = views.LAST) -> Block:
    return views.note(one, T, Shown(one.note.id, page))


READ = ["I have read it", "I have read it, and say something"]


@pytest.mark.parametrize(
    ("reader", "may", "found"),
    [
        (ALICE.id, (Action.ACKNOWLEDGE, Action.DISPUTE, Action.ADD), [*READ, "Comment", "I see it differently"]),
        (ALICE.id, (Action.DISPUTE, Action.ADD), ["Comment", "I see it differently"]),
        (ALICE.id, (Action.ADD,), ["Comment"]),
        (ALICE.id, (), []),
        (BOB.id, (Action.ADD,), ["Add to the note", "Comment"]),
        (BOB.id, (Action.ADD, Action.CLOSE), ["Add to the note", "Comment", "Close the note"]),
        (MARA.id, (Action.DECIDE,), ["Decide"]),
        (MARA.id, (), []),
        (BOB.id, (Action.EDIT, Action.DISCARD, Action.SHARE), ["Open the draft"]),
    ],
)  # fmt: skip
def test_exactly_the_buttons_that_the_reader_may_use(
    reader: str, may: tuple[Action, ...], found: list[str]
) -> None:
    assert buttons(drawn(seen(note(State.SHARED), *may, reader=reader))) == found


def test_it_says_everything_under_its_headings() -> None:
    one = note(State.SHARED, skill="Listening", follow_up_on=date(2026, 3, 20))
    shown = "\n".join(mrkdwn_of(drawn(seen(one, Action.DISPUTE))))
    for label, words in zip(("Situation", "Behaviour", "Impact"), BODY.parts.values(), strict=True):
        assert f"*{label}*\n{words}" in shown
    assert "From <@U0BOB> to <@U0ALICE>" in shown
    assert "To be followed up on Mar 20, 2026" in shown
    assert "If you see it differently you can dispute it until <!date^" in shown
    assert "Who can read this: <@U0BOB>, <@U0ALICE>." in shown
    assert drawn(seen(one))["blocks"][0]["text"]["text"] == "Praise · Listening"


def test_evidence_is_linked_where_it_is_a_link() -> None:
    evidence = (
        Evidence("the call", "https://example.com/a|b"),
        Evidence("", "https://example.com/c"),
        Evidence("T-1 <x>", "T-1"),
        Evidence("Refund not received", case=7),
    )
    one = note(State.SHARED, body=Body(evidence=evidence))
    shown = "\n".join(mrkdwn_of(drawn(seen(one))))
    assert "<https://example.com/a%7Cb|the call>" in shown
    assert "<https://example.com/c|https://example.com/c>" in shown
    assert "• T-1 &lt;x&gt;" in shown
    assert "• Case #7 Refund not received" in shown


def test_who_can_read_it_in_one_plain_line() -> None:
    for one, managers, told_so in (
        (note(visibility=Visibility.PRIVATE), (), "Only <@U0BOB> can read this."),
        (note(), (), "until it is shared. Then <@U0ALICE> can, too."),
        (
            note(visibility=Visibility.CHAIN),
            (),
            "Then <@U0ALICE> and whoever manages the team or a department above it can, too.",
        ),
        (
            note(State.DISPUTED, visibility=Visibility.CHAIN, decider_id=BEN.id),
            (MARA.id, MARA.id),
            "a department above it (now <@U0MARA>), <@U0BEN>, who decides the dispute.",
        ),
    ):
        assert told_so in str(drawn(seen(one, managers=managers)))


def test_a_note_that_was_withdrawn_says_so_first() -> None:
    one = note(State.DECIDED, verdict=Verdict.WITHDRAWN, decider_id=MARA.id)
    first = drawn(seen(one))["blocks"][0]
    assert "*This note is withdrawn:* <@U0MARA> decided so." in first["text"]["text"]
    assert "Withdrawn" in mrkdwn_of(drawn(seen(one)))


def test_what_was_promised_has_the_buttons_that_settle_it() -> None:
    one, is_open, is_done = note(State.SHARED), promised(), promised(CommitmentState.DONE)
    both: dict[str, Any] = {"commitments": (is_open, is_done)}
    mine = seen(one, settleable=frozenset({is_open.id, is_done.id}), **both)
    assert buttons(drawn(mine)) == ["Done", "Let it go", "Not done after all"]
    shown = mrkdwn_of(drawn(seen(one, **both)))
    assert "<@U0ALICE>: Listen · by Mar 9, 2026 · open" in shown
    assert buttons(drawn(seen(one, **both))) == []
    assert buttons(answer.not_closed(mine, AT, T)) == ["Done", "Let it go"]
    assert "All of it is settled" in str(answer.not_closed(seen(one), AT, T))


def test_its_author_reads_what_the_decision_asks_for() -> None:
    one = note(State.DECIDED, verdict=Verdict.AMENDED)
    asked = "The decision asks you to add to this note what was missing."
    assert asked in str(drawn(seen(one, Action.ADD, wants_amendment=True)))
    agent = seen(one, Action.ADD, reader=ALICE.id, wants_amendment=True)
    assert asked not in str(drawn(agent))


def test_every_line_of_its_later_life_is_told() -> None:
    one = note(State.DISPUTED)
    lines = [entry(kind, detail=MARA.id) for kind in EntryKind if kind not in EVERYTHING_BUT]
    lines.append(entry(EntryKind.DECIDED, detail=Verdict.STANDS))
    lines.append(entry(EntryKind.LEFT, by=BOB.id))
    is_open = promised()
    lines += [
        entry(EntryKind.COMMITMENT_SETTLED, detail=detail(action, is_open.id))
        for action in CommitmentAction
    ]
    found = []
    for page in range(4):
        view = drawn(seen(one, entries=lines, commitments=[is_open]), page)
        found += [text for text in mrkdwn_of(view) if text.startswith("<!date^") and " · " in text]
    told_so = "\n".join(dict.fromkeys(found))
    for words in (
        "<@U0ALICE> disputed it; <@U0MARA> was asked to decide",
        "<@U0MARA> was asked to decide instead",
        "<@U0ALICE> decided: The note stands",
        "<@U0ALICE> is not here any more",
        "<@U0BOB> does not coach <@U0ALICE> any more",
        "<@U0ALICE> marked what was promised as done: Listen",
    ):
        assert words in told_so
    assert "SYSTEM" not in told_so


def test_the_newest_page_comes_first_and_pages_are_turned() -> None:
    lines = [entry(EntryKind.COMMENTED, f"word {number}.") for number in range(20)]
    of = seen(note(State.SHARED), entries=lines)
    last = drawn(of)
    assert "word 19." in str(last)
    assert "word 15." not in str(last)
    assert buttons(last) == ["Earlier"]
    assert views.unpack(last["private_metadata"]) == Shown(of.note.id, 2)
    assert buttons(drawn(of, 0)) == ["Later"]
    assert buttons(drawn(of, 1)) == ["Earlier", "Later"]
    assert buttons(drawn(of, 99)) == ["Earlier"]


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("language", languages())
def test_the_longest_and_worst_note_is_within_slacks_limits(nasty: str, language: str) -> None:
    t = Text(language, "Europe/Berlin")
    words = (nasty * 3000)[:3000]
    for kind in Kind:
        body = Body(
            dict.fromkeys(PARTS[kind], words),
            tuple(Evidence(words[:200], f"https://example.com/{n}") for n in range(10)),
        )
        one = note(State.DISPUTED, kind=kind, body=body, skill=words[:100], decider_id=MARA.id)
        lines = [entry(EntryKind.COMMENTED, words[:2000]) for _ in range(20)]
        promises = [promised(state, words[:500]) for state in list(CommitmentState)[:3]]
        settleable = frozenset(one.id for one in promises)
        whole = Seen(
            *(one, BOB.id, lines, promises, ALL, settleable, (MARA.id,)),
            wants_amendment=True,
            cases=range(1_000_000, 1_000_010),
        )
        for page in range(3):
            view = views.note(whole, t, Shown(one.id, page, ids.INBOX))
            assert check.view(view, "modal") == []
            assert len(view["blocks"]) < 100
            assert not any("<!channel>" in text for text in mrkdwn_of(view))
        deciders = [Decider(f"U{n}", words[:80], NOON) for n in range(100)]
        disputed = replace(whole, entries=[entry(EntryKind.DISPUTED, words[:2000])])
        for view in (
            answer.acknowledge_form(AT, t),
            answer.comment_form(AT, t),
            answer.amend_form(AT, t),
            answer.dispute_form(one, deciders, AT, t),
            answer.decide_form(disputed, AT, t),
            answer.not_closed(whole, AT, t),
        ):
            assert check.view(view, "modal") == []


def test_forms_carry_the_notes_id_and_nothing_of_it() -> None:
    one = note(State.SHARED)
    for view in (
        answer.dispute_form(one, [Decider(MARA.id, "Mara")], AT, T),
        answer.decide_form(seen(one), AT, T),
        answer.not_closed(seen(one), AT, T),
    ):
        assert view["private_metadata"] == AT.packed()
    only = answer.dispute_form(one, [Decider(MARA.id, "Mara", NOON)], AT, T)
    assert "away until Mar 2, 2026" in str(only)
    assert "This person will read the note" in str(only)
    assert only["blocks"][2]["element"]["initial_option"]["value"] == MARA.id


@pytest.mark.parametrize("language", languages())
def test_what_is_said_in_private_is_whole_in_its_text_and_tells_nothing(language: str) -> None:
    t = Text(language, "UTC")
    one = note(State.DISPUTED, decider_id=MARA.id, shared_at=NOON - timedelta(days=1))
    for words in (
        told.shared, told.acknowledged, told.acknowledged_with, told.commented, told.amended,
        told.disputed, told.to_decide, told.still_to_decide, told.decided, told.decided_to_amend,
        told.decider_changed, told.not_to_decide, told.nobody_left, told.closed,
    ):  # fmt: skip
        for of in (one, replace(one, decider_id=None)):
            text, blocks = told.message(words(of, ALICE.id, t), of, t)
            assert check.message(blocks) == []
            assert mrkdwn_of(blocks) == [text]
            assert not any(part in str(blocks) for part in BODY.parts.values())
