"""Queries about conversations: their state, every message in and out, what is left out or noticed."""
