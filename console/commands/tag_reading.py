"""What a line tells beside its text: who wrote it and what was asked. What there is not is left out, and told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

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
        self._unknown: Counter[str] = Counter()
        self._first: dict[str, int] = {}

    def read(self, line: int, text: str, given: Mapping[str, str | None]) -> Tags:
        """The tags of the text on that line; an `audience` or `question` in `given` that there is not counts as left out."""
        return self._tagger(text, *(self._told(name, given, line) for name in TOLD))

    def remarks(self) -> Iterator[str]:
        """What was left out so far, in a sentence each: on how many lines and on which first, never what stood there."""
        for name, often in self._unknown.items():
            lines = "1 line" if often == 1 else f"{often} lines"
            yield (
                f"{lines}, line {self._first[name]} first, told {name} as none that there is, and was read without it. "
                f"Write one of: {self._choice(name)}"
            )

    def _told(self, name: str, given: Mapping[str, str | None], line: int) -> str | None:
        told = given.get(name) or None
        if told is None or told in self._known[name]:
            return told
        self._unknown[name] += 1
        self._first.setdefault(name, line)
        return None

    def _choice(self, name: str) -> str:
        """What there is, in a line: of questions those that ask for words, for there are too many others."""
        known = self._known[name]
        if name == "audience":
            return ", ".join(known)
        for_words = sorted(key for key in known if key.startswith("free_"))
        return f"{', '.join(for_words)}, or another metric of the surveys"
