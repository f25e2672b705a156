"""Slack fails on purpose, in each of the ways that the local workspace knows, and Baton survives it."""
