"""Coaching as people see it."""
