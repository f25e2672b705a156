"""How cover looks: within Slack's limits at its fullest, without the reason on the card, with no button that would be refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import Refused
from bot.rules.absences import Absence, Kind
from bot.rules.covers import Cover, Coverable, CoverSeen, CoversSeen, State
from bot.rules.covers.requests import BEGUN
from bot.rules.shifts import Span
from bot.rules.teams import Team
from bot.text import Text
from bot.views import absences
from bot.views.blocks import Block
from bot.views.covers import card, form, ids
from bot.views.covers.form import Carried
from sandbox.block_kit import check
from tests.cast import ALICE, BEN, BOB, NOON, WORKSPACE
from tests.views.drawn import mrkdwn_of

T = Text("en-US", "Europe/Berlin")
NASTY = "<!channel> *&* `x`"
HOUR = timedelta(hours=1)
TEAM = Team(WORKSPACE, "t" * 32, NASTY * 3, zone="Europe/Athens")
COVER = Cover(
    WORKSPACE, "c" * 32, TEAM.id, ALICE.id, NOON + HOUR, NOON + 3 * HOUR, ALICE.id, NOON,
    NASTY * 15, state=State.OPEN, taken_by=BEN.id, closed_by=BOB.id,
)  # fmt: skip
SHIFTS = [Coverable(TEAM, Span(NOON + n * 5 * HOUR, NOON + (n * 5 + 4) * HOUR)) for n in range(300)]
OTHER = Coverable(replace(TEAM, id="u", name="Other"), SHIFTS[0].span)
SEEN = CoverSeen(COVER, TEAM, may_take=True, may_cancel=True, may_arrange=True)
TAKEN = CoverSeen(replace(COVER, id="d", state=State.TAKEN), TEAM, may_undo=True)
ASKED = [replace(SEEN, cover=replace(COVER, id=f"c{n}")) for n in range(50)]
FULL = CoversSeen(ALICE.id, [OTHER, *SHIFTS], [TAKEN, *ASKED], may_arrange=True)
MODALS = [
    form.cover_form(FULL, T, Carried(ALICE.id, TEAM.id, over_shifts=True)),
    form.cover_form(CoversSeen(ALICE.id), T, Carried()),
    form.cover_form(CoversSeen(ALICE.id, may_arrange=True), T, Carried()),
    form.cover_form(CoversSeen(ALICE.id, SHIFTS[:1], [SEEN]), T, Carried()),
    form.arrange_form(TEAM, COVER, T),
    form.done(COVER, TEAM, T),
    form.done(TAKEN.cover, TEAM, T),
    absences.missed_modal(Absence(WORKSPACE, "a", ALICE.id, Kind.SICK, NOON, NOON + HOUR), 7, T),
]


@pytest.mark.parametrize("view", MODALS)
def test_every_view_is_within_slacks_limits(view: Block) -> None:
    assert check.view(view, "modal") == []
    assert all("<!channel>" not in one for one in mrkdwn_of(view))


@pytest.mark.parametrize("state", list(State))
def test_every_card_is_too_and_keeps_the_reason_to_itself(state: State) -> None:
    text, blocks = card.card(replace(COVER, state=state, reason="Dentist"), TEAM, T)
    assert check.blocks(blocks, "message") == []
    assert "Dentist" not in text + json.dumps(blocks)
    assert "<!channel>" not in text
    assert (ids.TAKE in json.dumps(blocks)) is (state is State.OPEN)


def test_a_card_without_a_shift_has_no_buttons() -> None:
    text, blocks = card.card(COVER, TEAM, T, Refused(BEGUN))
    assert text == BEGUN
    assert [one["type"] for one in blocks] == ["section"]


def test_the_confirmation_says_when_that_is() -> None:
    assert "<!date^" in card.taker(COVER, T)["confirm"]["text"]["text"]


def test_choices_are_read_back_as_they_were_drawn() -> None:
    one = SHIFTS[7]
    assert form.shift_of(form.value_of(one)) == (TEAM.id, one.span)
    for nonsense in ("", "t", "t:1", "t:a:b", "t:1:99999999999999999999"):
        assert form.shift_of(nonsense) == ("", None)
    opener = form.opener(T, person_id="U1", team_id="t", over_shifts=True)
    assert form.opened_for(opener["value"]) == Carried("U1", "t", over_shifts=True)


def test_only_the_one_shift_is_chosen_already() -> None:
    [shift] = [one for one in MODALS[3]["blocks"] if one.get("block_id") == "shift"]
    assert shift["element"]["initial_option"]["value"] == form.value_of(SHIFTS[0])
    [shift] = [one for one in MODALS[0]["blocks"] if one.get("block_id") == "shift"]
    assert "initial_option" not in shift["element"]
    assert shift["element"]["options"][0]["text"]["text"].endswith("· Other")


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (8, "Mon, Mar 2, 2026, 1:00\u202fPM – 9:00\u202fPM"),
        (20, "Mon, Mar 2, 2026, 1:00\u202fPM – 9:00\u202fAM"),
        (48, "Mon, Mar 2, 2026, 1:00\u202fPM – Wed, Mar 4, 2026, 1:00\u202fPM"),
    ],
)
def test_a_choice_says_the_time_by_the_readers_clock(hours: int, said: str) -> None:
    start = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert form.plain_stretch(Span(start, start + hours * HOUR), T) == said
