"""Reading lines by a mapping."""
