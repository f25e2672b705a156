"""The numbers, on a real database."""
