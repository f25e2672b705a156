"""Ids of everything that the numbers draw."""

COMMAND = "/metrics"
