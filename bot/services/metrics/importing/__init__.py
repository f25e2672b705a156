"""Files with numbers: brought by somebody, looked through, decided about, read, and taken back."""
