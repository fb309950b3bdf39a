"""The staff pulse: every three months, and no path leads from an answer to a person."""
