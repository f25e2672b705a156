"""Text as it is compared: one case, no accents, single spaces."""

import unicodedata
from functools import lru_cache

from bot.rules.metrics.importing.cells.missing import trim


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    split = unicodedata.normalize("NFKD", trim(text).casefold())
    return " ".join("".join(one for one in split if not unicodedata.combining(one)).split())
