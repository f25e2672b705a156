"""The table of states, as a truth table, and what any sequence of actions keeps true."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Denied, Stale
from bot.people import Person, system
from bot.rules import escalations as rules
from bot.rules.escalations import (
    NEXT,
    PERMISSIONS,
    Action,
    Decision,
    Escalation,
    EventKind,
    Rating,
    Resolution,
    Returning,
    Rung,
    Solvable,
    State,
    Step,
    Update,
    Wait,
    WaitingOn,
    alarms,
    as_kept,
    check,
    overtaken,
    possible,
)
from bot.rules.severities import Severity
from tests.casebook import DRAFT, OTHER_TEAM, TEAM
from tests.cast import ALICE, BEN, BOB, DAN, MARA, NOON, WORKSPACE

OPEN, CLAIMED, WAITING, RETURNED, RESOLVED, WITHDRAWN, MERGED = State
CLOCK = system(WORKSPACE)
SAME, NO = "same", None

# One row per action, one column per state, in the order above.
TABLE: dict[Action, list[State | str | None]] = {
    Action.CLAIM: [CLAIMED, NO, NO, NO, NO, NO, NO],
    Action.RETURN: [RETURNED, RETURNED, RETURNED, NO, NO, NO, NO],
    Action.RESOLVE: [NO, RESOLVED, RESOLVED, NO, NO, NO, NO],
    Action.REOPEN: [NO, NO, NO, NO, OPEN, OPEN, OPEN],
    Action.RESUBMIT: [NO, NO, NO, OPEN, NO, NO, NO],
    Action.WITHDRAW: [WITHDRAWN, NO, NO, WITHDRAWN, NO, NO, NO],
    Action.WAIT: [NO, WAITING, WAITING, NO, NO, NO, NO],
    Action.RESUME: [NO, NO, CLAIMED, NO, NO, NO, NO],
    Action.UPDATE: [NO, SAME, SAME, NO, NO, NO, NO],
    Action.KEEP: [NO, SAME, NO, NO, NO, NO, NO],
    Action.RELEASE: [NO, OPEN, OPEN, NO, NO, NO, NO],
    Action.ASSIGN: [CLAIMED, SAME, SAME, NO, NO, NO, NO],
    Action.ASK_DEPARTMENT: [NO, WAITING, WAITING, NO, NO, NO, NO],
    Action.CHANGE_SEVERITY: [SAME, SAME, SAME, SAME, NO, NO, NO],
    Action.MOVE: [OPEN, OPEN, OPEN, OPEN, NO, NO, NO],
    Action.MERGE: [MERGED, MERGED, MERGED, MERGED, NO, NO, NO],
    Action.ESCALATE: [SAME, SAME, SAME, SAME, NO, NO, NO],
    Action.DEESCALATE: [SAME, SAME, SAME, SAME, NO, NO, NO],
    Action.FOLLOW: [SAME, SAME, SAME, SAME, SAME, NO, NO],
    Action.NOTE: [SAME, SAME, SAME, SAME, SAME, SAME, NO],
    Action.RATE: [NO, NO, NO, NO, SAME, NO, NO],
}
OUTCOME = Resolution("Bank was slow", Decision.NONE, None, "", Solvable.NO)
RAISED = rules.raised(ALICE, TEAM, DRAFT, number=12, now=NOON)
NEW = RAISED.after
BACK = NOON + timedelta(hours=2)
WAIT = Wait(WaitingOn.CUSTOMER, "They look for the receipt", BACK)
ASKED = replace(WAIT, on=WaitingOn.DEPARTMENT)
RETURNING = Returning("policy", "See page 3")
MORE = replace(DRAFT, tried="More")
UP = Rung(1, 0, BACK)

STEPS: dict[Action, Callable[[Escalation, Person], Step]] = {
    Action.CLAIM: lambda case, by: rules.claimed(case, by, TEAM, now=NOON),
    Action.RETURN: lambda case, by: rules.returned(case, by, TEAM, RETURNING, now=NOON),
    Action.RESOLVE: lambda case, by: rules.resolved(case, by, OUTCOME, now=NOON),
    Action.REOPEN: lambda case, by: rules.reopened(case, by, TEAM, "It came back", now=NOON),
    Action.RESUBMIT: lambda case, by: rules.resubmitted(case, by, TEAM, MORE, now=NOON),
    Action.WITHDRAW: lambda case, by: rules.withdrawn(case, by, now=NOON),
    Action.WAIT: lambda case, by: rules.waited(case, by, WAIT, now=NOON),
    Action.RESUME: lambda case, by: rules.resumed(case, by, TEAM, now=NOON),
    Action.UPDATE: lambda case, by: rules.updated(case, by, TEAM, Update("Fine"), now=NOON),
    Action.KEEP: lambda case, by: rules.kept(case, by, TEAM, now=NOON),
    Action.RELEASE: lambda case, by: rules.released(case, by, TEAM, "Ill", now=NOON),
    Action.ASSIGN: lambda case, by: rules.assigned(case, by, TEAM, BEN.id, "", now=NOON),
    Action.ASK_DEPARTMENT: lambda case, by: rules.waited(
        case, by, ASKED, now=NOON, action=Action.ASK_DEPARTMENT, reason="13"
    ),
    Action.CHANGE_SEVERITY: lambda case, by: rules.severity_changed(
        case, by, TEAM, Severity.CRITICAL, "", now=NOON
    ),
    Action.MOVE: lambda case, by: rules.moved(case, by, OTHER_TEAM, "Theirs", now=NOON),
    Action.MERGE: lambda case, by: rules.merged(case, by, 7, now=NOON),
    Action.ESCALATE: lambda case, by: rules.stepped(case, by, Action.ESCALATE, UP, "", now=NOON),
    Action.DEESCALATE: lambda case, by: rules.stepped(
        case, by, Action.DEESCALATE, UP, "", now=NOON
    ),
    Action.FOLLOW: lambda case, by: rules.followed(case, by, frozenset({by.id}), now=NOON),
    Action.NOTE: lambda case, by: rules.written(case, by, "Seen", now=NOON),
    Action.RATE: lambda case, by: rules.rated(case, by, Rating.HELPED, now=NOON),
}
THE_CLOCKS: list[Callable[[Escalation], Step]] = [
    lambda case: rules.clock_started(case, CLOCK, now=NOON),
    lambda case: rules.claim_warned(case, CLOCK, now=NOON),
    lambda case: rules.found_late(case, CLOCK, now=NOON),
    lambda case: rules.level_told(case, CLOCK, (BOB.id,), Rung(0, 0, BACK), now=NOON),
    lambda case: rules.level_skipped(case, CLOCK, Rung(1, 0, BACK), now=NOON),
    lambda case: rules.update_warned(case, CLOCK, now=NOON),
    lambda case: rules.update_late(case, CLOCK, TEAM, now=NOON),
    lambda case: rules.reminded(case, CLOCK, now=NOON),
    lambda case: rules.promise_warned(case, CLOCK, now=NOON),
    lambda case: rules.promise_late(case, CLOCK, now=NOON),
    lambda case: rules.took_in(case, BOB, NEW, now=NOON),
    lambda case: rules.let_go(case, BOB, 12, [], now=NOON),
    lambda case: rules.answered(case, BOB, TEAM, NEW, is_last=True, now=NOON),
    lambda case: rules.asked_by(case, BOB, BEN.id, now=NOON),
    lambda case: rules.hung_on(case, BOB, NEW, now=NOON),
    lambda case: rules.asker_closed(case, BOB, 7, now=NOON),
]


def act(action: Action, case: Escalation, person: Person) -> Step:
    """What the action makes of the case, whoever may."""
    return STEPS[action](case, person)


def in_state(state: State) -> Escalation:
    ways: dict[State, list[tuple[Action, Person]]] = {
        OPEN: [],
        CLAIMED: [(Action.CLAIM, BOB)],
        WAITING: [(Action.CLAIM, BOB), (Action.WAIT, BOB)],
        RETURNED: [(Action.RETURN, BOB)],
        RESOLVED: [(Action.CLAIM, BOB), (Action.RESOLVE, BOB)],
        WITHDRAWN: [(Action.WITHDRAW, ALICE)],
        MERGED: [(Action.MERGE, BOB)],
    }
    case = NEW
    for action, person in ways[state]:
        case = act(action, case, person).after
    return case


def who_may(action: Action) -> Person:
    if action in {Action.RESUBMIT, Action.WITHDRAW, Action.RATE}:
        return ALICE
    return BOB if action in {Action.KEEP, Action.RELEASE} else MARA


@pytest.mark.parametrize(("state", "action"), list(product(State, Action)))
def test_the_table(state: State, action: Action) -> None:
    row = TABLE[action][list(State).index(state)]
    expected = state if row == SAME else row
    assert NEXT.get((state, action)) is expected
    case, person = in_state(state), who_may(action)
    assert case.state is state
    if expected is not None:
        check(action, person, case, now=NOON)
        assert act(action, case, person).after.state is expected
    elif not (action in {Action.KEEP, Action.RELEASE} and case.owner_id is None):
        with pytest.raises(Stale):
            check(action, person, case, now=NOON)


@pytest.mark.parametrize(("state", "action"), list(product(State, Action)))
def test_a_stranger_is_denied_whatever_the_state(state: State, action: Action) -> None:
    with pytest.raises(Denied):
        check(action, DAN, in_state(state), now=NOON)
    assert possible(DAN, in_state(state)) == []


def test_what_is_possible_is_what_is_drawn() -> None:
    def among(person: Person, state: State, *actions: Action) -> list[Action]:
        return [one for one in possible(person, in_state(state)) if one in actions]

    first = (Action.CLAIM, Action.RETURN, Action.RESOLVE, Action.WITHDRAW, Action.RESUBMIT)
    assert among(BOB, OPEN, *first) == [Action.CLAIM, Action.RETURN]
    assert among(ALICE, OPEN, *first) == [Action.WITHDRAW]
    assert among(BEN, CLAIMED, *first) == [Action.RETURN, Action.RESOLVE]
    assert among(BEN, CLAIMED, Action.KEEP, Action.RELEASE) == []
    assert set(among(BOB, CLAIMED, Action.KEEP, Action.RELEASE)) == {Action.KEEP, Action.RELEASE}
    assert among(ALICE, RETURNED, *first) == [Action.RESUBMIT, Action.WITHDRAW]
    assert among(ALICE, RESOLVED, Action.REOPEN, Action.RATE) == [Action.REOPEN, Action.RATE]


def test_who_was_called_may_claim_and_a_follower_may_look() -> None:
    called = rules.level_told(NEW, CLOCK, (DAN.id,), Rung(0, 0, None), now=NOON).after
    assert Action.CLAIM in possible(DAN, called)
    followed = rules.followed(NEW, BOB, frozenset({DAN.id}), now=NOON).after
    assert set(possible(DAN, followed)) == {Action.FOLLOW, Action.NOTE}
    moved = act(Action.MOVE, called, BOB).after
    assert Action.CLAIM not in possible(DAN, replace(moved, team_id="team-third"))


@pytest.mark.parametrize("state", list(State))
def test_every_refusal_names_the_case(state: State) -> None:
    for action in Action:
        assert "#12" in str(overtaken(action, BEN, in_state(state), now=NOON))


def test_every_action_has_a_permission() -> None:
    assert set(PERMISSIONS) == set(Action)


def test_late_is_a_line_and_not_a_state() -> None:
    later = NOON + timedelta(minutes=30)
    step = rules.found_late(NEW, CLOCK, now=later)
    assert (step.after.state, step.after.claim_late_at) == (OPEN, later)
    assert (step.event.old, step.event.new) == (OPEN, OPEN)


PEOPLE = st.sampled_from([ALICE, BOB, BEN, MARA, DAN])
DEEDS = st.one_of(
    st.tuples(st.sampled_from(Action), PEOPLE), st.tuples(st.sampled_from(THE_CLOCKS), PEOPLE)
)


@given(st.lists(DEEDS, max_size=40))
def test_any_sequence_keeps_one_owner_and_a_timeline_that_replays(
    tried: list[tuple[Action | Callable[[Escalation], Step], Person]],
) -> None:
    events, case = [RAISED.event], NEW
    for deed, person in tried:
        if isinstance(deed, Action):
            try:
                check(deed, person, case, now=NOON)
            except (Denied, Stale):
                continue
            step = act(deed, case, person)
        elif case.is_unfinished:
            step = deed(case)
        else:
            continue
        events.append(step.event)
        case = step.after
        assert (case.owner_id is not None) is (case.state in {CLAIMED, WAITING})
        assert (case.resolution is not None) is (case.state is RESOLVED)
        assert (case.closed_by is not None) is (case.state in {RESOLVED, WITHDRAWN, MERGED})
        assert (case.waiting_until is not None) is (case.state is WAITING)
        assert case.state is not OPEN or case.step_at
        assert bool(alarms(case)) or not case.is_unfinished
    assert [one.version for one in events] == list(range(1, len(events) + 1))
    assert case.version == len(events)
    assert [one.new for one in events[:-1]] == [one.old for one in events[1:]]
    assert case.reopened_count == [one.kind for one in events].count(EventKind.REOPENED)
    assert rules.replayed(as_kept(NEW), events) == as_kept(case)
