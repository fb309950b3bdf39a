"""Queries for systems that call us: their keys, how often they call, what they were answered, what they may read."""
