"""The views of handovers: within Slack's limits with the worst words, complete as text, and safe against what people type."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules.escalations import Escalation, claimed, raised
from bot.rules.handovers import (
    AT_MOST,
    Draft,
    Follower,
    Handover,
    ItemState,
    Measures,
    Offerable,
    drafted,
    made,
    moved,
)
from bot.rules.handovers.drafts import NEXT_STEP_MAX, NOTE_MAX, WAITING_ON_MAX
from bot.text import Text
from bot.views.handovers import card, form, history, ids, told, words
from bot.views.handovers.history import A_PAGE, Scope
from bot.views.handovers.usage import usage
from sandbox.block_kit import check
from tests.casebook import DRAFT, TEAM
from tests.cast import ALICE, BEN, BOB, MARA, NOON

T = Text("en-US", "Europe/Berlin")
NASTY = ["<!channel> & <@U1>", "&&&&", "é“…", "\n\n>", "*_~`|"]
LATER = NOON + timedelta(minutes=4)


def filled(words: str, limit: int) -> str:
    return (words * limit)[:limit]


def cases(nasty: str = "Refund") -> list[Escalation]:
    draft = replace(DRAFT, summary=filled(nasty, 150), promise_by=NOON)
    new = [raised(ALICE, TEAM, draft, number=n, now=NOON).after for n in range(1, AT_MOST + 1)]
    return [claimed(one, BOB, TEAM, now=NOON).after for one in new]


def full(nasty: str) -> Draft:
    items = tuple(
        replace(
            drafted(one),
            next_step=filled(nasty, NEXT_STEP_MAX),
            waiting_on=filled(nasty, WAITING_ON_MAX),
        )
        for one in cases(nasty)
    )
    return Draft(BEN.id, filled(nasty, NOTE_MAX), items)


def handover(nasty: str = "Call them. ", **changes: object) -> Handover:
    found = made("h1", BOB, full(nasty), cases(nasty), now=NOON)
    items = tuple(replace(one, **changes) for one in found.items)  # type: ignore[arg-type]
    return replace(found, items=items)


STATES = [
    *({"state": state, "answered_at": LATER} for state in ItemState),
    {"state": ItemState.DECLINED, "reason": "x" * 1000},
    {"state": ItemState.ACCEPTED, "answered_at": LATER, "asked_again_at": LATER},
    {"asked": (BEN.id, MARA.id)},
]


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("changes", STATES)
def test_the_messages_of_both_sides_fit(nasty: str, changes: dict[str, object]) -> None:
    given = handover(nasty, **changes)
    known = {one.id: one for one in cases(nasty)}
    for text, blocks in (
        card.for_giver(given, known, T),
        card.for_receiver(given, BEN.id, known, T),
        card.for_receiver(given, BEN.id, {}, T),
        told.kept(list(known.values()), T),
        told.declined(list(given.items), list(known.values()), filled(nasty, 1000), T),
    ):
        assert check.message(blocks) == []
        assert 0 < len(text) <= words.TEXT_LIMIT
        assert "<!channel" not in text + str(blocks)
        assert "<@U1>" not in text + str(blocks)


@pytest.mark.parametrize("nasty", NASTY)
def test_the_forms_and_the_history_fit(nasty: str) -> None:
    held = Offerable(cases(nasty), 7, 3)
    follower = Follower(BEN.id, NOON, NOON + timedelta(hours=8))
    items = [(one, case) for one, case in zip(handover(nasty).items, held.cases, strict=True)]
    measures = Measures(9, 5, 2, 1, LATER - NOON, LATER - NOON, LATER - NOON, 2)
    for view in (
        form.form(held, full(nasty), follower, T),
        form.form(held, full(nasty), None, T),
        form.decline_form("h" * 32, [one for one, _case in items], None, T),
        history.history(Scope.TEAM, items[:A_PAGE], 40, measures, BEN.id, T, page=1),
        history.history(Scope.MINE, [], 0, Measures(), BEN.id, T),
    ):
        assert check.view(view, "modal") == []


def test_the_form_names_the_next_lead_with_their_time() -> None:
    follower = Follower(BEN.id, NOON, NOON + timedelta(hours=8))
    held = Offerable(cases()[:1])
    draft = Draft(BEN.id, items=(drafted(held.cases[0]),))
    for given, said in (
        (follower, "The next lead on shift is <@U0BEN>, <!date^1772452800^"),
        (replace(follower, until=None), "1:00:00 PM>."),
        (None, "No lead is on shift after you"),
    ):
        line, to, *_rest = form.form(held, draft, given, T)["blocks"]
        assert to["element"]["initial_user"] == BEN.id
        assert said in line["elements"][0]["text"].replace("\u202f", " ")


def test_the_text_alone_says_what_the_blocks_say() -> None:
    given = handover("Call them")
    given = replace(given, items=given.items[:2])
    known = {one.id: one for one in cases()}
    text, blocks = card.for_receiver(given, BEN.id, known, T)
    for said in ("hand 2 cases over to you", "#1", "Call them", "Waiting on", "stays the owner"):
        assert said in text
        assert said in str(blocks)
    text, _blocks = card.for_giver(given, known, T)
    assert text.count("<@U0BEN> is asked, and has not answered yet") == 2


@pytest.mark.parametrize(
    ("changes", "buttons"),
    [
        ({}, [ids.ACCEPT, ids.DECLINE]),
        ({"state": ItemState.ACCEPTED}, [ids.ASKED_AGAIN]),
        ({"state": ItemState.ACCEPTED, "asked_again_at": NOON}, []),
        ({"state": ItemState.DECLINED}, []),
        ({"asked": (BEN.id, MARA.id)}, []),
    ],
)
def test_a_receiver_has_the_buttons_that_do_something(
    changes: dict[str, object], buttons: list[str]
) -> None:
    known = {one.id: one for one in cases()}
    drawn = str(card.for_receiver(handover(**changes), BEN.id, known, T)[1])  # type: ignore[arg-type]
    for one in (ids.ACCEPT, ids.DECLINE, ids.ASKED_AGAIN):
        assert (f"{one}:" in drawn) is (one in buttons)


def test_a_giver_can_take_back_only_what_is_open() -> None:
    known = {one.id: one for one in cases()}
    assert ids.WITHDRAW in str(card.for_giver(handover(), known, T)[1])
    done = card.for_giver(handover(state=ItemState.ACCEPTED), known, T)
    assert ids.WITHDRAW not in str(done[1])
    assert "Everything is answered" in done[0]


def test_who_is_asked_after_a_fall_reads_why() -> None:
    fallen = replace(handover(), items=(moved(handover().items[0], MARA.id, now=NOON),))
    known = {one.id: one for one in cases()}
    assert "had no answer. You are on shift" in card.for_receiver(fallen, MARA.id, known, T)[0]


def test_how_they_went_names_counts_and_times_once_there_are_enough() -> None:
    four, nine, many = (timedelta(minutes=n) for n in (4, 9, 21))
    measures = Measures(9, 5, 2, 1, four, nine, many, asked_again=2)
    told = history.summary(measures, T)
    assert told == (
        "Your teams in the last 30 days: 5 of 9 accepted, 2 declined, 1 unanswered. "
        "Half of them within 4 minutes, nine of ten within 9 minutes. "
        "After 2 of 5 (40 %) the receiver had to ask again. "
        "The oldest open offer waits 21 minutes."
    )
    assert "Half" not in history.summary(replace(measures, accepted=4), T)


def test_a_handover_that_is_gone_says_so() -> None:
    text, blocks = card.gone(T)
    assert check.message(blocks) == []
    assert "gone" in text


def test_unknown_words_are_answered_with_what_is_known() -> None:
    assert usage(T, "<!here>").startswith("I don't know “&lt;!here&gt;”")
    assert "/handover history" in usage(T)


@pytest.mark.parametrize(("is_over", "said"), [(False, "shift ends"), (True, "shift ended")])
def test_the_end_of_a_shift_in_words(is_over: bool, said: str) -> None:
    text, blocks = told.shift_ends(NOON, 1, T, is_over=is_over)
    assert said in text
    assert "1 open case." in text
    assert check.message(blocks) == []
