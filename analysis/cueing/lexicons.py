"""What TextBlob and VADER make of a text: signs for the models to weigh, never deciders.

On real feedback TextBlob alone scores below always answering "positive". Both are imported at first use: TextBlob takes
about a second.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple


class Lexicons(NamedTuple):
    """TextBlob's polarity (-1 to 1) and subjectivity (0 to 1), VADER's shares (0 to 1) and compound (-1 to 1)."""

    polarity: float
    subjectivity: float
    negative: float
    positive: float
    compound: float


@functools.cache
def _readers() -> tuple[Any, Any]:
    from textblob import TextBlob  # noqa: PLC0415 - a second to import, and most processes never need it
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415 - reads its list when made

    return TextBlob, SentimentIntensityAnalyzer()


def lexicons(text: str) -> Lexicons:
    """What the two word lists say of `text`."""
    textblob, vader = _readers()
    by_textblob = textblob(text).sentiment
    by_vader = vader.polarity_scores(text)
    return Lexicons(
        float(by_textblob.polarity),
        float(by_textblob.subjectivity),
        by_vader["neg"],
        by_vader["pos"],
        by_vader["compound"],
    )
