"""Escalation policies: which one a case has, whom it reaches, what would happen, and how leads set them."""

from bot.services.policies.reaching import floor, get_for, reach, scene

__all__ = ["floor", "get_for", "reach", "scene"]
