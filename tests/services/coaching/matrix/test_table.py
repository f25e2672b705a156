"""The permission table with the states of a note, cell by cell against the promise: tens of thousands of them."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from bot.people import Person, Role
from bot.permissions import ALLOWED, Permission, may
from bot.rules.coaching import Action, Commitment, Pair, Promiser
from bot.rules.coaching.notes import LEADS_TO
from bot.rules.kudos import Kudos, Receipt, Via
from tests import notes
from tests.cast import BILLING, NOON, WORKSPACE
from tests.services.coaching.matrix import rules
from tests.services.coaching.matrix.cells import (
    ABOUTS,
    AGENT,
    ANYBODY,
    AUTHOR,
    DECIDER,
    HOUSE,
    ROLES,
    SERVICE,
    as_kept,
    everybody,
    strangers,
)
from tests.services.coaching.matrix.rules import About, Asked, Thanks, Who

P = Permission
CHAIN = (BILLING, SERVICE, HOUSE)
NOTES: tuple[tuple[Asked, Permission, Action | None], ...] = (
    (Asked.SEE, P.COACHING_SEE, None),
    (Asked.EDIT, P.COACHING_EDIT, Action.EDIT),
    (Asked.DISCARD, P.COACHING_DISCARD, Action.DISCARD),
    (Asked.ACKNOWLEDGE, P.COACHING_ANSWER, Action.ACKNOWLEDGE),
    (Asked.DISPUTE, P.COACHING_ANSWER, Action.DISPUTE),
    (Asked.COMMENT, P.COACHING_ADD, Action.ADD),
    (Asked.DECIDE, P.COACHING_DECIDE, Action.DECIDE),
    (Asked.CLOSE, P.COACHING_CLOSE, Action.CLOSE),
    (Asked.EXPORT, P.COACHING_EXPORT, None),
)
"""What is asked of a note, the line of the table that answers it, and what it does to the note's state, if anything."""
PROMISES = {Asked.SETTLE_AGENTS: Promiser.AGENT, Asked.SETTLE_LEADS: Promiser.LEAD}
THANKS = {
    Thanks.GIVE: P.KUDOS_GIVE,
    Thanks.UNDO: P.KUDOS_UNDO,
    Thanks.QUIET_LIST: P.KUDOS_LEAD,
    Thanks.FLAGS: P.KUDOS_FLAGS,
    Thanks.SET: P.KUDOS_SET,
}
Cell = tuple[object, ...]


def test_every_line_about_coaching_and_kudos_is_stated_here_too() -> None:
    stated = {permission for _asked, permission, _action in NOTES} | set(THANKS.values())
    stated |= {P.COACHING_WRITE, P.COACHING_SET, P.COMMITMENT_SETTLE, P.KUDOS_SEE}
    prefixes = ("coaching.", "commitment.", "kudos.")
    assert stated == {one for one in ALLOWED if one.value.startswith(prefixes)}


def test_the_statement_looks_at_nothing_of_what_it_is_to_catch() -> None:
    assert not [name for name in vars(rules) if "permission" in name or name == "ALLOWED"]


def differing(
    cells: Iterator[tuple[Cell, bool, bool]] | list[tuple[Cell, bool, bool]],
) -> tuple[int, list[str]]:
    """How many were tried, and the first of those in which the two statements differ."""
    tried, found = 0, []
    for cell, promised, allowed in cells:
        tried += 1
        if promised is not allowed:
            found.append(f"promised {promised}, allowed {allowed}: {cell}")
    return tried, found[:5]


def all_who_ask() -> Iterator[tuple[Who, Person]]:
    yield from everybody()
    yield from strangers()


@pytest.mark.parametrize(("asked", "permission", "action"), NOTES)
def test_notes(asked: Asked, permission: Permission, action: Action | None) -> None:
    kept = [(about, as_kept(about)) for about in ABOUTS]
    tried, found = differing(
        (
            (who, about),
            rules.works(who, asked, about),
            may(person, permission, note) and (action is None or (note.state, action) in LEADS_TO),
        )
        for who, person in all_who_ask()
        for about, note in kept
    )
    assert not found
    assert tried > 8000


@pytest.mark.parametrize("asked", PROMISES)
def test_commitments(asked: Asked) -> None:
    """An open one, in a note that is shared and not closed."""
    note = notes.note(author_id=AUTHOR, agent_id=AGENT)
    promise = Commitment(
        WORKSPACE,
        "C1",
        note.id,
        BILLING,
        AUTHOR,
        AGENT,
        PROMISES[asked],
        "",
        NOON.date(),
        chain=CHAIN,
    )
    tried, found = differing(
        ((who, about), rules.works(who, asked, about), may(person, P.COMMITMENT_SETTLE, promise))
        for who, person in all_who_ask()
        for about in ABOUTS
        if about.is_shared and rules.is_time_for(asked, about)
    )
    assert not found
    assert tried > 2000


def test_who_coaches_whom() -> None:
    tried, found = differing(
        (
            (who, roles),
            rules.may_coach(who, roles),
            may(
                person,
                P.COACHING_WRITE,
                Pair(WORKSPACE, BILLING, person.id, AGENT, roles, CHAIN),
            ),
        )
        for who, person in all_who_ask()
        for roles in ROLES
    )
    assert not found
    assert tried > 10_000


def kudos(*, is_public: bool) -> Kudos:
    receipts = (Receipt(AGENT, BILLING),)
    return Kudos(WORKSPACE, "K1", AUTHOR, receipts, "", "", is_public, Via.FORM, NOON)


@pytest.mark.parametrize("asked", THANKS)
def test_thanks(asked: Thanks) -> None:
    """The author's id is here whoever gave, the agent's whoever was thanked."""
    given = kudos(is_public=False)
    tried, found = differing(
        (
            (who,),
            rules.may_thank(who, asked, gave=who.is_author, got=who.is_agent),
            may(person, THANKS[asked], given),
        )
        for who, person in all_who_ask()
    )
    assert not found
    assert tried > 600


def test_private_thanks_are_between_those_who_gave_and_got_them() -> None:
    given = kudos(is_public=False)
    _tried, found = differing(
        (
            (who,),
            rules.may_thank(who, Thanks.SEE, gave=who.is_author, got=who.is_agent, is_public=False),
            may(person, P.KUDOS_SEE, given),
        )
        for who, person in all_who_ask()
    )
    assert not found


def test_who_sets_what_a_team_says_of_coaching() -> None:
    pair = Pair(WORKSPACE, BILLING, AUTHOR, AGENT, chain=CHAIN)
    _tried, found = differing(
        ((who,), rules.may_set_coaching(who), may(person, P.COACHING_SET, pair))
        for who, person in all_who_ask()
    )
    assert not found


READING = {Asked.SEE, Asked.EXPORT, Asked.FIND}
Rule = Callable[[Who, About], bool]
NEVER: Mapping[str, Rule] = {
    "a draft is its author's alone": lambda who, about: (
        not about.is_shared and not who.is_author and rules.may(who, Asked.SEE, about)
    ),
    "nothing private or unshared is in a file": lambda who, about: (
        not about.is_shared and rules.may(who, Asked.EXPORT, about)
    ),
    "nobody takes along what they may not see": lambda who, about: (
        rules.may(who, Asked.EXPORT, about) and not rules.may(who, Asked.SEE, about)
    ),
    "nobody finds what they may not see": lambda who, about: (
        rules.may(who, Asked.FIND, about) and not rules.may(who, Asked.SEE, about)
    ),
    "being an admin opens nothing": lambda who, about: (
        who.is_admin
        and not (who.is_author or who.is_agent or who.is_decider or who.manages)
        and any(rules.may(who, asked, about) for asked in Asked)
    ),
    "who reads along changes nothing": lambda who, about: (
        not (who.is_author or who.is_agent or who.is_decider)
        and any(rules.may(who, asked, about) for asked in set(Asked) - READING)
    ),
}


@pytest.mark.parametrize("never", NEVER)
def test_the_statement_itself_keeps_the_promise(never: str) -> None:
    broken = NEVER[never]
    assert not [(who, about) for who, _ in all_who_ask() for about in ABOUTS if broken(who, about)]


def test_roles_of_the_same_names_elsewhere_are_not_these() -> None:
    """The cells can fail: somebody who only leads elsewhere is told apart from somebody who leads here."""
    there = Who(is_author=True)
    here = Who(is_author=True, roles=frozenset({Role.LEAD}))
    shared = ABOUTS[-1]
    assert rules.may(here, Asked.AMEND, shared)
    assert not rules.may(there, Asked.AMEND, shared)
    assert {AUTHOR, AGENT, DECIDER, ANYBODY} == {person.id for _, person in strangers()}
