"""What is wrong with something that is to be kept, in a shape that a page, a case list and a calling system can all tell."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong: in which field, the kind of fault, never what stood there, and what to write instead."""

    field: str
    kind: str
    instead: str


class Refused(Exception):
    """Something cannot be kept; nothing was changed."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.kind}" for problem in problems))
        self.problems = problems


def refuse(field: str, kind: str, instead: str) -> Refused:
    """A refusal for one reason alone."""
    return Refused((Problem(field, kind, instead),))
