"""How cover looks: the form to ask for it, the card that offers it, and what people are told."""
