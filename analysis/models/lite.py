"""The linear model: numbers in one file of numpy arrays, run without scikit-learn. Small, fast, and always there."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.models.features import Features, features
from analysis.models.heads import NAMES, Asked, Floats
from analysis.models.loading import BadModel, check

FILE = Path(__file__).with_name("lite.npz")


@dataclass(frozen=True)
class Block:
    """One kind of terms: where each known hash stands among the weights, and how rare each term is (idf)."""

    places: Mapping[int, int]
    rarity: Floats

    def weighed(self, counts: Counter[int]) -> tuple[NDArray[np.intp], Floats]:
        """The places of the known terms of a text and their weight (sublinear tf-idf, length one)."""
        known = [(self.places[term], count) for term, count in counts.items() if term in self.places]
        if not known:
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
        places = np.array([place for place, _ in known], dtype=np.intp)
        values = np.array([1.0 + math.log(count) for _, count in known], dtype=np.float32) * self.rarity[places]
        return places, values / np.sqrt((values * values).sum())


@dataclass(frozen=True)
class Lite:
    """The linear model.

    Attributes:
        words, pieces: the terms that it knows.
        word_weights, piece_weights: terms by outputs, in steps of one byte; `scales` gives the step of each output.
        sign_weights: signs by outputs.
        start: the score of each output before anything is seen.
    """

    words: Block
    pieces: Block
    word_weights: NDArray[np.int8]
    piece_weights: NDArray[np.int8]
    scales: Floats
    sign_weights: Floats
    start: Floats

    @classmethod
    def load(cls, path: Path = FILE) -> Lite:
        """Read the model. Raises BadModel where the file is missing, damaged or made for other outputs."""
        check(path)
        try:
            found = cls._read(path)
            found.scores([Asked("")])
        except BadModel:
            raise
        except Exception as fault:  # noqa: BLE001 - numpy, zipfile and zlib have errors of their own for damage
            raise BadModel(path, f"it does not hold what this version reads ({type(fault).__name__})") from None
        return found

    @classmethod
    def _read(cls, path: Path) -> Lite:
        with path.open("rb") as whole, np.load(whole, allow_pickle=False) as file:
            kept = {name: file[name] for name in file.files}
        if tuple(kept["names"].tolist()) != NAMES:
            raise BadModel(path, "it was made for other outputs than this version reads")
        return cls(
            words=_block(kept["word_hashes"], kept["word_rarity"]),
            pieces=_block(kept["piece_hashes"], kept["piece_rarity"]),
            word_weights=kept["word_weights"],
            piece_weights=kept["piece_weights"],
            scales=kept["scales"],
            sign_weights=kept["sign_weights"],
            start=kept["start"],
        )

    def scores(self, asked: Sequence[Asked]) -> Floats:
        """Scores, texts by outputs (`heads.NAMES`); `heads.probabilities` makes probabilities of them."""
        return np.stack([self._score(features(each)) for each in asked])

    def _score(self, seen: Features) -> Floats:
        score = self.start + seen.signs @ self.sign_weights
        for block, counts, weights in (
            (self.words, seen.words, self.word_weights),
            (self.pieces, seen.pieces, self.piece_weights),
        ):
            places, values = block.weighed(counts)
            score = score + (values @ weights[places].astype(np.float32)) * self.scales
        return np.asarray(score, dtype=np.float32)


def _block(hashes: NDArray[np.uint32], rarity: NDArray[np.float16]) -> Block:
    return Block({term: place for place, term in enumerate(hashes.tolist())}, rarity.astype(np.float32))
