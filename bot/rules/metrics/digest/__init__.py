"""Numbers that are told on time: what a digest is, when it comes, and what it told."""
