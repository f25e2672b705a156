"""What only a person can say about a file, in the chat and at the command line."""
