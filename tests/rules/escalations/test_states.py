"""The table of states, as a truth table, and what any sequence of actions keeps true."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Denied, Stale
from bot.people import Person
from bot.rules.escalations import (
    NEXT,
    PERMISSIONS,
    Action,
    Decision,
    Escalation,
    EventKind,
    Resolution,
    ReturnReason,
    Solvable,
    State,
    Step,
    check,
    claimed,
    found_late,
    overtaken,
    possible,
    raised,
    reopened,
    resolved,
    resubmitted,
    returned,
    withdrawn,
)
from tests.casebook import DRAFT, TEAM
from tests.cast import ALICE, BEN, BOB, DAN, MARA, NOON

OPEN, CLAIMED, RETURNED, RESOLVED, WITHDRAWN = State
CLAIM, RETURN, RESOLVE, REOPEN, RESUBMIT, WITHDRAW = Action
NO = None

# One row per state, one column per action, in the order above.
TABLE = {
    OPEN: [CLAIMED, RETURNED, NO, NO, NO, WITHDRAWN],
    CLAIMED: [NO, RETURNED, RESOLVED, NO, NO, NO],
    RETURNED: [NO, NO, NO, NO, OPEN, WITHDRAWN],
    RESOLVED: [NO, NO, NO, OPEN, NO, NO],
    WITHDRAWN: [NO, NO, NO, OPEN, NO, NO],
}
OUTCOME = Resolution("Bank was slow", Decision.NONE, None, "", Solvable.NO)
NEW = raised(ALICE, TEAM, DRAFT, number=12, now=NOON).after


def act(action: Action, case: Escalation, person: Person) -> Step:
    """What the action makes of the case, whoever may."""
    steps = {
        CLAIM: lambda: claimed(case, person, now=NOON),
        RETURN: lambda: returned(case, person, ReturnReason.POLICY, "See page 3", now=NOON),
        RESOLVE: lambda: resolved(case, person, OUTCOME, now=NOON),
        REOPEN: lambda: reopened(case, person, TEAM, "It came back", now=NOON),
        RESUBMIT: lambda: resubmitted(case, person, TEAM, replace(DRAFT, tried="More"), now=NOON),
        WITHDRAW: lambda: withdrawn(case, person, now=NOON),
    }
    return steps[action]()


def in_state(state: State) -> Escalation:
    ways = {
        OPEN: [],
        CLAIMED: [(CLAIM, BOB)],
        RETURNED: [(RETURN, BOB)],
        RESOLVED: [(CLAIM, BOB), (RESOLVE, BOB)],
        WITHDRAWN: [(WITHDRAW, ALICE)],
    }
    case = NEW
    for action, person in ways[state]:
        case = act(action, case, person).after
    return case


@pytest.mark.parametrize(("state", "action"), list(product(State, Action)))
def test_the_table(state: State, action: Action) -> None:
    expected = TABLE[state][list(Action).index(action)]
    assert NEXT.get((state, action)) is expected
    case = in_state(state)
    assert case.state is state
    person = ALICE if action in {RESUBMIT, WITHDRAW} else MARA
    if expected is None:
        with pytest.raises(Stale):
            check(action, person, case, now=NOON)
    else:
        check(action, person, case, now=NOON)
        assert act(action, case, person).after.state is expected


@pytest.mark.parametrize(("state", "action"), list(product(State, Action)))
def test_a_stranger_is_denied_whatever_the_state(state: State, action: Action) -> None:
    with pytest.raises(Denied):
        check(action, DAN, in_state(state), now=NOON)
    assert possible(DAN, in_state(state)) == []


def test_what_is_possible_is_what_is_drawn() -> None:
    assert possible(BOB, in_state(OPEN)) == [CLAIM, RETURN]
    assert possible(ALICE, in_state(OPEN)) == [WITHDRAW]
    assert possible(BEN, in_state(CLAIMED)) == [RETURN, RESOLVE]
    assert possible(ALICE, in_state(RETURNED)) == [RESUBMIT, WITHDRAW]
    assert possible(ALICE, in_state(RESOLVED)) == [REOPEN]


@pytest.mark.parametrize("state", list(State))
def test_every_refusal_names_the_case(state: State) -> None:
    for action in Action:
        assert "#12" in str(overtaken(action, BEN, in_state(state), now=NOON))


def test_every_action_has_a_permission() -> None:
    assert set(PERMISSIONS) == set(Action)


def test_late_is_a_line_and_not_a_state() -> None:
    later = NOON + timedelta(minutes=30)
    step = found_late(NEW, BOB, now=later)
    assert (step.after.state, step.after.claim_late_at) == (OPEN, later)
    assert (step.event.old, step.event.new) == (OPEN, OPEN)


PEOPLE = st.sampled_from([ALICE, BOB, BEN, MARA, DAN])


@given(st.lists(st.tuples(st.sampled_from(Action), PEOPLE), max_size=40))
def test_any_sequence_keeps_one_owner_and_an_unbroken_timeline(
    tried: list[tuple[Action, Person]],
) -> None:
    step = raised(ALICE, TEAM, DRAFT, number=12, now=NOON)
    events, case = [step.event], step.after
    for action, person in tried:
        try:
            check(action, person, case, now=NOON)
        except (Denied, Stale):
            continue
        step = act(action, case, person)
        events.append(step.event)
        case = step.after
        assert (case.owner_id is not None) is (case.state is CLAIMED)
        assert (case.resolution is not None) is (case.state is RESOLVED)
        assert (case.closed_by is not None) is (case.state in {RESOLVED, WITHDRAWN})
        assert (case.return_reason is not None) or case.state is not RETURNED
    assert [one.version for one in events] == list(range(1, len(events) + 1))
    assert case.version == len(events)
    assert [one.new for one in events[:-1]] == [one.old for one in events[1:]]
    assert case.reopened_count == [one.kind for one in events].count(EventKind.REOPENED)
