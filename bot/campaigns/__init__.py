"""Whom we ask outside the stages of a case: partners every six months, notifiers, districts, and whoever is on a list."""
