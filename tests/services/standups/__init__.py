"""What stand-ups do, through their services."""
