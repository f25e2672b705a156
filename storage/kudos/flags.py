"""What looked less honest than thanks should be."""

from bot.rules.kudos import Flag
from storage.database import Tx, insert_into
from storage.kudos.rows import FlagRow


async def add_flag(tx: Tx, flag: Flag) -> bool:
    """Keep it. False if this very thing was noticed already: its `id` says what, and in which month."""
    values = {
        "workspace_id": tx.workspace_id,
        "id": flag.id,
        "team_id": flag.team_id,
        "kind": flag.kind.value,
        "kudos_id": flag.kudos_id,
        "giver_id": flag.giver_id,
        "receiver_id": flag.receiver_id,
        "at": flag.at,
    }
    statement = insert_into(tx, FlagRow).values(**values).on_conflict_do_nothing()
    return await tx.scalar(statement.returning(FlagRow.id)) is not None
