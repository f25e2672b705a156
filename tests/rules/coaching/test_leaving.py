"""What ends when somebody leaves: a truth table of who has gone and what was still waited for."""

import pytest

from bot.rules.coaching import Promiser
from bot.rules.coaching.leaving import Ends, Unfinished, ends

BOTH = frozenset(Promiser)
LEAD = frozenset({Promiser.LEAD})
NONE: frozenset[Promiser] = frozenset()


def one(
    open_of: frozenset[Promiser] = BOTH,
    *told_of: str,
    is_shared: bool = True,
    is_followed_up_later: bool = True,
) -> Unfinished:
    return Unfinished(
        "note",
        "team",
        "bob",
        "alice",
        is_shared,
        is_followed_up_later=is_followed_up_later,
        open_of=open_of,
        told_of=frozenset(told_of),
    )


@pytest.mark.parametrize(
    ("unfinished", "leads", "is_here", "expected"),
    [
        (one(), True, True, Ends()),
        (one(), False, True, Ends("bob", LEAD, follow_up=True)),
        (one(), True, False, Ends("alice", BOTH, follow_up=True)),
        (one(), False, False, Ends("alice", BOTH, follow_up=True)),
        (one(frozenset({Promiser.AGENT})), False, True, Ends("bob", NONE, follow_up=True)),
        (one(LEAD), True, False, Ends("alice", LEAD, follow_up=True)),
        (one(BOTH, "bob"), False, True, Ends("", LEAD, follow_up=True)),
        (one(BOTH, "bob"), True, False, Ends("alice", BOTH, follow_up=True)),
        (one(NONE, "bob", is_followed_up_later=False), False, True, Ends()),
        (one(NONE, is_followed_up_later=False), False, True, Ends("bob")),
        (one(NONE, is_shared=False), False, True, Ends("", NONE, follow_up=True)),
        (one(NONE, is_shared=False), True, False, Ends("", NONE, follow_up=True)),
        (one(NONE, is_shared=False, is_followed_up_later=False), False, True, Ends()),
    ],
)
def test_what_ends(unfinished: Unfinished, *, leads: bool, is_here: bool, expected: Ends) -> None:
    found = ends(unfinished, leads=leads, is_here=is_here)
    assert found == expected
    assert bool(found) is (expected != Ends())
