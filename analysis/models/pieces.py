"""Cuts text into the word pieces that the encoder was trained on (WordPiece, in lower case and without accents).

The usual library for this brings the client of a model hub with it, which has no place in a service that holds what
children tell; docs/decisions/0013-analysis.md says more. The export checks that both cut every training text alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_LONGEST_WORD = 100
_CJK = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))


@dataclass(frozen=True, eq=False)
class Pieces:
    """A vocabulary of word pieces; a piece that goes on within a word begins with "##"."""

    places: Mapping[str, int]

    @classmethod
    def of(cls, pieces: Sequence[str]) -> Pieces:
        """The vocabulary in the order of its numbers."""
        return cls({piece: place for place, piece in enumerate(pieces)})

    def pair(self, first: str, second: str, longest: int) -> tuple[list[int], list[int]]:
        """The numbers of the pieces of two texts, with the marks around them, and which text each belongs to.

        The second text is cut where both together would be longer than `longest`.
        """
        start, end = self.places["[CLS]"], self.places["[SEP]"]
        before = [start, *self._numbers(first, longest), end]
        after = [*self._numbers(second, longest - len(before) - 1), end]
        return before + after, [0] * len(before) + [1] * len(after)

    def _numbers(self, text: str, most: int) -> list[int]:
        numbers: list[int] = []
        for word in _words(text):
            numbers.extend(self._of_word(word))
            if len(numbers) >= most:
                break
        return numbers[:most]

    @lru_cache(maxsize=20_000)  # noqa: B019 - one vocabulary lives as long as the process
    def _of_word(self, word: str) -> tuple[int, ...]:
        unknown = (self.places["[UNK]"],)
        if len(word) > _LONGEST_WORD:
            return unknown
        found: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if prefix + word[start:end] in self.places), None)
            if end is None:
                return unknown
            found.append(self.places[prefix + word[start:end]])
            start = end
        return tuple(found)


def _words(text: str) -> Iterator[str]:
    plain = "".join(map(_plain, text))
    stripped = "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) != "Mn").lower()
    for chunk in stripped.split():
        word = ""
        for character in chunk:
            if _stands_alone(character):
                if word:
                    yield word
                yield character
                word = ""
            else:
                word += character
        if word:
            yield word


def _plain(character: str) -> str:
    if character in "\t\n\r":
        return " "
    category = unicodedata.category(character)
    if character in "\x00\ufffd" or category.startswith("C"):
        return ""
    if _is_cjk(ord(character)):
        return f" {character} "
    return " " if category == "Zs" else character


def _stands_alone(character: str) -> bool:
    if character.isascii():
        return character.isprintable() and not character.isalnum()
    return unicodedata.category(character).startswith("P")


def _is_cjk(point: int) -> bool:
    return any(first <= point <= last for first, last in _CJK)
