"""Chat: being built."""
