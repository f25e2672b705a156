"""Lines and charts, read for all who show any."""
