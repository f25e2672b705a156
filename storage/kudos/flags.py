"""What looked less honest than thanks should be."""

from bot.rules.kudos import Flag
from storage.database import Tx, insert_rows
from storage.kudos.rows import FlagRow


async def add_flag(tx: Tx, flag: Flag) -> None:
    values = {
        "id": flag.id,
        "team_id": flag.team_id,
        "kind": flag.kind.value,
        "kudos_id": flag.kudos_id,
        "giver_id": flag.giver_id,
        "receiver_id": flag.receiver_id,
        "at": flag.at,
    }
    await insert_rows(tx, FlagRow, values)
