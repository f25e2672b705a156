"""What numbers are made of: facts, the parts that they add, and what these come to by day, team and slice."""
