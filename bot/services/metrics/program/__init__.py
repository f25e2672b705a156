"""Numbers that programs send, and those of Baton itself."""
