"""What chance has done with coaching notes so far, and what it chooses from: people, notes, words and days."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from bot.people import Person, Role
from bot.rules.coaching import Body, Kind, Note, Visibility
from bot.rules.coaching.drafts import NoteDraft, Promise
from bot.rules.coaching.notes import PARTS
from bot.rules.wall_clock import day_of
from storage import coaching, people
from storage.database import Database
from tests.cast import ALICE, BEN, BILLING, BOB, CHARLIE, DAN, MARA, NOON, OLGA, STRANGER, WORKSPACE
from tests.services.coaching.matrix.scene import AMY, DORA, HUGO

PEOPLE = (ALICE, AMY, BOB, BEN, MARA, DORA)
"""Those who act most of the time; the others only try."""
OTHERS = (OLGA, DAN, CHARLIE, HUGO, STRANGER)
COACHED = {BOB.id: (ALICE, AMY), BEN.id: (ALICE, AMY), MARA.id: (ALICE, BOB), DORA.id: (MARA, AMY)}
MEMBERS = {
    Role.AGENT: (ALICE.id, AMY.id),
    Role.LEAD: (BOB.id, BEN.id),
    Role.MANAGER: (MARA.id,),
    Role.OBSERVER: (OLGA.id,),
}
LEAVERS = (ALICE, AMY, BOB, MARA)
"""Ben stays: somebody has to lead."""
SECRET = "SECRET"
"""Every text holds it: whatever shows it where nobody opened a note has shown what somebody wrote."""


@dataclass
class Desk:
    """`bodies` are the notes' texts as they were shared, `looks` who was shown which note how often, by note and person.

    Who has `left` is in no team at present, who is `gone` was deactivated.
    """

    db: Database
    chance: Random
    now: datetime = NOON
    ids: list[str] = field(default_factory=list)
    bodies: dict[str, Body] = field(default_factory=dict)
    looks: Counter[tuple[str, str]] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    left: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    clicks: int = 0

    def click(self) -> str:
        self.clicks += 1
        return f"click {self.clicks}"

    def words(self) -> str:
        return f"{SECRET} {self.chance.randrange(10**9)} was said to the customer"

    async def note(self) -> Note:
        """One of those that there are, rather a newer one."""
        some = self.ids[-6:] if self.chance.random() < 0.8 else self.ids
        async with self.db.read(WORKSPACE) as tx:
            return await coaching.get(tx, self.chance.choice(some))

    async def who(self, *likely: str | None) -> Person:
        """Whoever it is likely to be, or anybody at all, of those who can sign in; with the roles that they have now."""
        here = {one.id: one for one in (*PEOPLE, *OTHERS) if one.id not in self.gone}
        found = [here[one] for one in likely if one in here]
        wild = not found or self.chance.random() < 0.1
        person = self.chance.choice(list(here.values()) if wild else found)
        if person.workspace_id != WORKSPACE:
            return person
        async with self.db.read(WORKSPACE) as tx:
            return await people.get(tx, person.id)

    def members(self) -> dict[Role, list[str]]:
        """Who is what in Billing at present."""
        return {role: [one for one in ids if one not in self.left] for role, ids in MEMBERS.items()}

    def draft(self, agent_id: str) -> NoteDraft:
        kind = self.chance.choice(list(Kind))
        return NoteDraft(
            agent_id,
            BILLING,
            kind,
            parts={part: self.words() for part in PARTS[kind]},
            evidence=f"https://tickets.example.com/{SECRET}/{self.chance.randrange(10**9)}",
            theirs=self._promises(2),
            mine=self._promises(1),
            follow_up_on=self.day() if self.chance.random() < 0.3 else None,
            visibility=self.chance.choice([*Visibility, Visibility.AGENT, Visibility.CHAIN]),
        )

    def day(self) -> date:
        return day_of(self.now, "UTC") + timedelta(days=self.chance.randint(1, 12))

    def _promises(self, most: int) -> tuple[Promise, ...]:
        count = self.chance.choice([0, 0, 1, most])
        return tuple(Promise(self.words(), self.day()) for _ in range(count))
