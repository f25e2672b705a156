"""What one reader sees of the numbers, and of whom."""
