"""How fast comments are tagged, how long the models take to load and what memory they need, against TextBlob and VADER.

    python -m bench.tagging

Each system is measured in a process of its own, on the same invented comments, in the same run; only the ratios mean
anything. One thread; "in batches" hands 200 comments over at once. Each comment comes with the question that it answers, as
in the service: "every tag" then takes two passes of the models, for concerns are read without it. What is remembered of
the last texts helps nobody here: there are more of them, and other ones in batches. Memory is what the process holds more
than one that has imported nothing but numpy.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

TEXTS = 1_200
BATCH = 200
SECONDS = 4.0
CORPUS = Path("analysis/training/invented/feedback")


class Comment(NamedTuple):
    """A text, and the metric key of the question that it answers, where that is known."""

    text: str
    question: str | None


Comments = Sequence[Comment]
Read = Callable[[Comments], object]


def comments() -> tuple[list[Comment], list[Comment]]:
    """Invented comments by many authors, turn about: some to read one by one, and as many others for batches."""
    files = [csv.DictReader(path.open(encoding="utf-8", newline="")) for path in sorted(CORPUS.glob("*.csv"))]
    found = [Comment(row["text"], row["question"] or None) for rows in zip(*files, strict=False) for row in rows]
    return found[:TEXTS], found[TEXTS : 2 * TEXTS]


def _nothing() -> Read:
    import numpy  # noqa: F401, ICN001, PLC0415 - what all others stand on

    return len


def _textblob() -> Read:
    from textblob import TextBlob  # noqa: PLC0415 - loading it is what is measured

    return lambda comments: [TextBlob(text).sentiment for text, _ in comments]


def _vader() -> Read:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415 - the same

    analyzer = SentimentIntensityAnalyzer()
    return lambda comments: [analyzer.polarity_scores(text) for text, _ in comments]


def _patterns() -> Read:
    from analysis.urgency import concerns_with  # noqa: PLC0415 - the same

    return lambda comments: [concerns_with(None, text, question=question) for text, question in comments]


def _model(name: str) -> Read:
    from analysis.models.heads import Asked  # noqa: PLC0415 - the same
    from analysis.models.reading import load  # noqa: PLC0415 - the same

    reading = load(name)
    return lambda comments: reading.read([Asked(*each) for each in comments])


def _tags(name: str) -> Read:
    from analysis.tags import tagger  # noqa: PLC0415 - the same

    tag = tagger(name)
    return lambda comments: [tag(text, question=question) for text, question in comments]


SYSTEMS: Mapping[str, Callable[[], Read]] = {
    "nothing": _nothing,
    "TextBlob": _textblob,
    "VADER": _vader,
    "patterns alone": _patterns,
    "lite": lambda: _model("lite"),
    "full": lambda: _model("full"),
    "every tag, lite": lambda: _tags("lite"),
    "every tag, full": lambda: _tags("full"),
}


def measure(system: str) -> dict[str, float]:
    """Seconds to load (the first text read), megabytes, and texts a second one by one and in batches."""
    singly, others = comments()
    began = time.perf_counter()
    read = SYSTEMS[system]()
    read([Comment("she listens to me", "free_good")])
    loaded = time.perf_counter() - began
    one_by_one = _rate(read, [[each] for each in singly])
    in_batches = _rate(read, [others[start : start + BATCH] for start in range(0, len(others), BATCH)])
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load": loaded, "megabytes": megabytes, "one_by_one": one_by_one, "in_batches": in_batches}


def _rate(read: Read, groups: Sequence[Comments]) -> float:
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        for group in groups:
            read(group)
            done += len(group)
            if time.perf_counter() - began >= SECONDS:
                break
    return done / (time.perf_counter() - began)


def main() -> None:
    """Measure every system and print a table."""
    found = {system: _apart(system) for system in SYSTEMS}
    bare, floor = found["nothing"]["megabytes"], found["TextBlob"]
    print(f"{'':18} {'load':>8} {'memory':>8} {'one by one':>18} {'in batches':>18}   (x TextBlob)")
    for system, each in list(found.items())[1:]:
        rates = [f"{each[how]:8.0f}/s ({each[how] / floor[how]:5.2f})" for how in ("one_by_one", "in_batches")]
        print(f"{system:18} {each['load']:6.2f} s {each['megabytes'] - bare:5.0f} MB {rates[0]:>18} {rates[1]:>18}")


def _apart(system: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.tagging", system], check=True, capture_output=True, text=True, timeout=120
    )
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
    else:
        main()
