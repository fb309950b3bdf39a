"""Queries that drain the outbox, and what keeps it within its bounds."""
