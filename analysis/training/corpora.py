"""All labelled text there is, and what of it models may learn from."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from analysis.training.examples import Example, essence
from analysis.training.invented_corpus import feedback, invented
from analysis.training.shared_data import FOLDER, shared

CORRECTIONS = Path("var/corrections.csv")
"""What a council's own people said of tags (`flask tags corrections`). It never leaves the machine."""


def everything(folder: Path = FOLDER) -> list[Example]:
    """The invented corpus, and the shared data where they are there."""
    return [*invented(), *shared(folder)]


def corrected(path: Path = CORRECTIONS) -> list[Example]:
    """Comments on whose tags a person had the last word; empty where there are none.

    Whether one is a concern is not known: nobody was asked.
    """
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [feedback(row, "corrections", "train") for row in csv.DictReader(file)]
    return [replace(row, concern=None, urgent=None) for row in rows]


def training(folder: Path = FOLDER, corrections: Path = CORRECTIONS) -> list[Example]:
    """What models learn from: no text that anything is measured on, in whatever case, spacing or signs."""
    examples = everything(folder)
    measured = {essence(example.text) for example in examples if example.part == "dev"}
    return [
        example
        for example in [*examples, *corrected(corrections)]
        if example.part == "train" and example.text.strip() and essence(example.text) not in measured
    ]


def measuring(folder: Path = FOLDER) -> list[Example]:
    """What is only ever measured on."""
    return [example for example in everything(folder) if example.part == "dev" and example.text.strip()]
