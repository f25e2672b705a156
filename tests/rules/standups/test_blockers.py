"""Blockers: who may do what in which state, what counts as the same one, and how an answer becomes several."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Denied, FormProblems, Stale
from bot.people import Person
from bot.rules.escalations import Escalation, State, raised
from bot.rules.standups import Blocker, BlockerAction, BlockerState, Standing
from bot.rules.standups import blockers as rules
from bot.rules.standups.blockers import BLOCKER_LIMIT, Clicked, clicked
from tests.casebook import DRAFT, TEAM
from tests.cast import ADA, ALICE, BEN, BILLING, BOB, CHARLIE, MARA, NOON, OLGA, STRANGER, WORKSPACE

TAKE, GIVE_BACK, ESCALATE, SOLVE = BlockerAction
OPEN = Blocker(WORKSPACE, "b1", BILLING, "r1", ALICE.id, "No access", NOON, NOON)
TAKEN = replace(OPEN, taken_by=BEN.id)
ESCALATED = replace(OPEN, state=BlockerState.ESCALATED, case_number=1)
SOLVED = rules.solved(OPEN, BEN.id, "Access is back", now=NOON)


def case(state: State) -> Escalation:
    return replace(raised(ALICE, TEAM, DRAFT, number=1, now=NOON).after, state=state)


IN_WORK = Standing(ESCALATED, case(State.CLAIMED))
WITHDRAWN = Standing(ESCALATED, case(State.WITHDRAWN))
RESOLVED = Standing(ESCALATED, case(State.RESOLVED))

MAY = [
    # open: the team takes and escalates it, who is blocked and who leads solves it
    (Standing(OPEN), ALICE, {TAKE, ESCALATE, SOLVE}),
    (Standing(OPEN), BEN, {TAKE, ESCALATE, SOLVE}),
    (Standing(OPEN), MARA, {TAKE, ESCALATE, SOLVE}),
    # taken: who has it, and who leads, gives it back
    (Standing(TAKEN), ALICE, {ESCALATE, SOLVE}),
    (Standing(TAKEN), BEN, {GIVE_BACK, ESCALATE, SOLVE}),
    (Standing(TAKEN), BOB, {GIVE_BACK, ESCALATE, SOLVE}),
    # escalated: the case has its own ways; only whether it still stands can be said
    (IN_WORK, ALICE, {SOLVE}),
    (IN_WORK, BOB, {SOLVE}),
    (WITHDRAWN, BOB, {TAKE, ESCALATE, SOLVE}),
    # over
    (RESOLVED, BOB, set()),
    (Standing(SOLVED), BOB, set()),
    (Standing(SOLVED), ALICE, set()),
    # those who only read, and those who have nothing to do with it
    *((Standing(OPEN), one, set()) for one in (OLGA, CHARLIE, ADA, STRANGER)),
]


@pytest.mark.parametrize(("standing", "person", "actions"), MAY)
def test_who_may_do_what(standing: Standing, person: Person, actions: set[BlockerAction]) -> None:
    assert set(rules.possible(person, standing)) == actions


def test_a_teammate_who_is_not_blocked_cannot_call_it_solved() -> None:
    mate = replace(ALICE, id="U0MATE")
    assert set(rules.possible(mate, Standing(OPEN))) == {TAKE, ESCALATE}
    assert SOLVE in rules.possible(mate, Standing(replace(OPEN, taken_by=mate.id)))
    with pytest.raises(Denied, match="Only who is blocked"):
        rules.check(SOLVE, mate, Standing(OPEN))
    with pytest.raises(Denied, match="Only who looks after it"):
        rules.check(GIVE_BACK, mate, Standing(TAKEN))


@pytest.mark.parametrize(
    ("action", "standing", "person", "why"),
    [
        (TAKE, Standing(TAKEN), BOB, "<@U0BEN> looks after this already"),
        (TAKE, Standing(TAKEN), BEN, "You look after this already"),
        (TAKE, IN_WORK, BOB, "escalation #1 now"),
        (ESCALATE, IN_WORK, BOB, "escalation #1 now"),
        (GIVE_BACK, Standing(OPEN), BOB, "Nobody looks after this"),
        (SOLVE, Standing(SOLVED), BOB, "<@U0BEN> has solved this already"),
        (SOLVE, RESOLVED, BOB, "#1, which is resolved"),
    ],
)
def test_who_comes_too_late_is_told_why(
    action: BlockerAction, standing: Standing, person: Person, why: str
) -> None:
    with pytest.raises(Stale, match=why):
        rules.check(action, person, standing)


@pytest.mark.parametrize("typed", ["", "  ", "ok", "...", "1 2", "x" * 501])
def test_a_blocker_is_closed_with_a_word(typed: str) -> None:
    with pytest.raises(FormProblems) as refused:
        rules.checked_word(typed)
    assert set(refused.value.problems) == {"word"}


def test_a_word_is_kept_as_it_can_be() -> None:
    assert rules.checked_word("  έγινε\x00 ") == "έγινε"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ([], []),
        (["", "  \n "], []),
        (["No access\nVPN is slow"], ["No access", "VPN is slow"]),
        (["No access", "no  ACCESS"], ["No access"]),
        (list("abcdef"), ["a", "b", "c", "d", "e; f"]),
        (["x" * 600], ["x" * 499 + "…"]),
    ],
)
def test_an_answer_becomes_blockers(words: list[str], kept: list[str]) -> None:
    found = rules.lines(words)
    assert found == kept
    assert all(len(one) <= BLOCKER_LIMIT for one in found)


def test_its_age_is_counted_in_nights_of_the_team() -> None:
    late = replace(OPEN, raised_at=NOON.replace(hour=23))  # in Berlin it is tomorrow already
    assert rules.age_days(late, NOON + timedelta(days=1), "Europe/Berlin") == 0
    assert rules.age_days(late, NOON + timedelta(days=1), "UTC") == 1
    assert rules.age_days(OPEN, NOON - timedelta(days=1), "UTC") == 0


def test_the_case_that_it_would_become_says_what_was_said() -> None:
    short = rules.drafted(replace(OPEN, words="No access to #48213"))
    assert (short.summary, short.ticket, short.tried) == ("No access to #48213", "#48213", "")
    long = rules.drafted(replace(OPEN, words="w" * 400))
    assert len(long.summary) == 150
    assert long.tried == "w" * 400


def test_what_was_solved_by_an_answer_can_stand_again_by_an_answer() -> None:
    answered = rules.solved(OPEN, ALICE.id, "", now=NOON)
    assert rules.was_solved_by_answer(answered)
    assert not rules.was_solved_by_answer(SOLVED)
    assert rules.stands_again(answered, now=NOON) == OPEN
    again = rules.stands_again(replace(answered, case_number=1), now=NOON)
    assert again.state is BlockerState.ESCALATED


def test_what_a_button_carries_comes_back() -> None:
    for one in (Clicked("b1"), Clicked("b1", "r1")):
        assert clicked(one.packed()) == one
