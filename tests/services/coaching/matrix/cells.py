"""Everybody who could ask, and every note they could ask about: the same in the words of the promise and as they are kept."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product

from bot.people import Person, Role, system
from bot.rules.coaching import Note, State, Visibility
from tests import notes
from tests.cast import BILLING, OTHER_WORKSPACE, SHIPPING, WORKSPACE
from tests.services.coaching.matrix.rules import About, Who

SERVICE, HOUSE = "team-service", "team-house"  # the departments above Billing
AUTHOR, AGENT, DECIDER, ANYBODY = "U0AUTHOR", "U0AGENT", "U0DECIDER", "U0ANYBODY"
RELATIONS = (AUTHOR, AGENT, DECIDER, ANYBODY)
ROLES = [frozenset(some) for size in range(5) for some in combinations(Role, size)]
ALL = frozenset(Role)
MANAGER = frozenset({Role.MANAGER})
NONE: frozenset[Role] = frozenset()
ELSEWHERE: Mapping[str, Mapping[str, frozenset[Role]]] = {
    "nowhere else": {},
    "managing the department": {SERVICE: MANAGER},
    "managing the whole house": {HOUSE: MANAGER},
    "working in the department": {SERVICE: ALL - MANAGER},
    "everything in another team": {SHIPPING: ALL},
}
ABOUTS = tuple(
    About(visibility, state)
    for visibility, state in product(Visibility, State)
    # A private note stays a draft for as long as it lives.
    if visibility is not Visibility.PRIVATE or state is State.DRAFT
)


def everybody() -> Iterator[tuple[Who, Person]]:
    """Any roles in the team, something or nothing in other teams, admin or not, and what they are to the note."""
    for roles, elsewhere, is_admin, slack_id in product(
        ROLES, ELSEWHERE.values(), (False, True), RELATIONS
    ):
        above = elsewhere.get(SERVICE, NONE) | elsewhere.get(HOUSE, NONE)
        who = Who(
            is_admin=is_admin,
            roles=roles,
            above=above,
            is_author=slack_id == AUTHOR,
            is_agent=slack_id == AGENT,
            is_decider=slack_id == DECIDER,
        )
        held = {BILLING: roles, **elsewhere}
        yield who, Person(WORKSPACE, slack_id, is_admin=is_admin, roles=held)
    yield Who(is_clock=True), system(WORKSPACE)


def strangers() -> Iterator[tuple[Who, Person]]:
    """The same ids, with everything that could help them, in another workspace."""
    for slack_id in RELATIONS:
        who = Who(
            is_here=False,
            is_admin=True,
            roles=ALL,
            above=ALL,
            is_author=slack_id == AUTHOR,
            is_agent=slack_id == AGENT,
            is_decider=slack_id == DECIDER,
        )
        roles = dict.fromkeys((BILLING, SERVICE, HOUSE, SHIPPING), ALL)
        yield who, Person(OTHER_WORKSPACE, slack_id, is_admin=True, roles=roles)


def as_kept(about: About) -> Note:
    """The note, in Billing, which Service stands above, which House stands above."""
    disputed = about.state in {State.DISPUTED, State.DECIDED, State.CLOSED}
    made = notes.note(
        about.state, visibility=about.visibility, author_id=AUTHOR, agent_id=AGENT, id="N1"
    )
    return replace(made, chain=(BILLING, SERVICE, HOUSE), decider_id=DECIDER if disputed else None)
