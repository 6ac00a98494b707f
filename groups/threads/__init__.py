"""Threads: being built."""
