"""`/api/v1`, for case systems: people, cases, stage events and results. docs/api.md tells those who call it how to begin.

`operations.py` is the one table of what can be called. From it `routes.py` makes the addresses and `document.py` the
OpenAPI document, so neither can say what the other does not do.
"""
