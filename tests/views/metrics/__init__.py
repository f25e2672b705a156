"""What numbers look like."""
