"""From a line to a fact: its cells read, its day, and what becomes of lines that cannot be counted."""
