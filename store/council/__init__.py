"""Queries about the council and whom it works with: its staff and units, people, their addresses, their cases."""
