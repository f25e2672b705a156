"""Baton's own events as facts: looked for from where the last look ended, brought in, and never counted twice."""

from bot.services.metrics.program.harvesting.looking import harvest

__all__ = ["harvest"]
