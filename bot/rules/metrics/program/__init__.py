"""What programs and Baton itself send, without a file."""
