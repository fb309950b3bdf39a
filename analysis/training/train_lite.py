"""Trains the linear model with scikit-learn and writes it as numpy arrays: `python -m analysis.training.train_lite OUT`.

TF-IDF of words and of pieces of words beside the figures of word lists and cues, into logistic regressions: one of three
classes for sentiment, one for the category of a concern, and one for each other output. Takes some minutes on one core.
"""

from __future__ import annotations

import math
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from analysis.models.features import Features, features
from analysis.models.heads import NAMES, SHARES, Asked
from analysis.models.loading import write_sum
from analysis.training.corpora import training
from analysis.training.examples import Example, fingerprints
from analysis.training.labels import targets, weights

FEWEST = 3
"""In how many texts a term must stand to be known."""

MOST_WORDS, MOST_PIECES = 24_000, 36_000
STRENGTH = {"sentiment": 1.2, "theme": 2.0, "praised": 1.0, "category": 2.0}
COUNTS_FOR = {"feedback": 2.0, "goemotions": 0.5, "tweets": 0.7, "nhs_phase_1": 0.7}
SIGNS_COUNT_FOR = 0.6


class Table(NamedTuple):
    """The terms of one kind in all texts, and what is known of them."""

    hashes: np.ndarray
    rarity: np.ndarray
    rows: sparse.csr_matrix


def table(counted: Sequence[Counter[int]], most: int) -> Table:
    """The commonest terms and their tf-idf in every text, each text of length one."""
    in_texts = Counter(term for counts in counted for term in counts)
    kept = [term for term, texts in in_texts.most_common(most) if texts >= FEWEST]
    hashes = np.array(sorted(kept), dtype=np.uint32)
    places = {term: place for place, term in enumerate(hashes.tolist())}
    rarity = np.array([1 + math.log((1 + len(counted)) / (1 + in_texts[term])) for term in hashes.tolist()])
    rarity = rarity.astype(np.float16).astype(np.float64)
    indices: list[int] = []
    values: list[float] = []
    ends = [0]
    for counts in counted:
        known = [(places[term], count) for term, count in counts.items() if term in places]
        weighed = np.array([(1 + math.log(count)) * rarity[place] for place, count in known])
        indices.extend(place for place, _ in known)
        values.extend(weighed / np.sqrt((weighed**2).sum()) if known else ())
        ends.append(len(indices))
    return Table(hashes, rarity, sparse.csr_matrix((values, indices, ends), shape=(len(counted), len(hashes))))


def fit(examples: Sequence[Example], seen: Sequence[Features]) -> dict[str, np.ndarray]:
    """The arrays of the model."""
    words = table([each.words for each in seen], MOST_WORDS)
    pieces = table([each.pieces for each in seen], MOST_PIECES)
    signs = np.stack([each.signs for each in seen]) * SIGNS_COUNT_FOR
    everything = sparse.hstack([words.rows, pieces.rows, sparse.csr_matrix(signs)]).tocsr()
    wanted, counts_for = targets(examples), weights(examples)
    counts_for = counts_for * np.array([[COUNTS_FOR.get(example.source, 1.0)] for example in examples])
    coefficients, start = np.zeros((everything.shape[1], len(NAMES))), np.zeros(len(NAMES))
    for columns in _jointly():
        learnt = _regression(everything, wanted[:, columns], counts_for[:, columns.start], NAMES[columns.start])
        coefficients[:, columns], start[columns] = learnt
    return _arrays(words, pieces, coefficients, start)


def _jointly() -> list[slice]:
    """The outputs that are fitted together: those that share one, and each other alone."""
    shared = {place for columns in SHARES for place in range(columns.start, columns.stop)}
    return [*SHARES, *(slice(place, place + 1) for place in range(len(NAMES)) if place not in shared)]


def _regression(
    everything: sparse.csr_matrix, wanted: np.ndarray, counts_for: np.ndarray, name: str
) -> tuple[np.ndarray, np.ndarray]:
    known = ~np.isnan(wanted[:, 0])
    rows, labels, importance = everything[known], wanted[known], counts_for[known]
    strength = STRENGTH.get(name.split(".", maxsplit=1)[0], 2.0)
    if labels.shape[1] > 1:
        model = LogisticRegression(C=strength, max_iter=300).fit(rows, labels.argmax(1), sample_weight=importance)
        found = np.zeros((everything.shape[1], labels.shape[1]))
        start = np.full(labels.shape[1], -10.0)
        found[:, model.classes_], start[model.classes_] = model.coef_.T, model.intercept_
        return found, start
    middling = labels[:, 0] == 0.5
    twice = sparse.vstack([rows, rows[middling]])
    classes = np.concatenate([labels[:, 0] > 0, np.zeros(middling.sum(), dtype=bool)])
    importance = np.concatenate([np.where(middling, importance / 2, importance), importance[middling] / 2])
    model = LogisticRegression(C=strength, solver="liblinear").fit(twice, classes, sample_weight=importance)
    return model.coef_.T, model.intercept_


def _arrays(words: Table, pieces: Table, coefficients: np.ndarray, start: np.ndarray) -> dict[str, np.ndarray]:
    ends = np.cumsum([len(words.hashes), len(pieces.hashes)])
    terms = coefficients[: ends[1]]
    scales = np.maximum(np.abs(terms).max(0), 1e-6) / 127
    steps = np.rint(terms / scales).astype(np.int8)
    return {
        "names": np.array(NAMES),
        "word_hashes": words.hashes,
        "word_rarity": words.rarity.astype(np.float16),
        "word_weights": steps[: ends[0]],
        "piece_hashes": pieces.hashes,
        "piece_rarity": pieces.rarity.astype(np.float16),
        "piece_weights": steps[ends[0] :],
        "scales": scales.astype(np.float32),
        "sign_weights": (coefficients[ends[1] :] * SIGNS_COUNT_FOR).astype(np.float32),
        "start": start.astype(np.float32),
    }


def write(out: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write the model and its sum."""
    np.savez_compressed(out, allow_pickle=False, **arrays)
    write_sum(out)


def main() -> None:
    """Train and write."""
    out = Path(sys.argv[1])
    began = time.monotonic()
    examples = training()
    seen = [features(Asked(example.text, example.question)) for example in examples]
    print(f"{len(examples)} texts read in {time.monotonic() - began:.0f} s", flush=True)
    learnt = fingerprints(example.text for example in examples)
    write(out, {"learnt": learnt, **fit(examples, seen)})
    print(f"{out.name}: {out.stat().st_size / 1e6:.1f} MB after {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
