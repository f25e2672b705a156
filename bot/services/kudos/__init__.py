"""What people and the clock can do about kudos."""
