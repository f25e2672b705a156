"""However many cases were resolved, seeds read those of the last months by their index, and nothing else."""

from datetime import timedelta

from storage.coaching import seeds
from storage.database import Database
from tests.cast import BILLING, NOON, SHIPPING, WORKSPACE
from tests.plans import hearing, plans, reads_all


async def test_only_the_last_months_are_read(sqlite: Database) -> None:
    with hearing(sqlite, "escalations", "coaching_seeds") as said:
        async with sqlite.read(WORKSPACE) as tx:
            await seeds.practice(tx, [BILLING, SHIPPING], since=NOON - timedelta(days=90))
            await seeds.settled(tx, [BILLING, SHIPPING])
    found = await plans(sqlite, said)
    for plan in found:
        assert not reads_all(plan), plan
    assert "ix_escalations_lived (workspace_id=? AND team_id=? AND closed_at>?)" in str(found)
    assert "(workspace_id=? AND team_id=?)" in str(found)
