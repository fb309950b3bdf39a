"""Guesses whether a comment is positive, neutral or negative. A hint beside the words, never a score of anyone.

TextBlob stands behind it and is imported at first use (it takes about a second); its polarity is corrected by
`analysis/tone.py`. Where guessing would mislead it is not done: text that is not English, no letters at all, under three
words (`tagging_rules`). Sentiment never decides urgency.

Measured on 550 NHS comments, three classes: accuracy .65, macro-F1 .56, recall of negative .43
(TextBlob alone .52, .38, .09).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from analysis import language
from analysis.normalise import PLAIN
from analysis.tone import tone

Label = Literal["negative", "neutral", "positive"]

_FEWEST_WORDS = 3
_TONE_WEIGHT = 0.7
_CLEAR = 0.05


class Sentiment(NamedTuple):
    """The guess and its score from -1 to 1; both None where nothing may be guessed."""

    label: Label | None
    score: float | None


NOT_GUESSED = Sentiment(None, None)


def sentiment(text: str) -> Sentiment:
    """What `text` sounds like, or `NOT_GUESSED`. Never raises."""
    if not may_be_guessed(text):
        return NOT_GUESSED
    score = polarity(text)
    return Sentiment(label_of(score), round(score, 3))


def may_be_guessed(text: str) -> bool:
    """Whether the rules allow a guess: English as far as one can tell, and at least three words with letters."""
    if not language.may_be_read(text):
        return False
    places = {(word.start, word.end) for word in PLAIN.read(text)}
    written = [text[start:end] for start, end in places if any(map(str.isalpha, text[start:end]))]
    return len(written) >= _FEWEST_WORDS


def polarity(text: str) -> float:
    """From -1 (negative) to 1 (positive), without asking whether a guess is allowed."""
    from textblob import TextBlob  # noqa: PLC0415 - a second to import, and most processes never need it

    signs = tone(text)
    by_textblob = float(TextBlob(text).sentiment.polarity)
    if signs.praise == signs.blame == 0:
        return by_textblob
    return (1 - _TONE_WEIGHT) * by_textblob + _TONE_WEIGHT * signs.balance


def label_of(score: float) -> Label:
    """The label of a score; close to nought is neutral."""
    if score >= _CLEAR:
        return "positive"
    return "negative" if score <= -_CLEAR else "neutral"
