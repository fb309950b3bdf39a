"""The figures that are reported, each with its 95 % interval: accuracy, F1, recall, and the share of false alarms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from analysis.training.intervals import Figure, figure


def accuracy(wanted: Sequence[str], found: Sequence[str]) -> Figure:
    """How many labels are right."""
    right = np.array([a == b for a, b in zip(wanted, found, strict=True)])
    return share(right)


def share(holds: Iterable[bool]) -> Figure:
    """How many of the texts it holds for."""
    held = np.fromiter(holds, dtype=bool)
    return figure(lambda at: float(held[at].mean()), len(held))


def macro_f1(wanted: Sequence[str], found: Sequence[str]) -> Figure:
    """The mean of the F1 of every label that is wanted anywhere."""
    labels = sorted(set(wanted))
    return _macro(*(np.array([[each == label for label in labels] for each in side]) for side in (wanted, found)))


def recall_of(label: str, wanted: Sequence[str], found: Sequence[str]) -> Figure:
    """How many of the texts with `label` are found."""
    return share(b == label for a, b in zip(wanted, found, strict=True) if a == label)


def f1_of(wanted: Sequence[bool], found: Sequence[bool]) -> Figure:
    """F1 of one label."""
    return _micro(np.array(wanted)[:, None], np.array(found)[:, None])


def sets_f1(wanted: Sequence[AbstractSet[str]], found: Sequence[AbstractSet[str]]) -> tuple[Figure, Figure]:
    """Micro-F1 and macro-F1 of texts with any number of labels; macro over the labels that are wanted anywhere."""
    labels = sorted(set().union(*wanted)) if wanted else []
    sides = [np.array([[label in each for label in labels] for each in side], dtype=bool) for side in (wanted, found)]
    return _micro(*sides), _macro(*sides)


def _micro(wanted: np.ndarray, found: np.ndarray) -> Figure:
    def measure(at: np.ndarray) -> float:
        a, b = wanted[at], found[at]
        return _f1((a & b).sum(), a.sum(), b.sum())

    return figure(measure, len(wanted))


def _macro(wanted: np.ndarray, found: np.ndarray) -> Figure:
    def measure(at: np.ndarray) -> float:
        a, b = wanted[at], found[at]
        each = zip((a & b).sum(axis=0), a.sum(axis=0), b.sum(axis=0), strict=True)
        return float(np.mean([_f1(*counts) for counts in each]))

    return figure(measure, len(wanted))


def _f1(both: int, wanted: int, found: int) -> float:
    return float(2 * both / (wanted + found)) if wanted + found else 0.0
