"""The bot is killed at a named point and started again: nothing may be lost, and nothing posted twice."""
