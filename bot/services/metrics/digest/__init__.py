"""Digests: made by people, posted by the clock, and corrected."""
