"""Kudos: thanks with a reason and one value of the team, and what a team decides about them."""

from bot.rules.kudos.flags import Flag, FlagKind
from bot.rules.kudos.giving import Given, Kudos, Receipt, Via
from bot.rules.kudos.settings import VALUES, KudosSettings, Taste

__all__ = [
    "VALUES",
    "Flag",
    "FlagKind",
    "Given",
    "Kudos",
    "KudosSettings",
    "Receipt",
    "Taste",
    "Via",
]
