"""Reads the tone of a clause from a short list of words that families use, with "not" and "never" taken into account.

It stands beside TextBlob, which knows neither text-speak nor "cant fault her" (measured: 0.00).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

from analysis.cueing.cues import CueBook, Found
from analysis.normalise import Word, read_vocabulary, word_set

_NEGATIVE = word_set("not never no without nothing hardly isnt nobody stopped")
_LOOK_BACK = 3
_TURNED = {"praise": "blame", "blame": "praise"}


class Tone(NamedTuple):
    """How many signs of praise and of blame there are."""

    praise: int
    blame: int

    @property
    def balance(self) -> float:
        """From -1 (blame only) to 1 (praise only); 0 where there is neither."""
        return (self.praise - self.blame) / max(1, self.praise + self.blame)


@functools.cache
def _book() -> CueBook[str]:
    raw = read_vocabulary("tone.yaml")
    return CueBook.of((str(cue), kind) for kind, cues in raw.items() for cue in cues)


def tone(text: str) -> Tone:
    """The signs of praise and blame in `text`."""
    words = _book().read(text)
    found = sorted(_book().find(words), key=lambda each: (not each.label.startswith("whole"), each.at))
    taken: set[int] = set()
    counts = {"praise": 0, "blame": 0}
    for each in found:
        span = set(range(each.at[0], each.at[-1] + 1))
        if taken.isdisjoint(span):
            taken |= span
            counts[_kind(each, words)] += 1
    return Tone(counts["praise"], counts["blame"])


def _kind(found: Found[str], words: Sequence[Word]) -> str:
    if found.label.startswith("whole_"):
        return found.label.removeprefix("whole_")
    first = found.at[0]
    before = (
        word
        for word in words[max(0, first - _LOOK_BACK) : first]
        if word.sentence == words[first].sentence and word.text in _NEGATIVE
    )
    return _TURNED[found.label] if any(before) else found.label
