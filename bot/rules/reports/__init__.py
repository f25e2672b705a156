"""The numbers of escalations over a period: what became of each case, counted, and what that says. Pure and sync."""

from bot.rules.reports.amounts import FEW, Minutes, Share, median, percentile
from bot.rules.reports.asked import TEAMS_AT_MOST, About, Asked, unpack
from bot.rules.reports.budgets import Spent, spending
from bot.rules.reports.choices import Choice
from bot.rules.reports.counting import Counted, count
from bot.rules.reports.judging import Clock, Judged
from bot.rules.reports.limits import Freed, Limit, freed, limits
from bot.rules.reports.lives import Bounce, Fact, Lasted, Life, Solved, life_of
from bot.rules.reports.periods import Named, Period, from_words, last_weeks, named, problems
from bot.rules.reports.tallies import Allowed, Figures, Given, Tally

__all__ = [
    "FEW", "TEAMS_AT_MOST", "About", "Allowed", "Asked", "Bounce", "Choice", "Clock", "Counted", "Fact", "Figures", "Freed", "Given", "Judged", "Lasted", "Life",
    "Limit", "Minutes", "Named", "Period", "Share", "Solved", "Spent", "Tally", "count", "freed", "from_words", "last_weeks", "life_of", "limits",
    "median", "named", "percentile", "problems", "spending", "unpack",
]  # fmt: skip
