"""How policies look: a team's list, one with its levels, their forms, and the dry run."""
