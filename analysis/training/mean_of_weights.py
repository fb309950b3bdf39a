"""Averages encoders that were trained from one another: `python -m analysis.training.mean_of_weights OUT WEIGHTS...`.

The mean of what a network weighed at several ends of training is less at the mercy of the last texts than any of them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import torch


def mean_of(weights: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of each weight; all must have the same names and shapes."""
    return {name: torch.stack([each[name] for each in weights]).mean(0) for name in weights[0]}


if __name__ == "__main__":
    torch.save(mean_of([torch.load(Path(path)) for path in sys.argv[2:]]), sys.argv[1])
