"""What the next shift needs to know: kept with the answer, brought to the next round and its leads, confirmed once."""

from datetime import datetime

from bot.rules.standups import Round
from storage.database import Tx


async def said(tx: Tx, round_: Round, person_id: str, words: str, *, now: datetime) -> None:
    """What somebody wants the next shift to know; nothing takes back what they said before for this round."""


async def bring(tx: Tx, round_: Round, *, now: datetime) -> None:
    """A round has opened: what the team's earlier rounds left for it, and nobody has confirmed, is brought to it and its leads."""
