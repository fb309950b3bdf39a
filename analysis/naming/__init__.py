"""Finds what names a person or a place in a text, for `analysis.anonymise` to take out."""
