"""The permission table, tried with every role against every permission, and stated here a second time."""

from dataclasses import dataclass, replace

import pytest

from bot.errors import Denied
from bot.people import Person, system
from bot.permissions import ALLOWED, Permission, check_may, may
from tests import cast

P = Permission


CALLED = replace(cast.NOBODY, id="U0CALLED")  # a policy has told them
FOLLOWER = replace(cast.NOBODY, id="U0FOLLOWS")


@dataclass(frozen=True)
class Case:
    """An escalation of Billing that Alice raised and Ben owns; as a thing it is only these four."""

    workspace_id: str = cast.WORKSPACE
    team_id: str = cast.BILLING
    raised_by: str = cast.ALICE.id
    owner_id: str | None = cast.BEN.id
    called: frozenset[str] = frozenset({CALLED.id})
    followers: frozenset[str] = frozenset({FOLLOWER.id})


PEOPLE = {
    "reporter": cast.ALICE,
    "lead": cast.BOB,
    "owner": cast.BEN,
    "manager": cast.MARA,
    "observer": cast.OLGA,
    "other lead": cast.CHARLIE,
    "other agent": cast.DAN,
    "admin": cast.ADA,
    "nobody": cast.NOBODY,
    "called": CALLED,
    "follower": FOLLOWER,
    "stranger": cast.STRANGER,
    "clock": system(cast.WORKSPACE),
}
HERE = set(PEOPLE) - {"stranger"}
OURS = {"lead", "owner", "manager"}

# Who may, in words that do not look at the table.
EXPECTED: dict[Permission, set[str]] = {
    P.WORKSPACE_SET_UP: {"admin"},
    P.ROSTER_IMPORT: {"admin", "clock"},
    P.SLACK_FOLLOW: {"clock"},
    P.TEAM_EDIT: {"admin", "manager"},
    P.CLOCKS_SET: {"admin"} | OURS,
    P.TEAM_SEE: {"admin", "reporter", "observer"} | OURS,
    P.ESCALATION_RAISE: HERE,
    P.ESCALATION_SEE: {"admin", "reporter", "observer", "called", "follower"} | OURS,
    P.ESCALATION_CLAIM: {"called"} | OURS,
    P.ESCALATION_RETURN: OURS,
    P.ESCALATION_RESOLVE: OURS,
    P.ESCALATION_REOPEN: {"reporter"} | OURS,
    P.ESCALATION_RESUBMIT: {"reporter"},
    P.ESCALATION_WITHDRAW: {"reporter"},
    P.ESCALATION_WORK: OURS,
    P.ESCALATION_MOVE: OURS,
    P.ESCALATION_KEEP: {"owner"},
    P.ESCALATION_ESCALATE: {"reporter"} | OURS,
    P.ESCALATION_NOTE: {"reporter", "called", "follower"} | OURS,
    P.ESCALATION_RATE: {"reporter"},
    P.ESCALATION_REPORT: {"admin", "observer"} | OURS,
    # As a handover, the case is one that Alice offers and Ben is asked about.
    P.HANDOVER_OFFER: {"owner"},
    P.HANDOVER_RECEIVE: OURS,
    P.HANDOVER_ANSWER: {"owner"},
    P.HANDOVER_WITHDRAW: {"reporter"},
    P.HANDOVER_SEE: OURS,
    P.SHIFT_SEE: {"admin", "reporter", "observer"} | OURS,
    P.SHIFT_SET: {"admin"} | OURS,
    P.SHIFT_IMPORT: {"admin", "clock"},
    P.POLICY_SEE: {"admin", "reporter", "observer"} | OURS,
    P.POLICY_SET: {"admin"} | OURS,
    P.ABSENCE_SET: {"owner", "lead"},
    P.ABSENCE_READ: {"owner", "lead"},
    P.COVER_ASK: {"admin"} | OURS,
    P.COVER_READ: {"owner", "lead"},
    P.COVER_TAKE: {"reporter"} | OURS,
    P.COVER_CANCEL: {"admin"} | OURS,
    P.COVER_ARRANGE: {"admin"} | OURS,
    P.STANDUP_SEE: {"reporter", "observer"} | OURS,
    P.STANDUP_ANSWER: {"reporter"} | OURS,
    P.STANDUP_SET: {"admin"} | OURS,
    P.STANDUP_LEAD: OURS,
    # As a blocker, the case is what stands in Alice's way and Ben looks after.
    P.BLOCKER_TAKE: {"reporter"} | OURS,
    P.BLOCKER_CLOSE: {"reporter"} | OURS,
    P.SHIFT_NOTE_CONFIRM: {"reporter"} | OURS,
    # As a coaching note, the case is one that Alice wrote about Ben; she leads nobody. tests/services/coaching/matrix tries the rest.
    P.COACHING_WRITE: set(),
    P.COACHING_SEE: {"reporter"},
    P.COACHING_EDIT: set(),
    P.COACHING_DISCARD: {"reporter"},
    P.COACHING_ADD: set(),
    P.COACHING_ANSWER: set(),
    P.COACHING_DECIDE: set(),
    P.COACHING_CLOSE: set(),
    P.COACHING_EXPORT: set(),
    P.COACHING_SET: {"admin"} | OURS,
    P.COMMITMENT_SETTLE: set(),
    P.KUDOS_GIVE: HERE,
    P.KUDOS_UNDO: {"reporter"},
    P.KUDOS_SEE: {"reporter"},
    P.KUDOS_LEAD: OURS,
    P.KUDOS_FLAGS: {"manager"},
    P.KUDOS_SET: {"admin"} | OURS,
    P.METRICS_SEE: {"admin", "reporter", "observer"} | OURS,
    P.METRICS_SEE_PERSON: {"owner"},
    P.METRICS_LEAD: OURS,
    P.METRICS_SET: {"admin"} | OURS,
    P.METRICS_DEFINE: {"admin", "other lead"} | OURS,
    P.METRICS_REDEFINE: {"admin", "owner"},
    P.METRICS_IMPORT: {"admin", "clock"} | OURS,
    P.METRICS_UNDO: {"admin", "owner", "manager", "clock"},
    P.METRICS_TOKENS: {"admin"},
    P.CLOCK_RUN: {"clock"},
}


def test_every_permission_is_stated_here_too() -> None:
    assert set(EXPECTED) == set(ALLOWED) == set(Permission)


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("who", list(PEOPLE))
def test_the_table(permission: Permission, who: str) -> None:
    assert may(PEOPLE[who], permission, Case()) is (who in EXPECTED[permission])


@pytest.mark.parametrize("permission", list(Permission))
def test_nothing_is_allowed_across_workspaces(permission: Permission) -> None:
    elsewhere = Case(workspace_id=cast.OTHER_WORKSPACE)
    assert not any(
        may(person, permission, elsewhere) for name, person in PEOPLE.items() if name != "stranger"
    )


def test_a_refusal_says_who_may() -> None:
    with pytest.raises(Denied, match="Only a lead"):
        check_may(cast.DAN, P.ESCALATION_CLAIM, Case(), "Only a lead of this team can claim it.")
    check_may(cast.BOB, P.ESCALATION_CLAIM, Case(), "Only a lead of this team can claim it.")


def test_roles_count_in_their_own_team_only() -> None:
    both = Person(cast.WORKSPACE, "U0BOTH", roles={**cast.DAN.roles, **cast.BOB.roles})
    assert may(both, P.ESCALATION_CLAIM, Case())
    assert not may(both, P.ESCALATION_CLAIM, Case(team_id=cast.SHIPPING))
