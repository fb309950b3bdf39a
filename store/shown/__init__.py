"""Queries for those who read what was said: feedback, digests, alerts."""
