"""Measures the analysis as it ships, on text that nothing was trained on, and writes the figures into docs/analysis.md.

    python -m analysis.training.evaluate [--no-write]

Needs the shared data beside the project for most figures and says so where they are not there.
"""

from __future__ import annotations

import argparse
import base64
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

import numpy as np
from tqdm import tqdm

from analysis.models.lite import FILE as LITE
from analysis.models.reading import Reading, load
from analysis.tags import Tags, tagger
from analysis.training import tables
from analysis.training.corpora import measuring
from analysis.training.examples import Example, fingerprints
from analysis.training.shared_data import FOLDER

PAGE = Path("docs/analysis.md")
SYSTEMS = ("lite", "full")
_MARKS = re.compile(r"(<!-- figures: begin -->\n).*(<!-- figures: end -->)", re.DOTALL)


def learnt_by(reading: Reading) -> dict[str, set[int]]:
    """The fingerprints of the texts that each model file says it learnt from."""
    with np.load(LITE, allow_pickle=False) as kept:
        found = {"lite": set(kept["learnt"].tolist())}
    if reading.encoder:
        kept_there = reading.encoder.session.get_modelmeta().custom_metadata_map["learnt"]
        found["encoder"] = set(np.frombuffer(base64.b64decode(kept_there), dtype="<u8").tolist())
    return found


def check_apart(examples: Iterable[Example], learnt: Mapping[str, AbstractSet[int]]) -> None:
    """Raises SystemExit where a model has learnt from a text that is measured on."""
    measured = set(fingerprints(example.text for example in examples).tolist())
    for model, texts in learnt.items():
        if both := measured & texts:
            sys.exit(f"{model} has learnt from {len(both)} of the texts that are measured on: train it anew first.")


def tagged(examples: list[Example], model: str) -> list[Tags]:
    """The tags of every text, as the service would make them."""
    tag = tagger(model)
    return [tag(each.text, audience=each.audience, question=each.question) for each in tqdm(examples, desc=model)]


def report() -> Iterator[str]:
    """The page's figures, as Markdown lines."""
    examples = measuring()
    check_apart(examples, learnt_by(load("full")))
    found = {model: tagged(examples, model) for model in SYSTEMS}
    for section in (
        tables.sentiment,
        tables.complaints,
        tables.themes,
        tables.concerns,
        tables.false_alarms,
    ):
        yield from section(examples, found)
        yield ""


def main() -> None:
    """Measure, print, and keep."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--no-write", action="store_true", help="print only")
    chosen = arguments.parse_args()
    if not FOLDER.is_dir():
        print(f"{FOLDER} is not there: only what the invented corpus can tell is measured, and nothing is written.")
    figures = "\n".join(report())
    print(figures)
    if FOLDER.is_dir() and not chosen.no_write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(_MARKS.sub(lambda found: f"{found[1]}{figures}\n{found[2]}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
