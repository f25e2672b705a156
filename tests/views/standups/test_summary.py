"""The summary fits however many people there are and however much they wrote; nothing is cut without a word about it."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.rules.standups import Blocker, NotAnswered, Said, Seat, SeatState, ShiftNote, Standing
from bot.rules.standups import summaries as rules
from bot.rules.standups.summaries import Summary, Yesterday
from bot.text import Text
from bot.views.handovers.words import TEXT_LIMIT
from bot.views.standups import ids, notes, pages, summary
from sandbox.block_kit import check
from tests.cast import BILLING, NOON, WORKSPACE
from tests.rules.standups.test_summaries import ROUND
from tests.standups import FOCUS, MOOD, NEXT_SHIFT, YESTERDAY
from tests.views.drawn import mrkdwn_of

T = Text("en-US", "Europe/Berlin")
GREEK = Text("el-GR", "Europe/Athens")
SIZES = (0, 1, 5, 50, 200, 500)
NASTY = ["<!channel> & <@U1> ", "&&&&", "Επιστροφές χρημάτων ", "*_~`|>\n"]


def filled(words: str, limit: int) -> str:
    return (words * limit)[:limit]


def person(number: int) -> str:
    return f"U{number:010}"


def answered(number: int, words: str) -> Seat:
    said = {one.id: Said(text=words) for one in (YESTERDAY, FOCUS)} | {MOOD.id: Said(number=1)}
    at = NOON + timedelta(seconds=number)
    seat = Seat("r1", person(number), NOON, NOON, SeatState.ANSWERED, answered_at=at, answers=said)
    return replace(seat, person_id=person(number))


def is_safe(*texts: str) -> bool:
    return not any("<!channel" in one or "<@U1>" in one for one in texts)


def made(size: int, words: str = "Refunds", *, others: int = 0, **more: Any) -> Summary:
    """So many who answered; and so many who did not, are away, out or skip, blockers and notes."""
    seats = [answered(n, words) for n in range(size)]
    states = (*(SeatState.SILENT, SeatState.AWAY, SeatState.OUT, SeatState.SKIPPED),)
    seats += [
        Seat("r1", f"{state}{person(n)}", NOON, NOON, state)
        for state in (*states, SeatState.NOT_ASKED)
        for n in range(others)
    ]
    blockers = [
        Standing(
            Blocker(
                *(WORKSPACE, f"{n:032}", BILLING, "r1", person(n)),
                words[:500],
                NOON - timedelta(days=n),
                NOON,
            )
        )
        for n in range(others)
    ]
    left = [
        ShiftNote(WORKSPACE, "r0", person(n), BILLING, words, NOON, told_round_id="r1")
        for n in range(others)
    ]
    leaving = [replace(one, round_id="r1", told_round_id=None) for one in left]
    round_ = replace(ROUND, focus=words[:500], focus_by=person(1), closed_at=NOON, **more)
    yesterday = Yesterday(date(2026, 3, 1), 12, 9, 3, Counter({15: 2, 25: 1}))
    return rules.summarise(
        round_, seats, yesterday=yesterday, blockers=blockers, notes=[*left, *leaving]
    )


@pytest.mark.parametrize("t", [T, GREEK], ids=["english", "greek"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "words",
    ["Refunds", filled("Refunds ", 3000), *(filled(one, 3000) for one in NASTY)],
    ids=["short", "long", "mentions", "ampersands", "greek words", "signs"],
)
def test_it_fits(size: int, words: str, t: Text) -> None:
    for others in (0, size):
        text, blocks = summary.card(made(size, words, others=others), t)
        assert check.message(blocks) == []
        assert 0 < len(text) <= TEXT_LIMIT
        assert is_safe(text, *mrkdwn_of(blocks))


@pytest.mark.parametrize("size", SIZES)
def test_whoever_is_not_shown_is_counted(size: int) -> None:
    _text, blocks = summary.card(made(size, filled("Refunds ", 3000)), T)
    drawn = str(blocks)
    shown = sum(f"<@{person(n)}>" in drawn for n in range(size) if n != 1) + (size > 1)
    if shown < size:
        assert f"and {size - shown} more answers: *Show all* has them" in drawn
    else:
        assert "more answer" not in drawn
    assert shown >= min(size, 180)


def test_of_five_people_everything_is_shown() -> None:
    text, blocks = summary.card(made(5, "Refunds & parcels"), T)
    for drawn in (text, str(blocks)):
        assert drawn.count("Refunds &amp; parcels") == 11  # two answers each, and the focus
        assert "…" not in drawn
        assert "*What is your focus today?* Refunds" in drawn
        assert "12 raised, 9 resolved, 3 open" in drawn
        assert "half claimed within 15 minutes (of 3)" in drawn
        assert "Focus, from <@U0000000001>" in drawn


def test_the_most_important_comes_first() -> None:
    _text, blocks = summary.card(made(2, others=2), T)
    drawn = str(blocks)
    order = [
        *("Focus, from", "Escalations on", "2 blockers", "What is your focus", "Nothing to say"),
        *("Out today", "Away", "Baton was down", "No answer yet", "From the shift before"),
        *("For the next shift", "Show all"),
    ]
    places = [drawn.index(one) for one in order]
    assert places == sorted(places)


def test_long_lists_say_how_many_more() -> None:
    _text, blocks = summary.card(made(1, others=42), T)
    drawn = str(blocks)
    assert drawn.count("and 12 more") == 5  # those who are not there
    assert "and 36 more" in drawn  # blockers
    assert drawn.count("and 38 more") == 2  # notes
    assert ids.BLOCKERS in drawn


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (NotAnswered.NAMED, "No answer yet: <@silentU0000000000>"),
        (NotAnswered.COUNTED, "2 have not answered"),
        (NotAnswered.HIDDEN, ""),
    ],
)
def test_those_who_did_not_answer(way: NotAnswered, said: str) -> None:
    given = made(1, others=2, not_answered=way)
    view = pages.pages([(given, "Billing", True)], "r1", T)
    for drawn in (*map(str, summary.card(given, T)), str(view)):
        if way is NotAnswered.NAMED:
            assert "silentU" in drawn
        else:
            assert "silentU" not in drawn
            assert ("have not answered" in drawn) is bool(said)


def test_no_mood_is_ever_drawn() -> None:
    given = made(3)
    drawn = f"{summary.card(given, T)}{pages.pages([(given, 'Billing', True)], 'r1', T)}"
    assert MOOD.words not in drawn
    assert "of 5" not in drawn


@pytest.mark.parametrize("t", [T, GREEK], ids=["english", "greek"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("nasty", NASTY)
def test_all_of_it_in_pages(size: int, nasty: str, t: Text) -> None:
    """Every page fits, and together they have every word."""
    words = filled(nasty, 3000 if size < 10 else 150)
    given = made(size, words, others=min(size, 20))
    found, page = [], 0
    while True:
        view = pages.pages([(given, "Billing & Co", True)], "r1", t, page=page)
        assert check.view(view, "modal") == []
        assert is_safe(*mrkdwn_of(view))
        found.append(view)
        page += 1
        if f"'r1:{page}'" not in str(view["blocks"]):
            break
    drawn = "".join(
        str(one["text"]["text"])
        for view in found
        for one in view["blocks"]
        if one["type"] == "section"
    )
    for n in range(size):
        assert f"<@{person(n)}>" in drawn
    typed = drawn.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    assert typed.count(nasty[0]) >= size * 2 * words.count(nasty[0])


def test_a_page_that_is_gone_is_the_last_one() -> None:
    view = pages.pages([(made(1), "Billing", False)], "", T, page=9)
    assert view["private_metadata"] == ":0"
    assert pages.page_of("r1:3") == ("r1", 3)
    assert ids.FOCUS not in str(view)


def test_the_form_of_the_focus_note_keeps_what_there_is() -> None:
    carried = pages.Carried("r1", "V1", "r1:0")
    form = pages.focus_form(replace(ROUND, focus="Parcels"), carried.packed(), T)
    assert check.view(form, "modal") == []
    assert form["blocks"][1]["element"]["initial_value"] == "Parcels"
    assert pages.unpack(form["private_metadata"]) == carried


@pytest.mark.parametrize("size", [0, 1, 25])
@pytest.mark.parametrize("nasty", NASTY)
def test_the_notes_of_the_shift_before_fit(size: int, nasty: str) -> None:
    given = made(1, filled(nasty, 3000), others=size).left_for_it
    for found in (
        given,
        [replace(one, confirmed_at=NOON, confirmed_by=person(1)) for one in given],
    ):
        text, blocks = notes.card(ROUND, found, T)
        assert check.message(blocks) == []
        assert 0 < len(text) <= TEXT_LIMIT
        assert is_safe(text, *mrkdwn_of(blocks))
        assert (ids.CONFIRM_NOTES in str(blocks)) is (bool(size) and found is given)


def test_a_note_names_who_confirmed_it() -> None:
    [note] = made(1, others=1).left_for_it
    assert "not confirmed yet" in notes.card(ROUND, [note], T)[0]
    confirmed = replace(note, confirmed_at=NOON, confirmed_by="U0BEN")
    assert "confirmed by <@U0BEN>" in notes.card(ROUND, [confirmed], T)[0]
    assert NEXT_SHIFT.words not in str(summary.card(made(1, others=1), T))
