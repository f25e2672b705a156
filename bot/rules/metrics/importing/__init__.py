"""From the lines of a file to facts: what its columns are, what must be asked, and what cannot be read."""
