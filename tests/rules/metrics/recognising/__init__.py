"""Taking a file for what it is."""
