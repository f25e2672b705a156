"""Slack goes away, the database goes away, things come twice: nothing is lost, nothing doubled, and people are told."""
