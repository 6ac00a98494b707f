"""Documents: being built."""
