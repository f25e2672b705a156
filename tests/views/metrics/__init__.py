"""What numbers look like, in every language and at Slack's limits."""
