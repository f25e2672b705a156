"""Ids of everything that coaching draws."""

COMMAND = "/coach"
