"""Targets, and the alerts that watch numbers."""
