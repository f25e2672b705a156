"""Truth tables of the numbers: how they are read, counted and told."""
