"""The summary of a round: one card in the team's channel, drawn from the newest state, and who may see all of it."""

from datetime import datetime

from bot.rules.standups import Round, Seat
from storage.database import Tx


async def post(tx: Tx, round_: Round, *, now: datetime) -> None:
    """The round is closed: its summary goes to the channel."""


async def changed(
    tx: Tx, round_: Round, seat: Seat | None = None, *, is_late: bool = False, now: datetime
) -> None:
    """Something in the round has changed: a summary that is posted is drawn anew. A late answer gets a line below it."""
