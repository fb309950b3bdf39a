"""Queries about who is to be asked, and the ways that lead them in."""
