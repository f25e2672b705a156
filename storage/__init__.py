"""Rows and queries per feature. Nothing here commits, and no row leaves: frozen dataclasses do."""
