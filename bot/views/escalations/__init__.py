"""How escalations look: the form, the card, details, lists and what people are told."""
