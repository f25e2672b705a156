"""A digest tells what has happened in Baton itself, though nobody looked at it before."""

from dataclasses import replace

from storage import workspaces
from storage.database import Database
from tests.cast import ALICE, BOB, WORKSPACE
from tests.services.metrics.digests import DRAFT, EIGHT, live, make, said, set_up
from tests.thanks import thank


async def test_what_nobody_has_looked_at_yet_is_in_the_digest(db: Database) -> None:
    await set_up(db)
    async with db.write(WORKSPACE) as tx:
        await workspaces.save(tx, name="Floor", bot_user_id="U0BATON")
    await make(db, replace(DRAFT, metrics=("kudos",)))
    await thank(db, BOB, ALICE)
    await live(db, EIGHT)
    assert "Kudos: 1" in await said(db)
