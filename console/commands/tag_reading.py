"""What a line tells beside its text, who wrote it and what was asked: a wrong word there would change its tags unseen."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import click

from analysis.tags import Tagger, Tags
from surveys.stages import AUDIENCE_LABELS

AUDIENCES = tuple(dict.fromkeys(("child", "young_person", "parent_carer", "grandparent", *AUDIENCE_LABELS)))
TOLD = ("audience", "question")


class Reader:
    """Reads lines of a file with a tagger.

    Args:
        questions: every metric key that may have been asked.
    """

    def __init__(self, tagger: Tagger, questions: Collection[str]) -> None:
        self._tagger = tagger
        self._known: Mapping[str, Collection[str]] = {"audience": AUDIENCES, "question": questions}

    def read(self, line: int, text: str, given: Mapping[str, str | None]) -> Tags:
        """The tags of the text on that line, of which `given` tells `audience` and `question`, or leaves them empty.

        Raises:
            click.ClickException: one of them is none that there is; it says what there is, and never what was given.
        """
        return self._tagger(text, *(self._told(name, given, line) for name in TOLD))

    def _told(self, name: str, given: Mapping[str, str | None], line: int) -> str | None:
        told = given.get(name) or None
        if told is None or told in self._known[name]:
            return told
        raise click.ClickException(
            f"line {line}: there is no such {name}; write one of: {self._choice(name)}; or leave it out, or rename it"
        )

    def _choice(self, name: str) -> str:
        """What there is, in a line: of questions those that ask for words, for there are too many others."""
        known = self._known[name]
        if name == "audience":
            return ", ".join(known)
        for_words = sorted(key for key in known if key.startswith("free_"))
        return f"{', '.join(for_words)}, or another metric of the surveys"
