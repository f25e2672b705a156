"""How imports of numbers look: the card, the form for columns, the list, and the report of what could not be read."""
