"""Guesses whether a comment is positive, neutral or negative. A hint beside the words, never a score of anyone.

The models decide, TextBlob and VADER being two of the many signs that they weigh (docs/analysis.md has the figures). Where
guessing would mislead it is not done: where it may not be English, without letters, and for one or two words unless the
question is known ("nothing" to "what should be better?" is praise). Sentiment never decides urgency.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from analysis import language
from analysis.cueing.tone import tone
from analysis.models.heads import SENTIMENT, SENTIMENTS
from analysis.models.reading import Reading
from analysis.normalise import PLAIN

Label = Literal["negative", "neutral", "positive"]

_FEWEST_WORDS = 3
_NEUTRAL_COUNTS = 1.4
_TORN = 0.62
"""Where the less likely of praise and blame is this much of the other, and both beat neutral, it is mixed: neutral."""
_DOUBTFUL = 0.75
"""How likely blame must be where the words themselves only praise: "better now dad is in prison" is mixed."""


class Sentiment(NamedTuple):
    """The guess and its score from -1 to 1; both None where nothing may be guessed."""

    label: Label | None
    score: float | None


NOT_GUESSED = Sentiment(None, None)


def sentiment(reading: Reading | None, text: str, *, question: str | None = None) -> Sentiment:
    """What `text` sounds like to the models, or `NOT_GUESSED`. Never raises.

    `question` is the metric key of what was asked, such as "free_better".
    """
    if reading is None or not may_be_guessed(text, question=question):
        return NOT_GUESSED
    negative, neutral, positive = (float(share) for share in reading.said(text, question)[SENTIMENT])
    shares = (negative, neutral * _NEUTRAL_COUNTS, positive)
    label: Label = SENTIMENTS[shares.index(max(shares))]
    less, more = sorted((negative, positive))
    if less >= max(_TORN * more, neutral) or (label == "negative" and negative < _DOUBTFUL and _only_praises(text)):
        label = "neutral"
    return Sentiment(label, round(positive - negative, 3))


def _only_praises(text: str) -> bool:
    """Whether every word with a tone of its own praises."""
    signs = tone(text)
    return signs.praise > 0 and signs.blame == 0


def may_be_guessed(text: str, *, question: str | None = None) -> bool:
    """Whether the rules allow a guess: words enough, and English where there are enough to tell (`tagging_rules`)."""
    if not language.may_be_read(text):
        return False
    words = language.without_links(text)
    places = {(word.start, word.end) for word in PLAIN.read(words)}
    written = sum(any(map(str.isalpha, words[start:end])) for start, end in places)
    if written >= _FEWEST_WORDS:
        return language.guess(words) == "en"
    return bool(question and written)
