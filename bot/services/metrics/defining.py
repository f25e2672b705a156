"""What the numbers mean: the definitions that ship and the workspace's own."""

from collections.abc import Mapping

from bot.rules.metrics.registry import BY_KEY, Metric
from storage.database import Tx
from storage.metrics import definitions


async def known(tx: Tx) -> Mapping[str, Metric]:
    """All metrics by key, the workspace's own too; those that are retired are left out."""
    own = await definitions.list_all(tx)
    return {**BY_KEY, **{one.id: one.metric for one in own if not one.is_retired}}
