"""What a feed says of certain keys at present, for whoever brings only what is new."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from bot.rules.metrics.importing.imports import ImportState
from storage.database import Tx
from storage.metrics.rows import FactRow, ImportRow

KEYS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Held:
    """The fact that holds. `parts` are thousandths, a list has samples."""

    updated: str
    number: int
    at: datetime
    zone: str
    day: str
    hour: int | None
    team_id: str
    person: str
    channel: str
    topic: str
    labels: Mapping[str, str]
    parts: Mapping[str, Any]

    @property
    def said(self) -> tuple[object, ...]:
        """All that it says: two that say the same count for the same."""
        whose = (self.team_id, self.person, self.channel, self.topic, dict(self.labels))
        return (self.updated, self.at, self.zone, self.day, self.hour, *whose, dict(self.parts))


async def of_keys(tx: Tx, feed_id: str, keys: Collection[str]) -> dict[str, Held]:
    """By key; what nothing is known of is left out."""
    wanted = sorted(set(keys))
    found: dict[str, Held] = {}
    for begin in range(0, len(wanted), KEYS_AT_ONCE):
        asked = (
            select(
                FactRow.key,
                *(FactRow.updated, FactRow.number, FactRow.at, FactRow.zone, FactRow.day),
                *(FactRow.hour, FactRow.team_id, FactRow.person, FactRow.channel, FactRow.topic),
                *(FactRow.labels, FactRow.parts),
            )
            .join(
                ImportRow,
                and_(
                    ImportRow.workspace_id == FactRow.workspace_id,
                    ImportRow.number == FactRow.number,
                ),
            )
            .where(
                FactRow.feed_id == feed_id,
                FactRow.key.in_(wanted[begin : begin + KEYS_AT_ONCE]),
                ImportRow.state == ImportState.LIVE,
            )
        )
        for key, *values in await tx.execute(asked):
            one = Held(*values)
            before = found.get(key)
            if before is None or (one.updated, one.number) > (before.updated, before.number):
                found[key] = one
    return found
