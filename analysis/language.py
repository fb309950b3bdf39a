"""A light guess whether a text is English, by its letters and its commonest words.

Only good enough to decide that a person must read it, or that nothing should be guessed about it. A reply of one or two
words is never judged: "ok", "super" and "no" are at home in many languages.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import Literal

from analysis.folding import PLAIN, read_vocabulary, word_set

Language = Literal["en", "other"]


@functools.cache
def _common_words() -> tuple[frozenset[str], frozenset[str]]:
    raw = read_vocabulary("languages.yaml")
    return word_set(raw["english"]), word_set(raw["other"])


_TOO_SHORT = 3


def guess(text: str) -> Language | None:
    """Whether `text` is English; None where it is too short, or holds too little, to tell.

    Letters of another script settle it whatever the length. Never raises.
    """
    letters = [letter for letter in text if letter.isalpha()]
    if not letters:
        return None
    if foreign_script(text):
        return "other"
    words = [word.text for word in PLAIN.read(text)]
    if len(words) < _TOO_SHORT:
        return None
    english_words, other_words = _common_words()
    english = sum(word in english_words for word in words)
    other = sum(word in other_words for word in words)
    accented = sum(
        len(word) > 1 and any(letter.isalpha() and not letter.isascii() for letter in word) for word in words
    )
    if other + accented >= 2 and other + accented > english:
        return "other"
    return "en" if english or len(words) > _TOO_SHORT else None


def foreign_script(text: str) -> bool:
    """Whether at least two letters and a fifth of all letters belong to a script other than Latin."""
    letters = [letter for letter in text if letter.isalpha() or unicodedata.category(letter) == "Mc"]
    foreign = sum(not letter.isascii() and not _is_latin(letter) for letter in letters)
    return foreign >= 2 and foreign * 5 >= len(letters)


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN", "FEMININE", "MASCULINE", "MODIFIER", "MICRO"))
