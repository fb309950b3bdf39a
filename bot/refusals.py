"""What is wrong with what somebody wants to have kept, and what to write instead. Never holds what was written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from surveys.stages import AGE_BANDS


class Problem(NamedTuple):
    """One thing that is wrong.

    Attributes:
        field: where, as the program names it.
        kind: what, in a few words such as `landline`; safe to log.
        instead: what to do, in a sentence for whoever has written it.
    """

    field: str
    kind: str
    instead: str


class Refused(ValueError):
    """Nothing was changed, since something in what was to be kept is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{problem.field}: {problem.kind}" for problem in self.problems))


NO_AGE = Problem(
    "birth_date",
    "blank",
    f"write a young person's date of birth, or their age band where it is not known: {', '.join(AGE_BANDS)}",
)
"""By their age a young person is asked, and given numbers to ring; a case list, a page and a case system agree on it."""


def refuse(field: str, kind: str, instead: str) -> Refused:
    """A refusal for one reason alone."""
    return Refused([Problem(field, kind, instead)])
