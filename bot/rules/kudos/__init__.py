"""Kudos: thanks with a reason and one value of the team, and what a team decides about them."""

from bot.rules.kudos.allowance import Spent
from bot.rules.kudos.drafts import KudosDraft, problems
from bot.rules.kudos.flags import Flag, FlagKind
from bot.rules.kudos.giving import Given, Kudos, Receipt, Via
from bot.rules.kudos.seen import Mine, Offered, Post
from bot.rules.kudos.settings import VALUES, KudosSettings, Taste

__all__ = [
    "VALUES",
    "Flag",
    "FlagKind",
    "Given",
    "Kudos",
    "KudosDraft",
    "KudosSettings",
    "Mine",
    "Offered",
    "Post",
    "Receipt",
    "Spent",
    "Taste",
    "Via",
    "problems",
]
