"""Below the card: a menu of what else can be done, who holds how much before a claim, and how far the policy has come."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.rules.escalations import (
    Escalation,
    Load,
    Rating,
    Rung,
    Update,
    claimed,
    followed,
    level_told,
    raised,
    rated,
    resolved,
    updated,
)
from bot.text import Text
from bot.views.escalations import ids
from bot.views.escalations.buttons import LOADS_LENGTH, holding
from bot.views.escalations.card import card
from sandbox.block_kit import check
from tests.casebook import DRAFT, TEAM
from tests.cast import ALICE, BEN, BOB, NOON
from tests.views.escalations.test_card import OUTCOME

T = Text("en-US", "Europe/Berlin")
NEW = raised(ALICE, TEAM, DRAFT, number=12, now=NOON).after
CLAIMED = claimed(NEW, BOB, TEAM, now=NOON).after
RESOLVED = resolved(CLAIMED, BOB, OUTCOME, now=NOON)
ANNA = Load("U1", "Anna", 4, datetime(2026, 3, 3, 13, 10, tzinfo=UTC))
BEA = Load("U2", "Bea", 1, datetime(2026, 3, 2, 8, tzinfo=UTC))
FREE = Load("U3", "Cleo")


def elements(case: Escalation, *loads: Load) -> dict[str, Any]:
    _text, blocks = card(case, [], T, loads)
    assert check.message(blocks) == []
    return {one["action_id"].partition(":")[0]: one for one in blocks[-1]["elements"]}


def chosen(case: Escalation) -> list[str]:
    return [one["value"] for one in elements(case)[ids.MORE]["options"]]


def test_the_menu_says_which_click_each_choice_stands_for() -> None:
    usual = [ids.ESCALATE, ids.CHANGE_SEVERITY, ids.FOLLOWERS, ids.NOTE]
    elsewhere = [ids.MOVE, ids.MERGE]
    assert chosen(NEW) == [f"{one}:12" for one in [*usual, *elsewhere]]
    owned = [*usual, ids.ASK_DEPARTMENT, *elsewhere, ids.RELEASE]
    assert chosen(CLAIMED) == [f"{one}:12" for one in owned]
    assert chosen(RESOLVED.after) == [f"{ids.FOLLOWERS}:12", f"{ids.NOTE}:12"]


def test_one_level_down_is_offered_above_the_first_level_only() -> None:
    first = level_told(NEW, BOB, (), Rung(0, 0, NOON), now=NOON).after
    second = level_told(NEW, BOB, (), Rung(1, 0, NOON), now=NOON).after
    assert f"{ids.DEESCALATE}:12" not in chosen(first)
    assert chosen(second)[1] == f"{ids.DEESCALATE}:12"


def test_with_each_version_the_menu_forgets_what_was_chosen() -> None:
    menus = {elements(case)[ids.MORE]["action_id"] for case in (NEW, CLAIMED, RESOLVED.after)}
    assert len(menus) == 3


def test_a_button_is_still_itself_when_the_card_was_drawn_anew_under_the_question() -> None:
    """Slack says which button it was by the two names: the policy may tell a level while somebody is asked if they are sure."""
    told = level_told(NEW, BOB, (BEN.id,), Rung(0, 0, NOON), now=NOON).after
    rows = {card(case, [], T)[1][-1]["block_id"] for case in (NEW, told)}
    assert len(rows) == 1
    assert elements(NEW, ANNA)[ids.CLAIM]["action_id"] == ids.CLAIM
    assert elements(told, ANNA)[ids.CLAIM] == elements(NEW, ANNA)[ids.CLAIM]


def test_before_a_claim_the_loads_are_shown_with_the_heaviest_first() -> None:
    sure = elements(NEW, FREE, BEA, ANNA)[ids.CLAIM]["confirm"]
    assert sure["text"]["text"] == (
        "Open cases, when this card was last updated: "
        "Anna 4 (next due Tue 2:10\u202fPM), Bea 1 (next due Mon 9:00\u202fAM), Cleo 0."
    )


def test_nobody_is_asked_twice_while_all_hands_are_free() -> None:
    assert "confirm" not in elements(NEW, FREE)[ids.CLAIM]
    assert "confirm" not in elements(NEW)[ids.CLAIM]


@pytest.mark.parametrize("name", ["Anna", "&" * 80, "<!channel>" * 8, "x" * 500])
@pytest.mark.parametrize("language", ["en", "el", "uk"])
def test_any_number_of_leads_fits_into_the_question(name: str, language: str) -> None:
    many = [Load(f"U{n}", name, n, NOON) for n in range(60)]
    text, blocks = card(NEW, [], Text(language, "Europe/Berlin"), many)
    assert text
    assert check.message(blocks) == []
    told = holding(many, T)
    assert len(told) < LOADS_LENGTH + 20
    assert "more" in told
    assert "<!" not in told


def test_the_card_says_how_far_the_policy_has_come() -> None:
    at = NOON + timedelta(minutes=30)
    told = level_told(NEW, BOB, (BEN.id,), Rung(1, 0, at), now=NOON).after
    assert "Policy: level 2 was told, goes on <!date^" in card(told, [], T)[0]
    owned = claimed(told, BOB, TEAM, now=NOON).after
    assert "Policy: level 2 was told" in card(owned, [], T)[0]
    assert "goes on" not in card(owned, [], T)[0]
    for silent in (NEW, resolved(owned, BOB, OUTCOME, now=NOON).after):
        assert "Policy" not in card(silent, [], T)[0]


def test_the_card_shows_the_last_word_and_who_follows() -> None:
    said = Update("Bank <asks> for proof", "We call them", "A scan")
    case = updated(CLAIMED, BOB, TEAM, said, now=NOON).after
    case = followed(case, BOB, frozenset(f"U{n:02}" for n in range(13)), now=NOON).after
    text, blocks = card(case, [], T)
    assert check.message(blocks) == []
    shown = json.dumps(blocks, ensure_ascii=False)
    for words in (
        "*How it stands:* Bank &lt;asks&gt; for proof",
        "*What is being done:* We call them",
        "*What is needed:* A scan",
        "<@U09>, and 3 more",
    ):
        assert words in shown
    assert "How it stands: Bank" in text


@pytest.mark.parametrize("nasty", ["&" * 1000, "\n" * 1000, "a\n" * 500])
def test_the_worst_word_fits(nasty: str) -> None:
    case = updated(CLAIMED, BOB, TEAM, Update(nasty, nasty, nasty), now=NOON).after
    assert check.message(card(replace(case, waiting_why=nasty), [], T)[1]) == []


def test_whether_it_helped_is_not_for_the_channel() -> None:
    helped = rated(RESOLVED.after, ALICE, Rating.NOT, now=NOON)
    shown = json.dumps(card(helped.after, [RESOLVED.event, helped.event], T)[1])
    assert "resolved it" in shown
    assert "help" not in shown
