"""Sending by workers of their own, on any number of machines, with Celery on Redis. The rows stay the truth."""
