"""Ids of everything that kudos draw."""

COMMAND = "/kudos"
