"""The same text is read the same way on any thread, in any company and in bounded time, whatever it holds."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.heads import NAMES, SENTIMENT, Asked, Floats
from analysis.models.reading import Reading, load
from analysis.tags import tagger

TEXTS = [
    "she listens and she turns up when she says",
    "nothing",
    "worker was ok but we waited ages and nobody rang 😢",
    "he keeps on at me about my phone every night",
    "Great. Another new face.",
]


@pytest.fixture(scope="module", params=["lite", "full"])
def reading(request: pytest.FixtureRequest) -> Reading:
    return load(request.param)


def fresh(reading: Reading) -> Reading:
    """The same models with nothing remembered."""
    return Reading(reading.name, reading.lite, reading.encoder)


def test_every_output_is_a_probability_and_the_sentiments_are_shares_of_one(reading: Reading):
    said = reading.said("lovely worker but always late")
    assert said.shape == (len(NAMES),)
    assert ((said >= 0) & (said <= 1)).all()
    assert said[SENTIMENT].sum() == pytest.approx(1, abs=1e-5)


def test_a_text_is_read_alike_on_every_thread_and_in_any_order(reading: Reading):
    wanted = [fresh(reading).said(text) for text in TEXTS]
    texts = TEXTS * 8
    shared = fresh(reading)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(shared.said, reversed(texts)))
    for text, said in zip(reversed(texts), found, strict=True):
        assert np.array_equal(said, wanted[TEXTS.index(text)])


def test_lite_reads_a_text_alike_alone_and_among_others():
    lite = load("lite").lite
    together = lite.scores([Asked(text) for text in TEXTS])
    for place, text in enumerate(TEXTS):
        assert np.array_equal(together[place], lite.scores([Asked(text)])[0])


def test_what_was_asked_tells_how_nothing_is_meant(reading: Reading):
    negative, _, positive = reading.said("nothing", "free_better")[SENTIMENT]
    assert positive > negative
    negative, _, positive = reading.said("nothing", "free_good")[SENTIMENT]
    assert negative > positive


def test_what_stands_at_the_end_of_a_long_text_is_seen(reading: Reading):
    filler = "We went to the hub on most Tuesdays and it was fine. " * 20
    places = [NAMES.index("theme.reliability")]
    before = reading.said(filler)[places]
    after = reading.said(filler + "She cancelled three times and never turned up when she said she would.")[places]
    assert (after > before + 0.2).all()


class Blank:
    """Stands in for the linear model: finds nothing, and counts the windows that it was given."""

    def __init__(self) -> None:
        self.given = 0

    def scores(self, asked: Sequence[Asked]) -> Floats:
        self.given += len(asked)
        return np.zeros((len(asked), len(NAMES)), dtype=np.float32)


def test_a_long_text_is_read_once_for_several_questions_and_not_kept():
    model = Blank()
    reading = Reading("lite", model, None)
    long = "word " * 20_000
    tracemalloc.start()
    for number in range(200):
        text = f"{number} {long}"
        reading.said(text)
        reading.said(text)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert model.given <= 200 * 12
    assert kept < 1_000_000


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_unicode_is_read(text: str):
    for model in ("lite", "full"):
        tagger(model)(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "bad " * 1_000_000,
        "😢" * 100_000,
        "e\u0301" * 50_000,
        "no. " * 100_000,
        "\u202e\x00\ud800" * 9_000,
    ],
    ids=["one letter", "one word a million times", "emoji", "accents", "sentences", "not text at all"],
)
def test_huge_texts_take_bounded_time(text: str):
    tag = tagger("full")
    tag("warm up")
    began = time.monotonic()
    tag(text)
    assert time.monotonic() - began < 20
