"""Mail: being built."""
