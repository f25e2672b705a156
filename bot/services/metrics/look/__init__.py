"""Numbers as somebody may look at them, and what they mean."""
