"""Listens: a Slack payload becomes a call of a service. Handlers know Slack and nobody else does."""
