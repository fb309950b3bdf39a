"""Finds the words that point to a theme. One sign among several: models learn what each cue is worth."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from analysis.cueing.cues import CueBook
from analysis.normalise import read_vocabulary


@functools.cache
def _book() -> CueBook[str]:
    return CueBook.of(
        (form, entry["id"])
        for entry in read_vocabulary("themes.yaml")
        for cue in entry["cues"]
        for form in _forms(str(cue))
    )


def _forms(cue: str) -> list[str]:
    """A single word in the forms that it takes in a sentence; anything longer as it stands."""
    if not cue.isalpha() or len(cue) < 4:
        return [cue]
    stem = cue.removesuffix("e")
    return [cue, f"{cue}s", f"{stem}ed", f"{stem}ing"]


def cue_hits(text: str) -> Iterator[tuple[str, str]]:
    """Each theme that a cue in `text` points to, with the words of the text that do."""
    words = _book().read(text)
    for found in _book().find(words):
        yield found.label, text[words[found.at[0]].start : words[found.at[-1]].end]
