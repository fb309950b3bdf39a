"""What is wrong with a case or an event that is to be kept, in the same shape as what is wrong with a person."""

from __future__ import annotations

from bot.people.problems import Problem, Refused

__all__ = ["Problem", "Refused", "refuse"]


def refuse(field: str, kind: str, instead: str) -> Refused:
    """A refusal for one reason alone."""
    return Refused([Problem(field, kind, instead)])
