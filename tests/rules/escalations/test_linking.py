"""Cases that hang together, as truth tables: what an answer does, what may take a case in, what comes back of a merge."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules import escalations as rules
from bot.rules.escalations import (
    Asking,
    Decision,
    Draft,
    Escalation,
    EventKind,
    Resolution,
    Solvable,
    State,
    Wait,
    WaitingOn,
)
from tests.casebook import DRAFT, OTHER_TEAM, TEAM
from tests.cast import ALICE, BEN, BILLING, BOB, CHARLIE, NOON, SHIPPING

BACK = NOON + timedelta(hours=2)
OPEN = rules.raised(ALICE, TEAM, DRAFT, number=1, now=NOON).after
CLAIMED = rules.claimed(OPEN, BOB, TEAM, now=NOON).after
OUTCOME = Resolution("It lay in the depot", Decision.NONE, None, "", Solvable.NO)
ASKED = rules.raised(CHARLIE, OTHER_TEAM, DRAFT, number=2, now=NOON, parent_id=1)
ANSWERED = rules.resolved(
    rules.claimed(ASKED.after, CHARLIE, OTHER_TEAM, now=NOON).after, CHARLIE, OUTCOME, now=NOON
).after
WITHDRAWN = rules.withdrawn(ASKED.after, BOB, now=NOON).after


def waiting(on: WaitingOn) -> Escalation:
    return rules.waited(CLAIMED, BOB, Wait(on, "They look", BACK), now=NOON).after


@pytest.mark.parametrize(
    ("before", "is_last", "state"),
    [
        (waiting(WaitingOn.DEPARTMENT), True, State.CLAIMED),
        (waiting(WaitingOn.DEPARTMENT), False, State.WAITING),
        (waiting(WaitingOn.CUSTOMER), True, State.WAITING),
        (waiting(WaitingOn.THIRD_PARTY), True, State.WAITING),
        (CLAIMED, True, State.CLAIMED),
        (OPEN, True, State.OPEN),
    ],
)
def test_what_an_answer_does(before: Escalation, *, is_last: bool, state: State) -> None:
    step = rules.answered(before, CHARLIE, TEAM, ANSWERED, is_last=is_last, now=NOON)
    assert (step.after.state, step.after.owner_id) == (state, before.owner_id)
    assert (step.event.kind, step.event.reason) == (EventKind.DEPARTMENT_ANSWERED, "2")
    assert step.event.why == "It lay in the depot"
    woke = before.state is State.WAITING and state is State.CLAIMED
    assert (step.after.waiting_until is None) is (woke or before.state is not State.WAITING)
    assert bool(step.after.update_due_at) is (state is State.CLAIMED)


def test_what_was_withdrawn_says_nothing_and_still_wakes() -> None:
    before = waiting(WaitingOn.DEPARTMENT)
    step = rules.answered(before, BOB, TEAM, WITHDRAWN, is_last=True, now=NOON)
    assert (step.after.state, step.event.why) == (State.CLAIMED, "")


def test_the_owner_asks_whoever_fills_in_the_form() -> None:
    step = rules.asked(ASKED, BOB.id, "Where is it?")
    assert (step.after.raised_by, step.event.by) == (BOB.id, CHARLIE.id)
    assert (step.event.kind, step.event.why) == (EventKind.RAISED, "Where is it?")


SEVEN = replace(CLAIMED, id=7)


@pytest.mark.parametrize(
    ("into", "above", "wrong"),
    [
        (SEVEN, [], ""),
        (SEVEN, [3, 4], ""),
        (replace(SEVEN, id=1), [], "the case itself"),
        (replace(SEVEN, state=State.RESOLVED), [], "#7 is closed"),
        (replace(SEVEN, state=State.WITHDRAWN), [], "#7 is closed"),
        (replace(SEVEN, state=State.MERGED), [], "#7 is closed"),
        (SEVEN, [1], "stay two cases"),
        (SEVEN, [3, 7], "stay two cases"),
    ],
)
def test_what_may_take_a_case_in(into: Escalation, above: list[int], wrong: str) -> None:
    found = rules.problems_of_merge(CLAIMED, into, above)
    assert set(found) == ({"into"} if wrong else set())
    assert wrong in "".join(map(str, found.values()))


def test_who_came_along_with_a_merge_goes_with_it() -> None:
    follows = rules.followed(SEVEN, BEN, frozenset({BEN.id}), now=NOON).after
    merged = rules.merged(CLAIMED, BOB, 7, now=NOON).after
    took = rules.took_in(follows, BOB, merged, now=NOON)
    assert took.after.followers == {BEN.id}, "Alice raised both, and hears of both anyway"
    other = rules.took_in(follows, BOB, replace(merged, raised_by=CHARLIE.id), now=NOON)
    assert other.after.followers == {BEN.id, CHARLIE.id}
    events = [took.event, replace(other.event, reason="5")]
    assert rules.merged_numbers(events) == [1, 5]
    gone = rules.let_go(other.after, BOB, 5, events, now=NOON)
    assert gone.after.followers == {BEN.id}
    assert rules.merged_numbers([*events, gone.event]) == [1]
    nobody = rules.let_go(other.after, BOB, 99, events, now=NOON)
    assert nobody.after.followers == other.after.followers


def test_the_timeline_says_on_which_cases_one_has_hung() -> None:
    first = rules.hung_on(ASKED.after, BOB, SEVEN, now=NOON)
    assert (first.after.parent_id, first.after.raised_by) == (7, BOB.id)
    second = rules.hung_on(first.after, BOB, replace(OPEN, id=9), now=NOON)
    assert second.after.raised_by == BOB.id, "without an owner, the same goes on asking"
    assert rules.hung_before([first.event, second.event]) == {1, 7}


def test_what_another_department_is_offered_to_read() -> None:
    full = replace(DRAFT, source="https://example.slack.com/p1", promise_by=BACK)
    case = replace(CLAIMED, draft=full)
    assert rules.drafted(case, now=NOON) == replace(full, source="")
    assert rules.drafted(case, now=BACK).promise_by is None


GOOD = Asking(SHIPPING, "Where is it?", BACK, DRAFT)


@pytest.mark.parametrize(
    ("asking", "fields"),
    [
        (GOOD, set()),
        (replace(GOOD, team_id=""), {"team"}),
        (replace(GOOD, team_id=BILLING), {"team"}),
        (replace(GOOD, question=" ? "), {"question"}),
        (replace(GOOD, question="?" * 1001), {"question"}),
        (replace(GOOD, until=None), {"until"}),
        (replace(GOOD, until=NOON), {"until"}),
        (replace(GOOD, draft=replace(DRAFT, ticket="")), {"ticket"}),
        (
            Asking(draft=Draft()),
            {"team", "question", "until", "summary", "ticket", "severity", "category", "tried"}
            | {"need"},
        ),
    ],
)
def test_what_is_wrong_with_asking(asking: Asking, fields: set[str]) -> None:
    assert set(rules.problems_of_asking(asking.cleaned(), CLAIMED, now=NOON)) == fields
