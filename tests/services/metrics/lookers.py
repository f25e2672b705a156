"""A floor to look at numbers on: Billing and Shipping under Service, which Vera manages, and numbers of their people."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.people import Person, Role
from bot.rules.metrics.store.belonging import Belonging
from bot.rules.teams import Team
from storage import members, people, teams
from storage.database import Database
from tests.cast import ALICE, BILLING, BOB, MARA, SHIPPING, WORKSPACE
from tests.services.floor import furnish
from tests.services.metrics.store import bring, fact, roll

SERVICE = "team-service"
VERA = Person(WORKSPACE, "U0VERA", name="Vera", roles={SERVICE: frozenset({Role.MANAGER})})
"""Manages the department above Billing."""
TESS = Person(WORKSPACE, "U0TESS", name="Tess", roles={BILLING: frozenset({Role.AGENT})})
"""Works beside Alice."""
TUESDAY = datetime(2026, 3, 10, 12, tzinfo=UTC)
"""The week that ended last began on `store.FIRST`."""


async def departments(db: Database) -> None:
    await furnish(db)
    async with db.write(WORKSPACE) as tx:
        await teams.add(tx, Team(WORKSPACE, SERVICE, "Service"))
        await people.add_unknown(tx, [VERA.id, TESS.id])
        await members.add(tx, SERVICE, Role.MANAGER, [VERA.id])
        await members.add(tx, BILLING, Role.AGENT, [TESS.id])
        billing = await teams.get(tx, BILLING)
        assert await teams.change(tx, replace(billing, department_id=SERVICE))


async def numbers(db: Database) -> None:
    """Of the week: Alice 15 of 20 good, Tess 3 of 4, Bob 2 of 2, and 1 of somebody called Zed; Dan's are Shipping's."""
    facts = [
        *(
            fact(f"a{one}", person=ALICE.id, ratings=1, ratings_good=int(one < 15))
            for one in range(20)
        ),
        *(
            fact(f"t{one}", person=TESS.id, ratings=1, ratings_good=int(one < 3))
            for one in range(4)
        ),
        *(fact(f"b{one}", person=BOB.id, ratings=1, ratings_good=1) for one in range(2)),
        *(fact(f"m{one}", person=MARA.id, ratings=1, ratings_good=1) for one in range(2)),
        fact("z", person="Zed", ratings=1, ratings_good=0),
    ]
    channelled = [replace(one, channel="Chat" if one.key < "b" else "Phone") for one in facts]
    await bring(db, channelled)
    dans = [fact(f"d{one}", person="Dan", ratings=1, ratings_good=1) for one in range(12)]
    await bring(db, dans, feed="Parcels", belonging=Belonging(SHIPPING))
    await roll(db)
