"""What waits, what is about oneself, what is found: within Slack's limits with the worst words, and a button for each."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.rules.coaching import Commitment, CommitmentAction, CommitmentState, Promiser, State
from bot.rules.coaching.inbox import (
    ABOUT_A_PAGE,
    WAITING_A_PAGE,
    About,
    InboxSeen,
    Item,
    Quiet,
    Waits,
    waiting,
)
from bot.rules.coaching.promising import Reminder
from bot.rules.coaching.search import A_PAGE, Found, SearchSeen, Sought
from bot.rules.coaching.seeds import PersonSeed, SeedKey, SeedSeen
from bot.rules.standups.answers import Draft
from bot.rules.standups.seen import FormSeen
from bot.text import Text
from bot.views.coaching import ids, inbox, promises, search
from bot.views.standups import form
from sandbox.block_kit import check
from tests import notes
from tests.casebook import OTHER_TEAM
from tests.cast import ALICE, BILLING, BOB, NOON, SHIPPING, WORKSPACE
from tests.views.drawn import mrkdwn_of

T = Text("en-US", "Europe/Berlin")
NASTY = ("<!channel> & <https://evil|click> *bold*" * 90)[:3000]
TODAY = date(2026, 3, 2)


def commitment(number: int = 0, **values: Any) -> Commitment:
    made = Commitment(
        WORKSPACE, f"c{number}", "n", BILLING, BOB.id, ALICE.id, Promiser.AGENT, NASTY, TODAY,
        CommitmentState.OPEN,
    )  # fmt: skip
    return replace(made, **values)


def seed(number: int) -> SeedSeen:
    key = SeedKey(SHIPPING, f"U{number}", "billing")
    return SeedSeen(OTHER_TEAM, "billing", 3, PersonSeed(key, (1, 2, 3), NOON))


def item(waits: Waits, number: int) -> Item:
    if waits is Waits.QUIET:
        return Item(waits, quiet=Quiet(f"U{number}", BILLING, NOON if number else None))
    if waits in {Waits.MINE_OVERDUE, Waits.THEIRS_OVERDUE}:
        return Item(waits, commitment=commitment(number))
    note = notes.note(State.SHARED, id=f"n{number}", skill=NASTY[:40], follow_up_on=TODAY)
    return Item(waits, note=note)


def fullest() -> InboxSeen:
    items = [item(waits, number) for number in range(9) for waits in Waits]
    shared = [notes.note(State.CLOSED, skill=NASTY[:40]) for _ in range(ABOUT_A_PAGE)]
    promised = [commitment(number) for number in range(90)]
    can = frozenset(one.id for one in promised)
    about = About(promised, can, shared, page=1, has_more=True)
    return InboxSeen(about, TODAY, waiting(items, 1), [seed(number) for number in range(30)])


@pytest.mark.parametrize("page", range(7))
def test_the_inbox_fits(page: int) -> None:
    seen = fullest()
    assert seen.waiting
    items = [item(waits, number) for number in range(10) for waits in Waits]
    drawn = inbox.inbox(replace(seen, waiting=waiting(items, page)), T)
    assert check.view(drawn, "modal") == []
    assert "<!channel>" not in str(mrkdwn_of(drawn["blocks"]))
    assert inbox.pages_of(drawn["private_metadata"]) == (page, 1)


@pytest.mark.parametrize("waits", Waits)
def test_a_page_of_one_kind_fits(waits: Waits) -> None:
    items = [item(waits, number) for number in range(WAITING_A_PAGE)]
    drawn = inbox.inbox(replace(fullest(), waiting=waiting(items, 0)), T)
    assert check.view(drawn, "modal") == []


def test_who_leads_nobody_sees_only_what_is_about_them() -> None:
    drawn = str(inbox.inbox(InboxSeen(About(), TODAY), T))
    assert "What waits for you" not in drawn
    assert "No coaching note is shared with you." in drawn
    nothing = str(inbox.inbox(InboxSeen(About(), TODAY, waiting([], 0)), T))
    assert "Nothing waits." in nothing


def test_what_may_not_be_settled_has_no_button_for_it() -> None:
    about = About([commitment()])
    assert ids.SETTLE not in str(inbox.inbox(InboxSeen(about, TODAY), T))
    settleable = replace(about, settleable=frozenset({"c0"}))
    assert ids.SETTLE in str(inbox.inbox(InboxSeen(settleable, TODAY), T))


@pytest.mark.parametrize(
    ("state", "actions"),
    [
        (CommitmentState.PLANNED, []),
        (CommitmentState.OPEN, [CommitmentAction.FINISH, CommitmentAction.DROP]),
        (CommitmentState.DONE, [CommitmentAction.REOPEN]),
        (CommitmentState.DROPPED, []),
        (CommitmentState.CARRIED, []),
    ],
)
def test_each_state_has_its_buttons(
    state: CommitmentState, actions: list[CommitmentAction]
) -> None:
    drawn = promises.buttons(commitment(state=state), T)
    assert [promises.read_value(one["value"]) for one in drawn] == [
        (action, "c0") for action in actions
    ]


@pytest.mark.parametrize("kind", Reminder)
def test_a_message_never_says_what_was_promised(kind: Reminder) -> None:
    for days in (0, 1, -1):
        one = commitment(due_on=TODAY + timedelta(days=days))
        text, blocks = promises.reminder(kind, one, TODAY, T, is_late=True)
        assert "<!channel>" not in f"{text}{blocks}"
        assert check.message(blocks) == []
    text, blocks = promises.follow_up(notes.note(follow_up_on=TODAY), T, is_late=False)
    assert check.message(blocks) == []
    assert "parcel" not in f"{text}{blocks}"


def test_moving_a_follow_up_carries_ids_alone() -> None:
    drawn = promises.move_form("n1", TODAY, T, ids.INBOX)
    assert check.view(drawn, "modal") == []
    assert promises.moved_from(drawn["private_metadata"]) == ("n1", ids.INBOX)


def test_the_search_fits_and_holds_what_was_chosen() -> None:
    found = Found(
        [notes.note(State.CLOSED, skill=NASTY[:40]) for _ in range(A_PAGE)],
        1,
        has_more=True,
        of_words=500,
    )
    sought = Sought(ALICE.id, words=NASTY[:100], skill="Gone from the list", state=State.CLOSED)
    seen = SearchSeen([f"{number} {NASTY[:36]}" for number in range(99)], sought, found)
    drawn = search.search(seen, T, period="two_days", first="2026-03-01", last="2026-03-02")
    assert check.view(drawn, "modal") == []
    assert "<!channel>" not in str(mrkdwn_of(drawn["blocks"]))
    assert "500 newest" in str(drawn)
    assert "private_metadata" not in drawn
    for chosen in (ALICE.id, "Gone from the list", "closed", "two_days", "2026-03-01"):
        assert f"'{chosen}'" in str(drawn)
    assert check.view(search.search(SearchSeen([]), T), "modal") == []
    assert "Nothing found." in str(search.search(SearchSeen([], found=Found()), T))


def test_a_stand_ups_form_fits_with_what_was_promised() -> None:
    promised = [commitment(number) for number in range(90)]
    seen = FormSeen("Floor", (), Draft(), commitments=promised)
    drawn = form.form(seen, "r", T)
    assert check.view(drawn, "modal") == []
    assert "and 84 more" in str(drawn)
    assert "<!channel>" not in str(mrkdwn_of(drawn["blocks"]))
