"""A house with three floors of teams, people who stand to its notes in every way there is, and a note in every state.

What somebody is to a note is read from what is written here, never from the rows.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.people import Person, Role, system
from bot.rules.coaching import Commitment, CommitmentState, Note, Promiser, State
from bot.rules.people import Profile
from bot.rules.teams import Team
from storage import members, people, teams, workspaces
from storage.database import Database, Tx
from tests import notes
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.services.coaching.matrix.cells import ABOUTS, HOUSE, SERVICE
from tests.services.coaching.matrix.rules import About, Who

ABOVE = {BILLING: (SERVICE, HOUSE), SHIPPING: (SERVICE, HOUSE), SERVICE: (HOUSE,), HOUSE: ()}


def _person(slack_id: str, name: str, **roles: Role) -> Person:
    named = {"billing": BILLING, "shipping": SHIPPING, "service": SERVICE, "house": HOUSE}
    return Person(
        WORKSPACE,
        slack_id,
        name=name,
        roles={named[team]: frozenset({role}) for team, role in roles.items()},
    )


AMY = _person("U0AMY", "Amy", billing=Role.AGENT)  # works beside Alice
DORA = _person("U0DORA", "Dora", service=Role.MANAGER)  # manages the department
DIRK = _person("U0DIRK", "Dirk", service=Role.LEAD)  # leads in the department, not in its teams
HUGO = _person("U0HUGO", "Hugo", house=Role.MANAGER)  # manages the whole house
SARA = _person("U0SARA", "Sara", shipping=Role.MANAGER)  # manages another team
FAY = _person("U0FAY", "Fay", shipping=Role.LEAD)  # led Billing once
KIM = _person("U0KIM", "Kim", billing=Role.AGENT)  # led Billing once, and answers the phone again
MAX = _person("U0MAX", "Max")  # managed Billing once
GUS = _person("U0GUS", "Gus", shipping=Role.AGENT)  # worked in Billing once
LEE = _person("U0LEE", "Lee")  # led Billing once, and has left the house
LEFT = {LEE.id}
STRANGE_ALICE = replace(STRANGER, id=ALICE.id)  # the same ids, where they mean somebody else
STRANGE_BOB = replace(STRANGER, id=BOB.id)

EVERYBODY = (
    ALICE, AMY, BOB, BEN, MARA, OLGA, DORA, DIRK, HUGO, CHARLIE, DAN, SARA, FAY, KIM, MAX, GUS, LEE, ADA, NOBODY,
)  # fmt: skip
ASKING = (*EVERYBODY, STRANGER, STRANGE_ALICE, STRANGE_BOB, system(WORKSPACE))
COUPLES: Mapping[str, tuple[Person, Person, Person]] = {
    # who wrote, about whom, and who decides a dispute of it
    "a lead": (BOB, ALICE, MARA),
    "a lead, and another lead decides": (BOB, AMY, BEN),
    "a lead, and an admin decides": (BOB, KIM, ADA),
    "a manager": (MARA, BEN, DORA),
    "a department's manager": (DORA, MARA, HUGO),
    "who leads elsewhere by now": (FAY, ALICE, MARA),
    "who is an agent by now": (KIM, ALICE, MARA),
    "who has left": (LEE, ALICE, MARA),
    "of who works elsewhere by now": (BOB, GUS, MARA),
}
AUTHOR_HAS_GONE = {"who leads elsewhere by now", "who is an agent by now", "who has left"}
STANDS = {
    State.DRAFT: CommitmentState.PLANNED,
    State.SHARED: CommitmentState.OPEN,
    State.DISPUTED: CommitmentState.OPEN,
}
"""What has become of the commitments in a note; in every other state they are done."""


@dataclass(frozen=True, slots=True)
class Told:
    """One note of the scene, with what is promised in it."""

    couple: str
    about: About
    note: Note
    decider: Person | None
    agents: Commitment
    leads: Commitment

    @property
    def name(self) -> str:
        return f"{self.about.visibility}, {self.about.state}, by {self.couple}"


@dataclass(frozen=True, slots=True)
class Scene:
    db: Database
    notes: tuple[Told, ...]

    def who(self, person: Person, told: Told) -> Who:
        """How somebody stands to a note."""
        is_here = person.workspace_id == WORKSPACE
        is_left = person.id in LEFT
        return Who(
            is_here=is_here,
            is_clock=person.is_system,
            is_admin=person.is_admin,
            roles=self._roles(person, BILLING) if not is_left else frozenset(),
            above=frozenset[Role]().union(*(self._roles(person, one) for one in ABOVE[BILLING])),
            is_author=is_here and person.id == told.note.author_id,
            is_agent=is_here and person.id == told.note.agent_id,
            is_decider=is_here and told.decider is not None and person.id == told.decider.id,
        )

    def _roles(self, person: Person, team_id: str) -> frozenset[Role]:
        return person.roles.get(team_id, frozenset())


class Rehearsal(Database):
    """A real database in which everything is done in earnest, up to the commit, and then taken back.

    `kept` counts what would have been committed: what was refused must not have kept anything.
    """

    kept = 0

    @asynccontextmanager
    async def write(self, workspace_id: str) -> AsyncIterator[Tx]:
        try:
            async with super().write(workspace_id) as tx:
                yield tx
                await tx.flush()
                self.kept += 1
                raise _TakenBack
        except _TakenBack:
            pass


class _TakenBack(Exception):
    """The rehearsed transaction is over."""


async def people_only(db: Database) -> None:
    """The teams one above the other, and everybody in theirs."""
    async with db.write(WORKSPACE) as tx:
        await workspaces.save(tx, name="House", bot_user_id="U0BATON")
        await people.save(
            tx,
            *(
                Profile(one.id, name=one.name, updated=10, is_deleted=one.id in LEFT)
                for one in EVERYBODY
            ),
        )
        await people.set_admins(tx, [ADA.id])
        for team_id, name in ((HOUSE, "House"), (SERVICE, "Service")):
            above = next(iter(ABOVE[team_id]), None)
            await teams.add(tx, Team(WORKSPACE, team_id, name, department_id=above))
        for team_id, name in ((BILLING, "Billing"), (SHIPPING, "Shipping")):
            await teams.add(tx, Team(WORKSPACE, team_id, name, department_id=SERVICE))
        for person in EVERYBODY:
            for team_id, roles in person.roles.items():
                for role in roles:
                    await members.add(tx, team_id, role, [person.id])


async def furnish(db: Database) -> Scene:
    """The same, and every note of every couple, all written in Billing."""
    await people_only(db)
    told = [await _tell(db, couple, about) for couple in COUPLES for about in ABOUTS]
    return Scene(db, tuple(told))


async def _tell(db: Database, couple: str, about: About) -> Told:
    author, agent, decider = COUPLES[couple]
    found = decider if about.state in {State.DISPUTED, State.DECIDED} else None
    roles = agent.roles.get(BILLING, frozenset())
    state = STANDS.get(about.state, CommitmentState.DONE)
    is_led = couple not in AUTHOR_HAS_GONE
    is_done = state is CommitmentState.DONE
    about = replace(about, agent_roles=roles, is_done=is_done, is_led=is_led)
    note = await notes.keep(
        db,
        about.state,
        visibility=about.visibility,
        author_id=author.id,
        agent_id=agent.id,
        decider_id=found.id if found else None,
        disputed_at=NOON if found else None,
    )
    promised = [
        await notes.promise(db, note, promiser=promiser, state=state) for promiser in Promiser
    ]
    return Told(couple, about, note, found, *promised)
