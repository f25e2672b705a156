"""The cast of every test: alice raises, bob leads, charlie leads another team, and a workspace that must never be seen."""

from datetime import UTC, datetime

from bot.people import Person, Role

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
WORKSPACE = "T0BATON"
OTHER_WORKSPACE = "T0LEAK"  # full of LEAK-…: nothing of it may ever be shown

BILLING = "team-billing"
SHIPPING = "team-shipping"


def _person(slack_id: str, name: str, is_admin: bool = False, **roles: Role) -> Person:
    teams = {"billing": BILLING, "shipping": SHIPPING}
    return Person(
        WORKSPACE,
        slack_id,
        name=name,
        is_admin=is_admin,
        roles={teams[team]: frozenset({role}) for team, role in roles.items()},
    )


ALICE = _person("U0ALICE", "Alice", billing=Role.AGENT)  # raises escalations
BOB = _person("U0BOB", "Bob", billing=Role.LEAD)  # claims them
BEN = _person("U0BEN", "Ben", billing=Role.LEAD)  # leads beside Bob
MARA = _person("U0MARA", "Mara", billing=Role.MANAGER)  # manages billing
OLGA = _person("U0OLGA", "Olga", billing=Role.OBSERVER)  # reads
CHARLIE = _person("U0CHARLIE", "Charlie", shipping=Role.LEAD)  # leads another team
DAN = _person("U0DAN", "Dan", shipping=Role.AGENT)
ADA = _person("U0ADA", "Ada", is_admin=True)  # set Baton up
NOBODY = _person("U0NOBODY", "Nemo")  # in no team
STRANGER = Person(OTHER_WORKSPACE, "U0STRANGER", name="LEAK-Stranger", is_admin=True)
