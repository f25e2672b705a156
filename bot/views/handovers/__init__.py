"""How handovers look: the form, the message of each side, the history, and what is told in private."""
