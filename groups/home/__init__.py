"""Home: being built."""
