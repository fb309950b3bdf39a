"""What the linear model looks at in a text: words and pieces of words, word lists, cues, and what had been asked.

Terms are kept as 32-bit hashes: the model holds numbers only, never a word that somebody wrote.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from analysis.cueing.complaint_cues import KINDS, complaint_kinds
from analysis.cueing.lexicons import lexicons
from analysis.cueing.theme_cues import cue_hits
from analysis.cueing.tone import tone
from analysis.models.heads import Asked, Floats, kind_of_question
from analysis.normalise import PLAIN
from analysis.taxonomy import THEMES

LONGEST = 2_000
"""How many characters of a text are read; what is longer is read in parts."""

_FEW_WORDS = 4
_ODDEST, _LONGEST_PIECE = 2, 5


class Features(NamedTuple):
    """What is seen in one text.

    Attributes:
        words: hash of each word, pair of words and word beside its question, to how often it stands there.
        pieces: the same of runs of two to five characters within words.
        signs: figures of word lists and cues, in a fixed order.
    """

    words: Counter[int]
    pieces: Counter[int]
    signs: Floats


def features(asked: Asked) -> Features:
    """What the linear model looks at in a text."""
    text = asked.text[:LONGEST]
    plain = [word.text for word in PLAIN.read(text)]
    kind = kind_of_question(asked.question)
    return Features(
        words=Counter(map(_hash, _words(plain, kind))),
        pieces=Counter(map(_hash, _pieces(text))),
        signs=np.array(_signs(text, len(plain), kind), dtype=np.float32),
    )


def _hash(term: str) -> int:
    return zlib.crc32(term.encode("utf-8", "surrogatepass"))


def _words(plain: list[str], kind: str) -> Iterator[str]:
    yield from plain
    yield from (f"{first} {second}" for first, second in pairwise(plain))
    yield from (f"{kind}?{word}" for word in plain)
    if len(plain) <= _FEW_WORDS:
        yield f"{kind}?{' '.join(plain)}"


def _pieces(text: str) -> Iterator[str]:
    for word in text.lower().split():
        padded = f" {word} "
        for length in range(_ODDEST, _LONGEST_PIECE + 1):
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]


def _signs(text: str, length: int, kind: str) -> Iterator[float] | list[float]:
    said = lexicons(text)
    signs = tone(text)
    themes = {theme for theme, _ in cue_hits(text)}
    complaints = complaint_kinds(text)
    asked = [float(kind == "good"), float(kind == "better")]
    return [
        *said,
        *(said.compound * each for each in asked),
        *(said.polarity * each for each in asked),
        *asked,
        *(each * (length <= _FEW_WORDS) for each in asked),
        min(signs.praise, 3) / 3,
        min(signs.blame, 3) / 3,
        signs.balance,
        *(signs.balance * each for each in asked),
        math.log1p(length) / 5,
        *(float(theme in themes) for theme in THEMES),
        *(float(name in complaints) for name in KINDS),
    ]
