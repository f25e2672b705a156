"""How stand-ups look: the question, the form, the summary, blockers, the set-up, and what leads see."""
