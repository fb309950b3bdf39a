"""How a reply's characters are brought into one shape, so that tables of plain words and digits can read them.

Knows no words. Time grows with the length of the text and no faster: all is done a character at a time, from memory.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

ANSWERING_EMOJI = frozenset("👍👎🤷✅✔❌💯")
"""The pictures that are words of their own in a reply."""

_LOOKS_LIKE = {
    **dict.fromkeys("‘’‚‛`´ʼ′＇", "'"),
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("–—−‒‐‑", "-"),
    **dict.fromkeys("،、", ","),
    **dict.fromkeys("।॥。", "."),
    "؛": ";",
    "؟": "?",
    "٪": "%",
    "٫": ".",
    "٬": ",",
    "½": ".5",
    "🔟": "10",
}
_DROPPED = frozenset("\ufe0f\ufe0e\u20e3\u200d♀♂\ue000") | frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_LATIN_WITHOUT_MARKS = {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"}
_MOST_REMEMBERED = 20_000  # more characters than any language needs; a flood of others is worked out each time


class _Remembered(dict[int, str]):
    """A table for `str.translate` that works out what each character becomes when it is first met."""

    def __init__(self, becomes: Callable[[str], str]) -> None:
        super().__init__()
        self._becomes = becomes

    def __missing__(self, point: int) -> str:
        becomes = self._becomes(chr(point))
        if len(self) < _MOST_REMEMBERED:
            self[point] = becomes
        return becomes


def _folded(character: str) -> str:
    """Digits as 0 to 9, straight quotes, no styled letters, nothing invisible."""
    if character in _LOOKS_LIKE:
        return _LOOKS_LIKE[character]
    if character.isspace() or (character.isascii() and character.isprintable()):
        return character
    if character in _DROPPED or unicodedata.category(character) in {"Cc", "Cf", "Cs"}:
        return ""
    return _in_ascii(character)


def _in_ascii(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if 0xFF01 <= ord(character) <= 0xFF5E:
        return chr(ord(character) - 0xFEE0)
    simple = unicodedata.normalize("NFKC", character)
    return simple if simple.isascii() and simple.isalnum() else character


def _as_wording(character: str) -> str:
    """Letters, digits and the pictures that are words; a space for every other sign, nothing for an apostrophe."""
    if character == "'":
        return ""
    if character in ANSWERING_EMOJI or character == MORE:
        return f" {character} "
    return character if character.isalnum() or unicodedata.category(character).startswith("M") else " "


def _without_marks(character: str) -> str:
    """Latin letters without their marks; every other script is left as it is written."""
    if "\u0300" <= character <= "\u036f":
        return ""
    first = unicodedata.normalize("NFD", character)[0]
    return first if first.isascii() else _LATIN_WITHOUT_MARKS.get(character, character)


MORE = "\ue000"
"""Stands, in what `said` gives, for the rest of a long reply; no reply holds it, because `plain` drops it."""

_FOLDING, _WORDING, _UNMARKING = _Remembered(_folded), _Remembered(_as_wording), _Remembered(_without_marks)


def plain(text: str) -> str:
    """Give the reply in small letters, digits as 0 to 9, straight quotes, single spaces, nothing invisible.

    Keycaps lose their cap, thumbs their skin; a newline counts as a full stop, since what follows is a new thought.
    """
    folded = text.translate(_FOLDING)
    lines = folded.splitlines()
    if len(lines) > 1:
        folded = " ; ".join(line for line in lines if line and not line.isspace())
    return " ".join(folded.split()).lower()


def wording(plain_text: str) -> str:
    """Give the bare words of what `plain` gave, without signs and without repeats ("no no no!" is "no")."""
    words = plain_text.translate(_WORDING).split()
    if len(words) < 2:
        return words[0] if words else ""
    return " ".join(word for before, word in zip(("", *words), words, strict=False) if word != before)


def unmarked(words: str) -> str:
    """Give words without the marks on Latin letters ("wróć" is "wroc"), as people type who have no such keys."""
    return words if words.isascii() else words.translate(_UNMARKING)
