"""A list of people from a file: what each row says, whom it means, and what it would change."""
