"""Blockers: kept when they are said, asked about the next day, taken, escalated, solved with a word."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.rules.standups import Round
from storage.database import Tx


async def said(
    tx: Tx,
    round_: Round,
    person_id: str,
    words: Sequence[str],
    still: Mapping[str, bool],
    *,
    now: datetime,
) -> None:
    """What somebody answered about blockers: new ones in words, and of older ones (by id) whether they still stand.

    Said again for the same round, the new words take the place of those that were said before.
    """
