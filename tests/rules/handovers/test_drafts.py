"""The order of the form, and what is wrong with it, by field."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules.escalations import Update, claimed, raised
from bot.rules.handovers import Draft, ItemDraft, by_promise, drafted, made, problems
from bot.rules.handovers.drafts import NEXT_STEP_MAX, NOTE_MAX, WAITING_ON_MAX, shortened
from tests.casebook import DRAFT, TEAM
from tests.cast import ALICE, BEN, BOB, NOON

GOOD = Draft(BEN.id, "Quiet day", (ItemDraft(1), ItemDraft(2, goes=False)))
LONG = ItemDraft(1, next_step="x" * (NEXT_STEP_MAX + 1), waiting_on="x" * (WAITING_ON_MAX + 1))


def test_what_was_promised_first_is_first_and_then_what_is_due() -> None:
    case = claimed(raised(ALICE, TEAM, DRAFT, number=1, now=NOON).after, BOB, TEAM, now=NOON).after
    hour = timedelta(hours=1)
    promised = [
        replace(case, id=n, draft=replace(DRAFT, promise_by=NOON + n * hour), due_at=None)
        for n in (3, 2)
    ]
    due = [replace(case, id=n, due_at=NOON + n * hour) for n in (5, 4)]
    neither = [replace(case, id=n, due_at=None) for n in (7, 6)]
    assert [one.id for one in by_promise([*neither, *due, *promised])] == [2, 3, 4, 5, 6, 7]


def test_a_case_brings_its_promise_its_newest_update_and_for_whom_it_waits_along() -> None:
    case = raised(ALICE, TEAM, replace(DRAFT, promise_by=NOON), number=4, now=NOON).after
    assert drafted(case) == ItemDraft(4, promised_by=NOON)
    told = replace(
        case, update=Update("Stuck", "Called\nthe bank", "A number"), waiting_why="The bank"
    )
    assert drafted(told, goes=False) == ItemDraft(
        4,
        next_step="Called the bank · A number",
        waiting_on="The bank",
        promised_by=NOON,
        goes=False,
    )
    assert drafted(replace(case, update=Update("Stuck"))).next_step == "Stuck"


@pytest.mark.parametrize(("length", "expected"), [(10, "x" * 10), (11, "x" * 9 + "…"), (0, "")])
def test_what_is_too_long_for_its_field_is_cut(length: int, expected: str) -> None:
    assert shortened("x" * length, 10) == expected


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (GOOD, set()),
        (replace(GOOD, to=""), {"to"}),
        (replace(GOOD, to=BOB.id), {"to"}),
        (replace(GOOD, note="x" * (NOTE_MAX + 1)), {"note"}),
        (replace(GOOD, items=(ItemDraft(1, goes=False),)), {"goes:1"}),
        (replace(GOOD, items=(LONG,)), {"next:1", "waiting:1"}),
        (replace(GOOD, items=(ItemDraft(2), replace(LONG, goes=False))), set()),
    ],
)
def test_what_is_wrong_is_said_by_field(draft: Draft, fields: set[str]) -> None:
    assert set(problems(draft, BOB.id)) == fields


def test_only_what_is_ticked_is_offered_in_the_order_of_the_form() -> None:
    cases = [raised(ALICE, TEAM, DRAFT, number=n, now=NOON).after for n in (1, 2, 3)]
    items = (ItemDraft(3, next_step="Call"), ItemDraft(2, goes=False), ItemDraft(1))
    handover = made("h1", BOB, Draft(BEN.id, "Note", items), cases, now=NOON)
    assert [(one.number, one.next_step, one.team_id) for one in handover.items] == [
        (3, "Call", TEAM.id),
        (1, "", TEAM.id),
    ]
    assert handover.people == (BOB.id, BEN.id)
