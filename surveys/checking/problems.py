"""What can be wrong with a definition, said in plain words to the person who edits it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something wrong. `place` is a question's id or a message's name, None for the file as a whole."""

    place: str | None
    wrong: str
    instead: str


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a definition file.

    Attributes:
        file: the file's name.
        survey: the survey's id, where it is known.
        question: the question's id, or the message's name, where the fault lies in one.
        wrong: what is wrong.
        instead: what to write instead.
    """

    file: str
    survey: str | None
    question: str | None
    wrong: str
    instead: str

    def __str__(self) -> str:
        """Give it on one line that any terminal can show: where, what is wrong, what to write instead."""
        where = ", ".join(part for part in (self.file, self.survey, self.question) if part)
        line = " ".join(f"{where}: {self.wrong} {self.instead}".split())
        return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in line)


class BadSurveys(Exception):
    """Definitions that cannot be used; `str` lists every problem, one a line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)
