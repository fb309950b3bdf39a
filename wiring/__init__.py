"""The wiring in rooms: what is chosen from outside becomes a running service. Only `app.py` may import it."""
