"""Reads text-speak into plain words that cue lists can be matched against.

Lower case, no punctuation, contractions opened ("dont" and "don't" are both "do not"), common text spellings replaced,
repeated letters, digits and stars standing for letters undone. Every word remembers where in the original text it stood,
so that what is shown to a person is always what was written. Folding never decides anything and never raises.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

VOCABULARY = Path(__file__).with_name("vocabulary")

# An emoji is a word of its own; a word is anything else between spaces and ASCII or typographic punctuation. The vowel
# signs of Devanagari are not `\w`, hence the long way round. No alternatives inside: linear in time.
_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf"
_NOT_A_WORD = r"\s!-%(-),-/:-?\[-`{-~\u2010-\u2015\u201c-\u201f\u2026\u00a1\u00ab\u00bb\u00bf\ufe0f\u200d"
_TOKEN = re.compile(f"[{_EMOJI}]|[^{_NOT_A_WORD}{_EMOJI}]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u201b`\u00b4\u2032", "'"))
_RUN = re.compile(r"([^\W\d_])\1{2,}")
_REPEATED = re.compile(r"([^\W\d_])\1+")
_SENTENCE_END = re.compile(r"[!?;\n]|(?<!\.)\.(?!\.)")
_DIGITS_FOR_LETTERS = str.maketrans("013457@$", "oieastas")


class Word(NamedTuple):
    """One plain word, and the piece of the original text (`start` to `end`) that it was read from."""

    text: str
    start: int
    end: int
    sentence: int


class _Spelling(NamedTuple):
    words: dict[str, tuple[str, ...]]
    with_apostrophe: dict[str, tuple[str, ...]]
    pairs: dict[tuple[str, str], str]


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, for tables that are easier to read as a line of words."""
    return frozenset(text.split())


def read_vocabulary(name: str) -> Any:  # noqa: ANN401 - each reader checks the shape of its own file
    """The content of one of the YAML files in `analysis/vocabulary`."""
    return yaml.safe_load((VOCABULARY / name).read_text(encoding="utf-8"))


@functools.cache
def _spelling() -> _Spelling:
    raw = read_vocabulary("spelling.yaml")
    return _Spelling(
        words={str(short): tuple(str(full).split()) for short, full in raw["words"].items()},
        with_apostrophe={str(short): tuple(str(full).split()) for short, full in raw["with_apostrophe"].items()},
        pairs={(two.split()[0], two.split()[1]): str(one) for two, one in raw["pairs"].items()},
    )


@dataclass(frozen=True)
class Reader:
    """Folds texts, knowing which words matter.

    Attributes:
        known: the words that cue lists use; a misspelling is only undone where it leads to one of them.
        squeezed: those words without repeated letters, to their spelling.
        starred: those words with one letter hidden, such as "k*ll", to their spelling.
    """

    known: frozenset[str]
    squeezed: dict[str, str]
    starred: dict[str, str]

    @classmethod
    def knowing(cls, words: Iterable[str]) -> Reader:
        """A reader that can undo misspellings of `words`."""
        known = frozenset(words)
        long_enough = [word for word in sorted(known) if len(word) >= 4]
        return cls(
            known=known,
            squeezed={_REPEATED.sub(r"\1", word): word for word in sorted(known)},
            starred={f"{word[:i]}*{word[i + 1 :]}": word for word in long_enough for i in range(1, len(word))},
        )

    def read(self, text: str) -> list[Word]:
        """The plain words of `text`, in order."""
        words: list[Word] = []
        sentence = 0
        behind = 0
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            if words and _SENTENCE_END.search(text, behind, start):
                sentence += 1
            behind = end
            words.extend(Word(plain, start, end, sentence) for plain in self._plain(match.group()) if plain)
        return _join_pairs(words)

    def _plain(self, token: str) -> tuple[str, ...]:
        spelling = _spelling()
        lowered = unicodedata.normalize("NFKC", token).translate(_APOSTROPHES).casefold().strip("'*")
        bare = lowered.replace("'", "")
        opened = spelling.with_apostrophe.get(lowered) or spelling.words.get(bare)
        if opened:
            return opened
        if bare in self.known:
            return (bare,)
        repaired = self._repair(bare)
        return spelling.words.get(repaired, (repaired,))

    def _repair(self, word: str) -> str:
        if _RUN.search(word):
            squeezed = _REPEATED.sub(r"\1", word)
            return self.squeezed.get(squeezed) or _RUN.sub(r"\1", word)
        if "*" in word:
            return self.starred.get(word, word)
        if word.isascii() and sum(map(str.isalpha, word)) * 2 >= len(word):
            letters = word.translate(_DIGITS_FOR_LETTERS)
            return letters if letters in self.known else word
        return word


def _join_pairs(words: list[Word]) -> list[Word]:
    """Make one word of each pair that is usually written as one ("my self")."""
    pairs = _spelling().pairs
    joined: list[Word] = []
    for word in words:
        before = joined[-1] if joined else None
        one = pairs.get((before.text, word.text)) if before else None
        if before and one:
            joined[-1] = Word(one, before.start, word.end, before.sentence)
        else:
            joined.append(word)
    return joined


PLAIN = Reader.knowing(())
"""Folds without undoing misspellings: what the cue lists themselves are read with."""
