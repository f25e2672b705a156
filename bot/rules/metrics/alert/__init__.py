"""What is aimed at, and what is watched: targets, and alerts when a number leaves its limits."""
