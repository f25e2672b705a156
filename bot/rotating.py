"""`baton rotate-keys`: everything is sealed anew with the newest key, and the operator reads which keys can go."""

from collections.abc import Sequence

from bot import databases
from bot.clock import Clock
from bot.errors import CannotStart, DatabaseGone
from bot.services import upkeep
from bot.settings import Settings
from storage.engines import MAINTAINING
from storage.resealing import Resealed
from storage.sealing import Keys

NO_KEY = "ENCRYPTION_KEYS is empty. Write the newest key there, in front of the others; `baton new-key` makes one."


async def rotate(chosen: Settings, clock: Clock, lost: str = "") -> list[str]:
    """What was done, in lines. Raises CannotStart with one line for what must be done first."""
    if not chosen.keys:
        raise CannotStart(NO_KEY)
    if lost in chosen.keys.ids:
        raise CannotStart(f"The key {lost} is in ENCRYPTION_KEYS, so it is not lost.")
    async with databases.opened(chosen, MAINTAINING, without=lost) as database:
        try:
            if lost and lost not in await upkeep.missing_keys(database):
                raise CannotStart(f"Nothing is sealed with a key {lost}.")
            done = await upkeep.rotate_keys(database, now=clock.now(), lost=lost)
            needed = await upkeep.needed_keys(database)
        except DatabaseGone as error:
            raise CannotStart(databases.line(error)) from None
    return _lines(done, chosen.keys, needed)


def _lines(done: Resealed, keys: Keys, needed: Sequence[str]) -> list[str]:
    said = [f"Sealed anew: {done.sealed}"]
    if done.emptied:
        said.append(f"Emptied, since their key is lost: {done.emptied}")
    if done.unopened:
        said.append(
            f"Left as they are, since no key opens them: {done.unopened}. Put a backup of them in their place."
        )
    newest, *older = keys.ids
    for at, one in enumerate(older, start=2):
        what = "is still needed. Run this again" if one in needed else "can be taken out"
        said.append(f"Key {at} in ENCRYPTION_KEYS ({one}): {what}")
    return [*said, f"Key 1 in ENCRYPTION_KEYS ({newest}): keep it, and a copy of it elsewhere"]
